import * as addresses from '../addresses.ts';
import { NewestCommentsQuery } from '../article.ts';
import { ArticlePath, CommentPath, SitePath } from '../paths.ts';
import { NewestCommentsView, PermalinkView, RepliesQuery, RepliesView, ThreadQuery, ThreadView } from '../thread.ts';
import type { Routes } from './route.ts';

export const threadRoutes = {
  getThread: {
    at: addresses.getThread,
    summary: 'Read the comments under an article',
    action: 'read',
    params: ArticlePath,
    query: ThreadQuery,
    answers: { 200: ThreadView },
    etag: 'version',
    moves: true,
    problems: ['rate-limited', 'not-found', 'article-unknown'],
  },
  listReplies: {
    at: addresses.listReplies,
    summary: 'Read more replies below a comment',
    action: 'read',
    params: CommentPath,
    query: RepliesQuery,
    answers: { 200: RepliesView },
    etag: 'version',
    problems: ['rate-limited', 'not-found'],
  },
  getPermalink: {
    at: addresses.getPermalink,
    summary: 'Read one comment in its place',
    action: 'read',
    params: CommentPath,
    answers: { 200: PermalinkView },
    etag: 'version',
    moves: true,
    problems: ['rate-limited', 'not-found'],
  },
  listNewestComments: {
    at: addresses.listNewestComments,
    summary: 'List the newest comments of a site',
    action: 'read',
    params: SitePath,
    query: NewestCommentsQuery,
    answers: { 200: NewestCommentsView },
    etag: 'content',
    problems: ['not-found'],
  },
} as const satisfies Routes;
