import * as addresses from '../addresses.ts';
import {
  ArticleInput,
  ArticleListQuery,
  ArticleListView,
  ArticlePatch,
  ArticlePreconditions,
  ArticleView,
  CountsQuery,
  CountsView,
  MostCommentedQuery,
  NewKey,
} from '../article.ts';
import { ArticlePath, SitePath } from '../paths.ts';
import type { Routes } from './route.ts';

/** Three lists of lines with 12,000 bytes each, whatever a client escapes. */
const ARTICLE_BYTES = 131_072;

export const articleRoutes = {
  listArticles: {
    at: addresses.listArticles,
    summary: 'List articles',
    action: 'read',
    params: SitePath,
    query: ArticleListQuery,
    answers: { 200: ArticleListView },
    etag: 'content',
    problems: ['not-found'],
  },
  listMostCommented: {
    at: addresses.listMostCommented,
    summary: 'List the most commented articles',
    action: 'read',
    params: SitePath,
    query: MostCommentedQuery,
    answers: { 200: ArticleListView },
    etag: 'content',
    problems: ['not-found'],
  },
  countComments: {
    at: addresses.countComments,
    summary: 'Count comments',
    action: 'read',
    params: SitePath,
    query: CountsQuery,
    answers: { 200: CountsView },
    etag: 'content',
    problems: ['not-found'],
  },
  getArticle: {
    at: addresses.getArticle,
    summary: 'Read one article',
    action: 'read',
    params: ArticlePath,
    answers: { 200: ArticleView },
    etag: 'version',
    problems: ['not-found'],
  },
  putArticle: {
    at: addresses.putArticle,
    summary: 'Register or replace an article',
    action: 'put-article',
    params: ArticlePath,
    headers: ArticlePreconditions,
    body: ArticleInput,
    bodyBytes: ARTICLE_BYTES,
    answers: { 200: ArticleView, 201: ArticleView },
    sends: ['ETag'],
    problems: ['not-found', 'being-removed', 'precondition-failed'],
  },
  updateArticle: {
    at: addresses.updateArticle,
    summary: 'Change some fields of an article',
    action: 'put-article',
    params: ArticlePath,
    body: ArticlePatch,
    bodyBytes: ARTICLE_BYTES,
    answers: { 200: ArticleView },
    problems: ['not-found'],
  },
  removeArticle: {
    at: addresses.removeArticle,
    summary: 'Remove an article and its comments',
    action: 'remove-article',
    params: ArticlePath,
    answers: { 204: null },
    problems: ['not-found'],
  },
  rekeyArticle: {
    at: addresses.rekeyArticle,
    summary: 'Give an article another key',
    action: 'rekey-article',
    params: ArticlePath,
    body: NewKey,
    answers: { 200: ArticleView },
    problems: ['not-found', 'already-exists'],
  },
} as const satisfies Routes;
