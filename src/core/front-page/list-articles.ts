import type { Article } from '../article/article.ts';
import type { Context } from '../event/context.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { SiteStore } from '../site/site-store.ts';
import type { ArticleListing } from './article-listing.ts';
import type { FrontPageStore } from './front-page-store.ts';

export async function listArticles(
  deps: { frontPages: FrontPageStore; sites: SiteStore },
  context: Context,
  input: Omit<ArticleListing, 'now' | 'siteId'>,
): Promise<Result<{ site: Site; articles: Article[]; next: ArticleListing['after'] }>> {
  const site = await deps.sites.find(context.site);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const listing = { ...input, siteId: context.site, now: context.now };
  return ok({ site, ...(await deps.frontPages.list(listing)) });
}

/** Visible comments under each key; 0 for a key nobody registered. */
export async function countComments(
  deps: { frontPages: FrontPageStore },
  context: Context,
  input: { keys: string[] },
): Promise<Result<Map<string, number>>> {
  const keys = [...new Set(input.keys)];
  const counts = await deps.frontPages.counts(context.site, keys);
  if (counts === null) return refuse({ reason: 'not-found', what: 'site' });
  return ok(new Map(keys.map((key) => [key, counts.get(key) ?? 0])));
}
