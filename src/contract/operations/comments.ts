import * as z from 'zod';
import {
  CommentEdit,
  MineView,
  NewComment,
  NewFlag,
  NewVote,
  OwnCommentView,
  PreviewInput,
  PreviewView,
  VoteView,
} from '../comment.ts';
import { ArticleKey, CommentId, SiteId } from '../scalars.ts';
import { mine, newComment, ownComment } from './examples.ts';
import type { Operation } from './operation.ts';

const ArticlePath = z.object({ site: SiteId, key: ArticleKey });
const CommentPath = z.object({ site: SiteId, id: CommentId });

export const commentOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/sites/{site}/articles/{key}/comments',
    operationId: 'postComment',
    tag: 'Comments',
    summary: 'Post a comment or a reply',
    description:
      'The text is screened before it is stored. Send the same `Idempotency-Key` with every retry: the comment is stored once, and each retry is answered with it.',
    audience: ['reader'],
    params: ArticlePath,
    headers: ['Idempotency-Key'],
    body: { schema: NewComment, example: newComment },
    responses: {
      201: {
        description: 'It is published.',
        schema: OwnCommentView,
        headers: ['Location', 'Belowline-Bookmark'],
      },
      202: {
        description: 'It is stored, and waits for a moderator or was not accepted: see `status` and `reason`.',
        schema: OwnCommentView,
        example: ownComment,
        headers: ['Location', 'Belowline-Bookmark'],
      },
    },
    problems: [
      'rate-limited',
      'not-found',
      'idempotency-key-reused',
      'origin-not-registered',
      'article-unknown',
      'parent-gone',
      'thread-too-deep',
      'commenting-closed',
      'comment-empty',
      'comment-too-long',
      'banned',
      'repeated-text',
    ],
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/articles/{key}/mine',
    operationId: 'findMine',
    tag: 'Comments',
    summary: 'Read one’s own comments and votes',
    description:
      'The second, never cached half of a page view. A reader without a key has nothing here and need not ask.',
    audience: ['reader'],
    params: ArticlePath,
    headers: ['Belowline-Bookmark'],
    responses: {
      200: {
        description: 'Recent comments of this reader in any state, and their votes by comment.',
        schema: MineView,
        example: mine,
      },
    },
    problems: ['not-found'],
  },
  {
    method: 'patch',
    path: '/v1/sites/{site}/comments/{id}',
    operationId: 'editComment',
    tag: 'Comments',
    summary: 'Edit one’s own comment',
    description: 'Until `editableUntil`. The new text is screened as a new comment is, so it may have to wait again.',
    audience: ['reader'],
    params: CommentPath,
    body: { schema: CommentEdit, example: { body: 'The **ferry** was late on Monday.' } },
    responses: {
      200: {
        description: 'The comment as it is now.',
        schema: OwnCommentView,
        headers: ['Belowline-Bookmark'],
      },
    },
    problems: [
      'rate-limited',
      'not-found',
      'transition-not-allowed',
      'edit-window-over',
      'commenting-closed',
      'comment-empty',
      'comment-too-long',
      'banned',
      'edited-meanwhile',
    ],
  },
  {
    method: 'delete',
    path: '/v1/sites/{site}/comments/{id}',
    operationId: 'deleteComment',
    tag: 'Comments',
    summary: 'Delete one’s own comment',
    description: 'Text, name and address are erased. Where replies hang on it, an empty place stays.',
    audience: ['reader'],
    params: CommentPath,
    responses: { 204: { description: 'It is erased.', headers: ['Belowline-Bookmark'] } },
    problems: ['rate-limited', 'not-found', 'transition-not-allowed', 'edit-window-over', 'edited-meanwhile'],
  },
  {
    method: 'put',
    path: '/v1/sites/{site}/comments/{id}/vote',
    operationId: 'voteComment',
    tag: 'Comments',
    summary: 'Vote on a comment',
    description: 'One vote a reader and comment: a second replaces the first, 0 withdraws it.',
    audience: ['reader'],
    params: CommentPath,
    body: { schema: NewVote, example: { value: 1 } },
    responses: {
      200: {
        description: 'The votes as they are now, with this one.',
        schema: VoteView,
        example: { upVotes: 4, downVotes: 0, value: 1 },
        headers: ['Belowline-Bookmark'],
      },
    },
    problems: ['rate-limited', 'own-comment', 'not-found'],
  },
  {
    method: 'post',
    path: '/v1/sites/{site}/comments/{id}/flags',
    operationId: 'flagComment',
    tag: 'Comments',
    summary: 'Report a comment',
    description:
      'It stands in the reported list until a moderator decides. A second report by the same reader adds nothing.',
    audience: ['reader'],
    params: CommentPath,
    body: { schema: NewFlag, example: { reason: 'off-topic', note: 'This is about another ferry.' } },
    responses: { 204: { description: 'The moderators will see it.' } },
    problems: ['rate-limited', 'not-found'],
  },
  {
    method: 'post',
    path: '/v1/preview',
    operationId: 'previewComment',
    tag: 'Comments',
    summary: 'Preview a text',
    description: 'By the same code that stores a comment. Nothing is kept.',
    audience: ['anyone'],
    body: { schema: PreviewInput, example: { body: 'The **ferry** was late again.' } },
    responses: {
      200: {
        description: 'The text as it would be shown, and its length as the site counts it.',
        schema: PreviewView,
        example: { body: ownComment.body, graphemes: 29 },
      },
    },
    problems: ['rate-limited'],
  },
];
