import * as addresses from '../addresses.ts';
import {
  ArticleInput,
  ArticleListQuery,
  ArticleListView,
  ArticlePatch,
  ArticleView,
  CountsQuery,
  CountsView,
  MostCommentedQuery,
} from '../article.ts';
import { ArticlePath, SitePath } from '../paths.ts';
import type { Routes } from './route.ts';

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
    etag: 'content',
    problems: ['not-found'],
  },
  putArticle: {
    at: addresses.putArticle,
    summary: 'Register or replace an article',
    action: 'put-article',
    params: ArticlePath,
    body: ArticleInput,
    answers: { 200: ArticleView, 201: ArticleView },
    problems: ['not-found'],
  },
  updateArticle: {
    at: addresses.updateArticle,
    summary: 'Change some fields of an article',
    action: 'put-article',
    params: ArticlePath,
    body: ArticlePatch,
    answers: { 200: ArticleView },
    problems: ['not-found'],
  },
} as const satisfies Routes;
