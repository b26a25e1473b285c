import type { Article } from '../article/article.ts';
import type { Clock } from '../platform/clock.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import type { SiteStore } from '../site/site-store.ts';
import { cleanLine } from '../text/clean.ts';
import type { ArticleListing } from './article-listing.ts';
import type { FrontPageStore } from './front-page-store.ts';

export async function listArticles(
  deps: { clock: Clock; frontPages: FrontPageStore; sites: SiteStore },
  input: Omit<ArticleListing, 'now'>,
): Promise<Result<{ site: Site; articles: Article[]; next: ArticleListing['after'] }>> {
  const site = await deps.sites.find(input.siteId);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const listing = { ...input, label: cleanLine(input.label), now: deps.clock.now() };
  return ok({ site, ...(await deps.frontPages.list(listing)) });
}

/** Visible comments under each key; 0 for a key nobody registered. */
export async function countComments(
  deps: { frontPages: FrontPageStore },
  input: { siteId: string; keys: string[] },
): Promise<Result<Map<string, number>>> {
  const keys = [...new Set(input.keys)];
  const counts = await deps.frontPages.counts(input.siteId, keys);
  if (counts === null) return refuse({ reason: 'not-found', what: 'site' });
  return ok(new Map(keys.map((key) => [key, counts.get(key) ?? 0])));
}
