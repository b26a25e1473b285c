import * as z from 'zod/mini';
import { ApiKeyId, ArticleKey, CommentId, ReaderId, SiteId } from './scalars.ts';

/** The parts between the slashes of an address. */

export const SitePath = z.object({ site: SiteId });
export const ArticlePath = z.object({ site: SiteId, article: ArticleKey });
export const CommentPath = z.object({ site: SiteId, article: ArticleKey, id: CommentId });
export const ReaderPath = z.object({ site: SiteId, id: ReaderId });
export const ModeratorPath = z.object({
  site: SiteId,
  id: z.string().check(z.regex(/^[\w-]{1,40}$/, 'This is not the id of a moderator.')),
});
export const KeyPath = z.object({ site: SiteId, id: ApiKeyId });
