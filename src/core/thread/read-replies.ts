import type { Context } from '../event/context.ts';
import { readUnderArticle, type UnderArticle } from '../rate-limit/read-under-article.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Permalink, RepliesPage } from './permalink.ts';
import { REPLIES_SHOWN, type Unchanged } from './read-thread.ts';
import { fitting, type ShownComment, shortened, sizeOf, whole } from './shown-comment.ts';
import type { ThreadStore } from './thread-store.ts';

/** On each side: enough to see what else was said here, not so much that the linked comment is lost among it. */
const SIBLINGS_SHOWN = 3;

interface Around {
  articleKey: string;
  commentId: string;
  /** The versions of the article's pages that whoever asks has a copy of. */
  held: readonly number[];
}

async function unchangedAround(
  deps: { threads: ThreadStore },
  { site }: Context,
  { articleKey, commentId, held }: Around,
): Promise<Unchanged | null> {
  if (held.length === 0) return null;
  const version = await deps.threads.findVersionAt({ siteId: site, articleKey, id: commentId });
  return version !== null && held.includes(version) ? { unchanged: version } : null;
}

interface RepliesAsked extends Around {
  afterPath: string | null;
  limit: number;
}

async function findReplies(
  deps: { threads: ThreadStore },
  context: Context,
  input: RepliesAsked,
): Promise<Result<RepliesPage<ShownComment> | Unchanged>> {
  const unchanged = await unchangedAround(deps, context, input);
  if (unchanged !== null) return ok(unchanged);
  const { articleKey, commentId, afterPath, limit } = input;
  const page = await deps.threads.findReplies({ siteId: context.site, articleKey, id: commentId, afterPath, limit });
  if (page === null) return refuse({ reason: 'not-found', what: 'comment' });
  const shown = page.replies.map(shortened);
  const replies = fitting(shown, sizeOf);
  return ok({ ...page, replies, hasMore: page.hasMore || replies.length < shown.length });
}

/** The replies below a comment, in the order of the tree, page by page. One round trip; two where `held` has other versions only. */
export async function readReplies(
  deps: UnderArticle & { threads: ThreadStore },
  context: Context,
  input: RepliesAsked,
): Promise<Result<RepliesPage<ShownComment> | Unchanged>> {
  return readUnderArticle(deps, context, input.articleKey, () => findReplies(deps, context, input));
}

async function findPermalink(
  deps: { threads: ThreadStore },
  context: Context,
  input: Around,
): Promise<Result<Permalink<ShownComment> | Unchanged>> {
  const unchanged = await unchangedAround(deps, context, input);
  if (unchanged !== null) return ok(unchanged);
  const found = await deps.threads.findPermalink({
    siteId: context.site,
    articleKey: input.articleKey,
    id: input.commentId,
    replies: REPLIES_SHOWN,
    siblingsEachSide: SIBLINGS_SHOWN,
  });
  if (found === null) return refuse({ reason: 'not-found', what: 'comment' });
  const { earlier, later } = found.siblings;
  return ok({
    ...found,
    ancestors: found.ancestors.map(shortened),
    comment: whole(found.comment),
    replies: found.replies.map(shortened),
    siblings: { earlier: earlier.map(shortened), later: later.map(shortened) },
  });
}

/**
 * One comment, whole, in its surroundings: what it answers, the first replies below it, and its siblings. One round trip; two
 * where `held` has other versions only.
 */
export async function readPermalink(
  deps: UnderArticle & { threads: ThreadStore },
  context: Context,
  input: Around,
): Promise<Result<Permalink<ShownComment> | Unchanged>> {
  return readUnderArticle(deps, context, input.articleKey, () => findPermalink(deps, context, input));
}
