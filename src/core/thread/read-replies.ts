import { ok, type Result, refuse } from '../result.ts';
import type { Permalink, RepliesPage } from './permalink.ts';
import { REPLIES_SHOWN } from './read-thread.ts';
import type { ThreadStore } from './thread-store.ts';

/** On each side: enough to see what else was said here, not so much that the linked comment is lost among it. */
const SIBLINGS_SHOWN = 3;

/** What stands below a comment, in the order of the tree, page by page. One round trip. */
export async function readReplies(
  deps: { threads: ThreadStore },
  input: { siteId: string; commentId: string; afterPath: string | null; limit: number },
): Promise<Result<RepliesPage>> {
  const { siteId, commentId, afterPath, limit } = input;
  const page = await deps.threads.findReplies({ siteId, id: commentId, afterPath, limit });
  return page === null ? refuse({ reason: 'not-found', what: 'comment' }) : ok(page);
}

/** One comment in its surroundings: what it answers, the first replies below it, and its siblings. One round trip. */
export async function readPermalink(
  deps: { threads: ThreadStore },
  { siteId, commentId }: { siteId: string; commentId: string },
): Promise<Result<Permalink>> {
  const found = await deps.threads.findPermalink({
    siteId,
    id: commentId,
    replies: REPLIES_SHOWN,
    siblingsEachSide: SIBLINGS_SHOWN,
  });
  return found === null ? refuse({ reason: 'not-found', what: 'comment' }) : ok(found);
}
