import type { BodyFormat } from '../../contract/body.ts';
import type { ArticleHead, CommentView, PermalinkView, RepliesView, ThreadView } from '../../contract/thread.ts';
import { type Article, UNREGISTERED } from '../../core/article/article.ts';
import type { Body } from '../../core/body/body.ts';
import { bodyText } from '../../core/body/body-text.ts';
import { tombstoneOf } from '../../core/comment/comment-status.ts';
import type { Permalink } from '../../core/thread/permalink.ts';
import type { ThreadPage } from '../../core/thread/read-thread.ts';
import type { ShownComment } from '../../core/thread/shown-comment.ts';
import type { TopLevelComment } from '../../core/thread/thread.ts';
import { formRules, isoTime } from './article.ts';
import { bodyHtml } from './body-html.ts';

/** The text in another form, for a field beside its tree. */
const FORMS: { readonly [Format in BodyFormat]: (body: Body | null) => Pick<CommentView, 'text' | 'html'> } = {
  tree: () => ({}),
  text: (body) => ({ text: body && bodyText(body) }),
  html: (body) => ({ html: body && String(bodyHtml(body)) }),
};

/**
 * The one serializer of comments for everybody. What is not visible leaves as a tombstone: no name, no text, no votes.
 */
export function commentView(comment: ShownComment, format: BodyFormat = 'tree'): CommentView {
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
    ...FORMS[format](shown ? comment.body : null),
    isCut: shown && comment.isCut,
    upVotes: shown ? comment.upVotes : 0,
    downVotes: shown ? comment.downVotes : 0,
    replyCount: comment.depth === 0 ? comment.replyCount : null,
    createdAt: isoTime(comment.createdAt),
    editedAt: shown && comment.editedAt !== null ? isoTime(comment.editedAt) : null,
  };
}

const commentViews = (comments: ShownComment[], format: BodyFormat): CommentView[] =>
  comments.map((comment) => commentView(comment, format));

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

const topLevelView = (
  { comment, replies, hasMoreReplies }: TopLevelComment<ShownComment>,
  cursor: RepliesCursor,
  format: BodyFormat = 'tree',
) => ({
  ...commentView(comment, format),
  replies: commentViews(replies, format),
  moreReplies: moreAfter(comment.id, replies, hasMoreReplies, cursor),
});

export function threadView(
  articleKey: string,
  page: ThreadPage,
  sort: ThreadView['sort'],
  cursors: { next: string | null; replies: RepliesCursor },
  format: BodyFormat = 'tree',
): ThreadView {
  return {
    article: page.article ? articleHead(page.article) : { key: articleKey, url: null, headline: null, commentCount: 0 },
    rules: formRules(page.article ?? UNREGISTERED, page.site),
    sort,
    comments: page.comments.map((top) => topLevelView(top, cursors.replies, format)),
    next: cursors.next,
  };
}

export function repliesView(
  commentId: string,
  page: { replies: ShownComment[]; hasMore: boolean },
  cursor: RepliesCursor,
  format: BodyFormat = 'tree',
): RepliesView {
  return {
    replies: commentViews(page.replies, format),
    next: moreAfter(commentId, page.replies, page.hasMore, cursor),
  };
}

export function permalinkView(
  permalink: Permalink<ShownComment>,
  cursor: RepliesCursor,
  format: BodyFormat = 'tree',
): PermalinkView {
  return {
    article: articleHead(permalink.article),
    rules: formRules(permalink.article, permalink.site),
    ancestors: commentViews(permalink.ancestors, format),
    comment: commentView(permalink.comment, format),
    replies: commentViews(permalink.replies, format),
    moreReplies: moreAfter(permalink.comment.id, permalink.replies, permalink.hasMore, cursor),
    siblings: {
      earlier: commentViews(permalink.siblings.earlier, format),
      later: commentViews(permalink.siblings.later, format),
    },
  };
}
