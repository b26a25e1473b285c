import type { ArticleStore, Clock, SiteStore } from '../ports.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import { cleanLine } from '../text/clean.ts';
import type { Article } from './article.ts';
import type { ArticleListing } from './article-listing.ts';

export const readArticle = async (
  deps: { articles: ArticleStore },
  input: { siteId: string; key: string },
): Promise<Result<{ site: Site; article: Article }>> => {
  const { site, article } = await deps.articles.find(input.siteId, input.key);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  return article === null ? refuse({ reason: 'not-found', what: 'article' }) : ok({ site, article });
};

export const listArticles = async (
  deps: { clock: Clock; articles: ArticleStore; sites: SiteStore },
  input: Omit<ArticleListing, 'now'>,
): Promise<Result<{ site: Site; articles: Article[]; next: ArticleListing['after'] }>> => {
  const site = await deps.sites.find(input.siteId);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const listing = { ...input, label: cleanLine(input.label), now: deps.clock.now() };
  return ok({ site, ...(await deps.articles.list(listing)) });
};

/** Visible comments under each key; 0 for a key nobody registered. */
export const countComments = async (
  deps: { articles: ArticleStore },
  input: { siteId: string; keys: string[] },
): Promise<Result<Map<string, number>>> => {
  const keys = [...new Set(input.keys)];
  const counts = await deps.articles.counts(input.siteId, keys);
  if (counts === null) return refuse({ reason: 'not-found', what: 'site' });
  return ok(new Map(keys.map((key) => [key, counts.get(key) ?? 0])));
};
