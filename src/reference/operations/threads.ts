import { NewestCommentsQuery } from '../../contract/article.ts';
import { ArticlePath, CommentPath, SitePath } from '../../contract/paths.ts';
import {
  NewestCommentsView,
  PermalinkView,
  RepliesQuery,
  RepliesView,
  ThreadQuery,
  ThreadView,
} from '../../contract/thread.ts';
import { newestComments, permalink, thread } from './examples.ts';
import type { Operation } from './operation.ts';

const UNCHANGED = {
  description: 'The version named in `If-None-Match` is still the latest.',
  headers: ['ETag'],
} as const;

export const threadOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/sites/{site}/articles/{key}/thread',
    operationId: 'getThread',
    tag: 'Threads',
    summary: 'Read the comments under an article',
    description:
      'A page of top-level comments, each with its first replies, and what a comment form must know. The answer is the same for everybody and is cached for 15 seconds; what belongs to one reader is in “Read one’s own comments and votes”.',
    audience: ['anyone'],
    params: ArticlePath,
    query: ThreadQuery,
    queryExample: 'sort=top&limit=20',
    headers: ['If-None-Match'],
    responses: {
      200: {
        description:
          'The thread; empty for an article that its first comment will register. Show a tombstone where a comment’s text and name are null.',
        schema: ThreadView,
        example: thread,
        headers: ['ETag', 'Belowline-Stale'],
      },
      304: UNCHANGED,
    },
    problems: ['not-found', 'article-unknown'],
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/comments/{id}/replies',
    operationId: 'listReplies',
    tag: 'Threads',
    summary: 'Read more replies below a comment',
    description: 'In the order of the tree. Start with the `moreReplies` of a comment as the cursor.',
    audience: ['anyone'],
    params: CommentPath,
    query: RepliesQuery,
    queryExample: 'limit=50',
    headers: ['If-None-Match'],
    responses: {
      200: {
        description: 'The next replies.',
        schema: RepliesView,
        example: { replies: thread.comments[0]?.replies ?? [], next: null },
        headers: ['ETag', 'Belowline-Stale'],
      },
      304: UNCHANGED,
    },
    problems: ['not-found'],
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/comments/{id}',
    operationId: 'getComment',
    tag: 'Threads',
    summary: 'Read one comment in its place',
    description:
      'For a permanent link: the comment, what it answers from the top, the first replies below it, and the nearest siblings: up to three before it and three after it.',
    audience: ['anyone'],
    params: CommentPath,
    headers: ['If-None-Match'],
    responses: {
      200: {
        description: 'The comment and what surrounds it.',
        schema: PermalinkView,
        example: permalink,
        headers: ['ETag', 'Belowline-Stale'],
      },
      304: UNCHANGED,
    },
    problems: ['not-found'],
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/comments',
    operationId: 'listNewestComments',
    tag: 'Threads',
    summary: 'List the newest comments of a site',
    description:
      'For a front page. Of section, topic and author name at most one; its 40 newest articles are looked at.',
    audience: ['anyone'],
    params: SitePath,
    query: NewestCommentsQuery,
    queryExample: 'topic=Ferries&limit=5',
    headers: ['If-None-Match'],
    responses: {
      200: {
        description: 'The latest comments, each with the article it stands under.',
        schema: NewestCommentsView,
        example: newestComments,
        headers: ['ETag', 'Belowline-Stale'],
      },
      304: UNCHANGED,
    },
    problems: ['not-found'],
  },
];
