import * as z from 'zod/mini';
import { BodyFormat, BodyTree } from './body.ts';
import { ArticleKey, CommentId, Cursor, limit, Timestamp } from './scalars.ts';

export const ThreadSort = z.enum(['newest', 'oldest', 'top']);
export type ThreadSort = z.infer<typeof ThreadSort>;

/** A page of a thread, as HTML shows it as well. */
export const ThreadPageQuery = z.strictObject({
  sort: z._default(ThreadSort, 'newest'),
  limit: limit(20, 50),
  cursor: z.optional(Cursor),
});

export const ThreadQuery = z.strictObject({ ...ThreadPageQuery.shape, format: BodyFormat });
export type ThreadQuery = z.infer<typeof ThreadQuery>;

export const RepliesQuery = z.strictObject({
  limit: limit(50, 100),
  cursor: z.optional(Cursor),
  format: BodyFormat,
});
export type RepliesQuery = z.infer<typeof RepliesQuery>;

export const PermalinkQuery = z.strictObject({ format: BodyFormat });

/** A comment as anyone may see it. There is nothing of the viewer in it. */
export const commentFields = {
  id: CommentId,
  parentId: z.nullable(CommentId),
  rootId: CommentId,
  depth: z.int(),
  tombstone: z.nullable(z.enum(['deleted', 'removed', 'held'])).check(
    z.meta({
      description:
        'Not null: the author deleted it, it was removed, or it waits for a moderator; it stays for its replies.',
    }),
  ),
  authorName: z.nullable(z.string()),
  body: z.nullable(BodyTree),
  isCut: z.boolean().check(
    z.meta({
      description: 'True: `body` is the beginning of a long text. GET …/comments/{id} has the whole of its comment.',
    }),
  ),
  upVotes: z.int(),
  downVotes: z.int(),
  replyCount: z.nullable(z.int()).check(z.meta({ description: 'Visible replies of all depths; null below the top.' })),
  createdAt: Timestamp,
  editedAt: z.nullable(Timestamp),
};

export const CommentView = z
  .object({
    ...commentFields,
    text: z
      .optional(z.nullable(z.string()))
      .check(z.meta({ description: 'With `format=text`: the words of `body`, a line for each of its blocks.' })),
    html: z
      .optional(z.nullable(z.string()))
      .check(
        z.meta({ description: 'With `format=html`: `body` as escaped HTML, well-formed as XML, with marked links.' }),
      ),
  })
  .register(z.globalRegistry, { id: 'Comment' });
export type CommentView = z.infer<typeof CommentView>;

/**
 * Replies come in the order of the tree (each conversation in full before the next, oldest first), so that the parent
 * of each is the top-level comment or stands before it: nest them by `parentId`.
 */
const TopLevelView = z
  .object({
    ...CommentView.shape,
    replies: z.array(CommentView),
    moreReplies: z
      .nullable(Cursor)
      .check(z.meta({ description: 'For GET …/comments/{id}/replies; null when all are here.' })),
  })
  .register(z.globalRegistry, { id: 'TopLevelComment' });

/** The rules that the form must know. */
export const FormRules = z
  .object({
    commenting: z.enum(['open', 'closed']),
    moderation: z
      .enum(['post', 'first-comment', 'pre'])
      .check(z.meta({ description: 'The mode in force under this article.' })),
    maxGraphemes: z.int(),
    maxNameGraphemes: z.int(),
    maxDepth: z.int(),
    editWindowMinutes: z.int(),
  })
  .register(z.globalRegistry, { id: 'FormRules' });
export type FormRules = z.infer<typeof FormRules>;

/** An article as its thread shows it. */
const ArticleHead = z.object({
  key: ArticleKey,
  url: z.string(),
  headline: z.nullable(z.string()),
  commentCount: z.int(),
});
export type ArticleHead = z.infer<typeof ArticleHead>;

export const ThreadView = z
  .object({
    article: z.object({
      ...ArticleHead.shape,
      url: z
        .nullable(z.string())
        .check(z.meta({ description: 'null: not registered yet; its first comment will do that.' })),
    }),
    rules: FormRules,
    sort: ThreadSort,
    comments: z.array(TopLevelView),
    next: z.nullable(Cursor),
  })
  .register(z.globalRegistry, { id: 'Thread' });
export type ThreadView = z.infer<typeof ThreadView>;

/** A front page's box: the latest comments, each with the article it stands under. */
export const NewestCommentsView = z
  .object({
    comments: z.array(
      z.object({
        ...CommentView.shape,
        article: z.object({ key: ArticleKey, url: z.string(), headline: z.nullable(z.string()) }),
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'NewestComments' });
export type NewestCommentsView = z.infer<typeof NewestCommentsView>;

export const RepliesView = z
  .object({ replies: z.array(CommentView), next: z.nullable(Cursor) })
  .register(z.globalRegistry, { id: 'Replies' });
export type RepliesView = z.infer<typeof RepliesView>;

/**
 * A permalink: the comment, what it answers (top-level first), the first replies below it, and up to three siblings on
 * either side, without the replies below them.
 */
export const PermalinkView = z
  .object({
    article: ArticleHead,
    rules: FormRules,
    ancestors: z.array(CommentView),
    comment: CommentView,
    replies: z.array(CommentView),
    moreReplies: z.nullable(Cursor),
    siblings: z
      .object({ earlier: z.array(CommentView), later: z.array(CommentView) })
      .check(z.meta({ description: 'The nearest replies to the same comment, or top-level comments; oldest first.' })),
  })
  .register(z.globalRegistry, { id: 'Permalink' });
export type PermalinkView = z.infer<typeof PermalinkView>;
