import type { Article } from '../article/article.ts';
import type { Context } from '../event/context.ts';
import { readUnderArticle, type UnderArticle } from '../rate-limit/read-under-article.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Site } from '../site/site.ts';
import { fittingConversations, type ShownComment, shortened } from './shown-comment.ts';
import type { ThreadPosition, TopLevelComment } from './thread.ts';
import type { ThreadStore } from './thread-store.ts';

/** So many replies tell whether a conversation is worth unfolding. */
export const REPLIES_SHOWN = 5;

export interface ThreadPage {
  site: Site;
  /** null: nobody has registered it, and its first comment will. */
  article: Article | null;
  comments: TopLevelComment<ShownComment>[];
  next: ThreadPosition | null;
}

/** The caller already has this version of the article's pages. */
export interface Unchanged {
  unchanged: number;
}

interface PageAsked {
  articleKey: string;
  sort: 'newest' | 'oldest' | 'top';
  limit: number;
  after: ThreadPosition | null;
  /** The versions that whoever asks has a copy of. */
  held: readonly number[];
}

async function findPage(
  deps: { threads: ThreadStore },
  context: Context,
  input: PageAsked,
): Promise<Result<ThreadPage | Unchanged>> {
  const { held, ...page } = input;
  if (held.length > 0) {
    const version = await deps.threads.findVersion(context.site, input.articleKey);
    if (version !== null && held.includes(version)) return ok({ unchanged: version });
  }
  const found = await deps.threads.findPage({ ...page, siteId: context.site, repliesEach: REPLIES_SHOWN });
  const { site, article, comments, next } = found;
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  if (article === null && site.settings.unknownArticles === 'refuse') {
    return refuse({ reason: 'article-unknown', registrable: false });
  }
  const shown = comments.map(({ comment, replies, hasMoreReplies }) => ({
    comment: shortened(comment),
    replies: replies.map(shortened),
    hasMoreReplies,
  }));
  return ok({ site, article, comments: fittingConversations(shown), next });
}

const isOfArticle = (page: ThreadPage | Unchanged): boolean => 'unchanged' in page || page.article !== null;

/**
 * One page of top-level comments with the first replies below each. One round trip, and one row where the present version
 * is among those held; two round trips where only others are.
 */
export async function readThread(
  deps: UnderArticle & { threads: ThreadStore },
  context: Context,
  input: PageAsked,
): Promise<Result<ThreadPage | Unchanged>> {
  return readUnderArticle(deps, context, input.articleKey, () => findPage(deps, context, input), isOfArticle);
}
