import type { Article } from '../../core/article/article.ts';
import type { AppContext } from '../dependencies.ts';
import { articleTag, cacheable } from './cache.ts';

/**
 * The permanent redirect of a read by a key that the article had before; null where it was asked for by its own.
 * @param cursor the place in the list that was asked for, as the address with the article's own key has it
 */
export function movedFrom(
  c: AppContext,
  asked: string,
  { siteId, key, publicKey }: Article,
  cursor: string | null = null,
): Response | null {
  if (asked === publicKey) return null;
  const { pathname, search } = new URL(c.req.url);
  const [start, version, sites, site, articles, , ...rest] = pathname.split('/');
  const path = [start, version, sites, site, articles, encodeURIComponent(publicKey), ...rest].join('/');
  const query = new URLSearchParams(search);
  if (cursor !== null) query.set('cursor', cursor);
  cacheable(c, articleTag(siteId, key));
  return c.redirect(query.size === 0 ? path : `${path}?${query}`, 308);
}
