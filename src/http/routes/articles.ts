import { Hono } from 'hono';
import {
  ArticleInput,
  ArticleListQuery,
  ArticlePatch,
  CountsQuery,
  type ListQuery,
  MostCommentedQuery,
} from '../../contract/article.ts';
import { ArticlePath, SitePath } from '../../contract/paths.ts';
import type { ArticleFields } from '../../core/article/article.ts';
import { putArticle, updateArticle } from '../../core/article/put-article.ts';
import { readArticle } from '../../core/article/read-article.ts';
import { countComments, listArticles } from '../../core/front-page/list-articles.ts';
import { readMostCommented } from '../../core/front-page/read-recent.ts';
import { articleTag, publicJson, purgeArticles, siteTag, tagged } from '../cache/cache.ts';
import { type AppEnv, depsOf } from '../dependencies.ts';
import { readCursor, writeCursor } from '../gate/cursors.ts';
import { problemResponse } from '../gate/problems.ts';
import { allow } from '../gate/session.ts';
import { noQuery, valid } from '../gate/validation.ts';
import { articleView } from '../views/article.ts';

/** The list a query asks for: one of a section's, a topic's, an author's, or else the whole site's. */
export function listOf(query: ListQuery) {
  if (query.section !== undefined) return { kind: 'section', label: query.section } as const;
  if (query.topic !== undefined) return { kind: 'topic', label: query.topic } as const;
  if (query.author !== undefined) return { kind: 'author', label: query.author } as const;
  return { kind: 'site', label: '' } as const;
}

/** What was sent, with the time as the core has it; what was not sent is not there. */
const toFields = <Sent extends { publishedAt?: string | undefined }>({ publishedAt, ...rest }: Sent) => ({
  ...rest,
  ...(publishedAt !== undefined && { publishedAt: Date.parse(publishedAt) }),
});

export const articles = new Hono<AppEnv>()
  .get('/v1/sites/:site/articles', tagged, valid('param', SitePath), valid('query', ArticleListQuery), async (c) => {
    const { site: siteId } = c.req.valid('param');
    const query = c.req.valid('query');
    const list = listOf(query);
    const scope = ['articles', siteId, list.kind, list.label, query.sort];
    const cursor = readCursor<[number, string]>(scope, query.cursor, ['number', 'string']);
    if (!cursor.ok) return problemResponse(c, cursor.problem);
    const after = cursor.value && { value: cursor.value[0], key: cursor.value[1] };
    const result = await listArticles(depsOf(c), { siteId, ...list, sort: query.sort, limit: query.limit, after });
    if (!result.ok) return problemResponse(c, result.problem);
    const { site, articles, next } = result.value;
    return publicJson(c, siteTag(siteId), {
      articles: articles.map((article) => articleView(article, site)),
      next: next && writeCursor(scope, [next.value, next.key]),
    });
  })
  .get(
    '/v1/sites/:site/most-commented',
    tagged,
    valid('param', SitePath),
    valid('query', MostCommentedQuery),
    async (c) => {
      const { site: siteId } = c.req.valid('param');
      const query = c.req.valid('query');
      const { hours, limit } = query;
      const result = await readMostCommented(depsOf(c), { siteId, list: listOf(query), hours, limit });
      if (!result.ok) return problemResponse(c, result.problem);
      const { site, articles } = result.value;
      return publicJson(c, siteTag(siteId), {
        articles: articles.map((article) => articleView(article, site)),
        next: null,
      });
    },
  )
  .get('/v1/sites/:site/counts', tagged, valid('param', SitePath), valid('query', CountsQuery), async (c) => {
    const { site: siteId } = c.req.valid('param');
    const result = await countComments(depsOf(c), { siteId, keys: c.req.valid('query').key });
    if (!result.ok) return problemResponse(c, result.problem);
    return publicJson(c, siteTag(siteId), { counts: Object.fromEntries(result.value) });
  })
  .get('/v1/sites/:site/articles/:key', tagged, valid('param', ArticlePath), noQuery, async (c) => {
    const { site: siteId, key } = c.req.valid('param');
    const result = await readArticle(depsOf(c), { siteId, key });
    if (!result.ok) return problemResponse(c, result.problem);
    return publicJson(c, articleTag(siteId, key), articleView(result.value.article, result.value.site));
  })
  .put(
    '/v1/sites/:site/articles/:key',
    allow('put-article'),
    valid('param', ArticlePath),
    valid('json', ArticleInput),
    async (c) => {
      const { site: siteId, key } = c.req.valid('param');
      const fields = toFields(c.req.valid('json')) as ArticleFields;
      const result = await putArticle(depsOf(c), { siteId, key, fields });
      if (!result.ok) return problemResponse(c, result.problem);
      purgeArticles(c, siteId, [key]);
      return c.json(articleView(result.value.article, result.value.site), result.value.created ? 201 : 200);
    },
  )
  .patch(
    '/v1/sites/:site/articles/:key',
    allow('put-article'),
    valid('param', ArticlePath),
    valid('json', ArticlePatch),
    async (c) => {
      const { site: siteId, key } = c.req.valid('param');
      const fields = toFields(c.req.valid('json')) as Partial<ArticleFields>;
      const result = await updateArticle(depsOf(c), { siteId, key, fields });
      if (!result.ok) return problemResponse(c, result.problem);
      purgeArticles(c, siteId, [key]);
      return c.json(articleView(result.value.article, result.value.site));
    },
  );
