import {
  ArticleInput,
  ArticleListQuery,
  ArticleListView,
  ArticlePatch,
  ArticleView,
  CountsQuery,
  CountsView,
  MostCommentedQuery,
} from '../../contract/article.ts';
import { ArticlePath, SitePath } from '../../contract/paths.ts';
import { article, articleView } from './examples.ts';
import type { Operation } from './operation.ts';

const UNCHANGED = {
  description: 'The version named in `If-None-Match` is still the latest.',
  headers: ['ETag'],
} as const;

export const articleOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/sites/{site}/articles',
    operationId: 'listArticles',
    tag: 'Articles',
    summary: 'List articles',
    description:
      'All of a site’s, or those of one section, one topic or one author: name at most one of the three. An article published later than now is not among them. Answers are cached for 15 seconds.',
    audience: ['anyone'],
    params: SitePath,
    query: ArticleListQuery,
    queryExample: 'section=World&sort=most-commented&limit=10',
    headers: ['If-None-Match'],
    responses: {
      200: {
        description: 'A page of articles; `next` leads to the one after it.',
        schema: ArticleListView,
        example: { articles: [articleView], next: null },
        headers: ['ETag', 'Belowline-Stale'],
      },
      304: UNCHANGED,
    },
    problems: ['not-found'],
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/most-commented',
    operationId: 'listMostCommented',
    tag: 'Articles',
    summary: 'List where the talk is',
    description:
      'For a front page: articles by the comments posted in the last hours, not by all there are, as of the last minute. Of section, topic and author name at most one; of such a list its 100 newest articles are ranked. An article published later than now is in no list.',
    audience: ['anyone'],
    params: SitePath,
    query: MostCommentedQuery,
    queryExample: 'hours=24&limit=5',
    headers: ['If-None-Match'],
    responses: {
      200: {
        description: 'The articles, the liveliest first. There is no further page: `next` is null.',
        schema: ArticleListView,
        example: { articles: [articleView], next: null },
        headers: ['ETag', 'Belowline-Stale'],
      },
      304: UNCHANGED,
    },
    problems: ['not-found'],
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/counts',
    operationId: 'countComments',
    tag: 'Articles',
    summary: 'Count comments',
    description:
      'For a page that lists many articles. Repeat `key`, up to 100 times. An article nobody knows counts 0.',
    audience: ['anyone'],
    params: SitePath,
    query: CountsQuery,
    queryExample: 'key=strait-ferry-talks&key=harbour-lights',
    headers: ['If-None-Match'],
    responses: {
      200: {
        description: 'The visible comments under each key that was asked for.',
        schema: CountsView,
        example: { counts: { 'strait-ferry-talks': 42, 'harbour-lights': 0 } },
        headers: ['ETag', 'Belowline-Stale'],
      },
      304: UNCHANGED,
    },
    problems: ['not-found'],
  },
  {
    method: 'get',
    path: '/v1/sites/{site}/articles/{key}',
    operationId: 'getArticle',
    tag: 'Articles',
    summary: 'Read one article',
    audience: ['anyone'],
    params: ArticlePath,
    headers: ['If-None-Match'],
    responses: {
      200: {
        description: 'The article.',
        schema: ArticleView,
        example: articleView,
        headers: ['ETag', 'Belowline-Stale'],
      },
      304: UNCHANGED,
    },
    problems: ['not-found'],
  },
  {
    method: 'put',
    path: '/v1/sites/{site}/articles/{key}',
    operationId: 'putArticle',
    tag: 'Articles',
    summary: 'Register or replace an article',
    description:
      'Send the whole article from the content system whenever it is published or changed: the same request twice does no harm. What is left out takes its default.',
    audience: ['publisher', 'operator'],
    params: ArticlePath,
    body: { schema: ArticleInput, example: article },
    responses: {
      200: { description: 'It was there and has been replaced.', schema: ArticleView, example: articleView },
      201: { description: 'It is new.', schema: ArticleView },
    },
    problems: ['not-found'],
  },
  {
    method: 'patch',
    path: '/v1/sites/{site}/articles/{key}',
    operationId: 'updateArticle',
    tag: 'Articles',
    summary: 'Change some fields of an article',
    description: 'What is left out stays as it is. This is how comments are closed under an article.',
    audience: ['publisher', 'operator'],
    params: ArticlePath,
    body: { schema: ArticlePatch, example: { commenting: 'closed' } },
    responses: {
      200: {
        description: 'The article as it is now.',
        schema: ArticleView,
        example: { ...articleView, commenting: 'closed' },
      },
    },
    problems: ['not-found'],
  },
];
