import type { ArticleHead, CommentView, PermalinkView, RepliesView, ThreadView } from '../../contract/thread.ts';
import { type Article, UNREGISTERED } from '../../core/article/article.ts';
import { tombstoneOf } from '../../core/comment/comment-status.ts';
import type { Permalink } from '../../core/thread/permalink.ts';
import type { ThreadPage } from '../../core/thread/read-thread.ts';
import type { ShownComment } from '../../core/thread/shown-comment.ts';
import type { TopLevelComment } from '../../core/thread/thread.ts';
import { formRules, isoTime } from './article.ts';

/**
 * The one serializer of comments for everybody. What is not visible leaves as a tombstone: no name, no text, no votes.
 */
export function commentView(comment: ShownComment): CommentView {
  const tombstone = tombstoneOf(comment);
  const shown = tombstone === null;
  return {
    id: comment.id,
    parentId: comment.parentId,
    rootId: comment.rootId,
    depth: comment.depth,
    tombstone,
    authorName: shown ? comment.authorName : null,
    body: shown ? comment.body : null,
    isCut: shown && comment.isCut,
    upVotes: shown ? comment.upVotes : 0,
    downVotes: shown ? comment.downVotes : 0,
    replyCount: comment.depth === 0 ? comment.replyCount : null,
    createdAt: isoTime(comment.createdAt),
    editedAt: shown && comment.editedAt !== null ? isoTime(comment.editedAt) : null,
  };
}

const articleHead = (article: Article): ArticleHead => ({
  key: article.publicKey,
  url: article.url,
  headline: article.headline,
  commentCount: article.commentCount,
});

/** Writes the cursor for the replies below `commentId` that come after `last`. */
export type RepliesCursor = (commentId: string, last: { path: string }) => string;

const moreAfter = (commentId: string, replies: ShownComment[], hasMore: boolean, cursor: RepliesCursor) => {
  // A page whose comments are large may have room for no reply at all; every path comes after the empty one.
  return hasMore ? cursor(commentId, replies.at(-1) ?? { path: '' }) : null;
};

const topLevelView = ({ comment, replies, hasMoreReplies }: TopLevelComment<ShownComment>, cursor: RepliesCursor) => ({
  ...commentView(comment),
  replies: replies.map(commentView),
  moreReplies: moreAfter(comment.id, replies, hasMoreReplies, cursor),
});

export function threadView(
  articleKey: string,
  page: ThreadPage,
  sort: ThreadView['sort'],
  cursors: { next: string | null; replies: RepliesCursor },
): ThreadView {
  return {
    article: page.article ? articleHead(page.article) : { key: articleKey, url: null, headline: null, commentCount: 0 },
    rules: formRules(page.article ?? UNREGISTERED, page.site),
    sort,
    comments: page.comments.map((top) => topLevelView(top, cursors.replies)),
    next: cursors.next,
  };
}

export function repliesView(
  commentId: string,
  page: { replies: ShownComment[]; hasMore: boolean },
  cursor: RepliesCursor,
): RepliesView {
  return {
    replies: page.replies.map(commentView),
    next: moreAfter(commentId, page.replies, page.hasMore, cursor),
  };
}

export function permalinkView(permalink: Permalink<ShownComment>, cursor: RepliesCursor): PermalinkView {
  return {
    article: articleHead(permalink.article),
    rules: formRules(permalink.article, permalink.site),
    ancestors: permalink.ancestors.map(commentView),
    comment: commentView(permalink.comment),
    replies: permalink.replies.map(commentView),
    moreReplies: moreAfter(permalink.comment.id, permalink.replies, permalink.hasMore, cursor),
    siblings: {
      earlier: permalink.siblings.earlier.map(commentView),
      later: permalink.siblings.later.map(commentView),
    },
  };
}
