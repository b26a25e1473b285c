import * as addresses from '../addresses.ts';
import { COMMENT_BYTES } from '../comment.ts';
import { CommentForm, ConversationQuery, FormQuery, Html } from '../page.ts';
import { ArticlePath, CommentPath } from '../paths.ts';
import { ThreadPageQuery } from '../thread.ts';
import type { Routes } from './route.ts';

export const pageRoutes = {
  getThreadHtml: {
    at: addresses.getThreadHtml,
    summary: 'Read the thread as HTML for one’s own page',
    action: 'read',
    params: ArticlePath,
    query: ThreadPageQuery,
    html: 'part',
    answers: { 200: Html },
    etag: 'version',
    moves: true,
    problems: ['rate-limited', 'not-found', 'article-unknown'],
  },
  getCommentsPage: {
    at: addresses.getCommentsPage,
    summary: 'Read the thread as a page of its own',
    action: 'read',
    params: ArticlePath,
    query: ThreadPageQuery,
    html: 'page',
    answers: { 200: Html },
    etag: 'version',
    moves: true,
    problems: ['rate-limited', 'not-found', 'article-unknown'],
  },
  getConversationPage: {
    at: addresses.getConversationPage,
    summary: 'Read one comment and its replies as a page',
    action: 'read',
    params: CommentPath,
    query: ConversationQuery,
    html: 'page',
    answers: { 200: Html },
    etag: 'version',
    moves: true,
    problems: ['rate-limited', 'not-found'],
  },
  getCommentForm: {
    at: addresses.getCommentForm,
    summary: 'Get a form for a comment, for readers without script',
    action: 'post-by-form',
    params: ArticlePath,
    query: FormQuery,
    html: 'page',
    answers: { 200: Html },
    problems: ['rate-limited', 'not-found', 'commenting-closed', 'parent-gone', 'thread-too-deep'],
  },
  submitCommentForm: {
    at: addresses.submitCommentForm,
    summary: 'Preview or post a comment by a form',
    action: 'post-by-form',
    params: ArticlePath,
    body: CommentForm,
    // A form writes three signs for a byte.
    bodyBytes: 3 * COMMENT_BYTES,
    form: true,
    html: 'page',
    answers: { 200: Html, 201: Html, 202: Html },
    problems: [
      'forbidden',
      'rate-limited',
      'not-found',
      'idempotency-key-reused',
      'article-unknown',
      'banned',
      'commenting-closed',
      'parent-gone',
      'thread-too-deep',
      'comment-empty',
      'comment-too-long',
      'repeated-text',
    ],
  },
} as const satisfies Routes;
