import type { Article } from '../article/article.ts';
import type { ThreadStore } from '../ports.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import { REPLIES_SHOWN } from './read-thread.ts';
import type { ThreadComment } from './thread.ts';

/** What stands below a comment, in the order of the tree, page by page. */
export const readReplies = async (
  deps: { threads: ThreadStore },
  input: { siteId: string; commentId: string; afterPath: string | null; limit: number },
): Promise<Result<{ article: Article; replies: ThreadComment[]; hasMore: boolean }>> => {
  const found = await deps.threads.findListed(input.siteId, input.commentId);
  if (found === null) return refuse({ reason: 'not-found', what: 'comment' });
  const { siteId, afterPath, limit } = input;
  const page = await deps.threads.findReplies({ siteId, below: found.comment, afterPath, limit });
  return ok({ article: found.article, ...page });
};

export interface Permalink {
  site: Site;
  article: Article;
  ancestors: ThreadComment[];
  comment: ThreadComment;
  replies: ThreadComment[];
  hasMore: boolean;
}

/** One comment in its surroundings: what it answers, and the first replies below it. */
export const readPermalink = async (
  deps: { threads: ThreadStore },
  input: { siteId: string; commentId: string },
): Promise<Result<Permalink>> => {
  const found = await deps.threads.findListed(input.siteId, input.commentId);
  if (found === null) return refuse({ reason: 'not-found', what: 'comment' });
  const page = await deps.threads.findReplies({
    siteId: input.siteId,
    below: found.comment,
    afterPath: null,
    limit: REPLIES_SHOWN,
  });
  return ok({ ...found, ...page });
};
