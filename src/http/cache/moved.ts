import type { Article } from '../../core/article/article.ts';
import type { AppContext } from '../dependencies.ts';
import { articleTag, cacheable } from './cache.ts';

/** The permanent redirect of a read by a key that the article had before; null where it was asked for by its own. */
export function movedFrom(c: AppContext, asked: string, { siteId, key, publicKey }: Article): Response | null {
  if (asked === publicKey) return null;
  const { pathname, search } = new URL(c.req.url);
  const parts = pathname.split('/');
  parts[parts.indexOf('articles') + 1] = encodeURIComponent(publicKey);
  cacheable(c, articleTag(siteId, key));
  return c.redirect(`${parts.join('/')}${search}`, 308);
}
