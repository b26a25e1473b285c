import type { Hono } from 'hono';
import type { ListQuery } from '../../contract/article.ts';
import { routes } from '../../contract/routes.ts';
import type { ArticleDescription, ArticleFields } from '../../core/article/article.ts';
import { putArticle, updateArticle } from '../../core/article/put-article.ts';
import { readArticle } from '../../core/article/read-article.ts';
import { rekeyArticle } from '../../core/article/rekey-article.ts';
import { removeArticle } from '../../core/article/remove-article.ts';
import { countComments, listArticles } from '../../core/front-page/list-articles.ts';
import { readMostCommented } from '../../core/front-page/read-recent.ts';
import { articleTag, publicJson, purgeArticles, siteTag, versionTag, writeWhere } from '../cache/cache.ts';
import { movedFrom } from '../cache/moved.ts';
import type { AppEnv } from '../dependencies.ts';
import { readCursor, writeCursor } from '../gate/cursors.ts';
import { problemResponse } from '../gate/problems.ts';
import { serve } from '../gate/serve.ts';
import { articleView } from '../views/article.ts';

/** The list a query asks for: one of a section's, a topic's, an author's, or else the whole site's. */
export function listOf(query: ListQuery) {
  if (query.section !== undefined) return { kind: 'section', label: query.section } as const;
  if (query.topic !== undefined) return { kind: 'topic', label: query.topic } as const;
  if (query.author !== undefined) return { kind: 'author', label: query.author } as const;
  return { kind: 'site', label: '' } as const;
}

/** The fields that were sent, with the time as the core has it; a field that was not sent is not there. */
const toFields = <Sent extends { publishedAt?: string | undefined }>({ publishedAt, ...rest }: Sent) => ({
  ...rest,
  ...(publishedAt !== undefined && { publishedAt: Date.parse(publishedAt) }),
});

function serveReads(app: Hono<AppEnv>): void {
  serve(app, routes.listArticles, async ({ c, deps, context, query }) => {
    const list = listOf(query);
    const scope = ['articles', context.site, list.kind, list.label, query.sort];
    const cursor = readCursor<[number, string]>(scope, query.cursor, ['number', 'string']);
    if (!cursor.ok) return problemResponse(c, cursor.problem);
    const after = cursor.value && { value: cursor.value[0], key: cursor.value[1] };
    const result = await listArticles(deps, context, { ...list, sort: query.sort, limit: query.limit, after });
    if (!result.ok) return problemResponse(c, result.problem);
    const { site, articles, next } = result.value;
    return publicJson(
      c,
      siteTag(context.site),
      {
        articles: articles.map((article) => articleView(article, site)),
        next: next && writeCursor(scope, [next.value, next.key]),
      },
      articles.length === 0,
    );
  });

  serve(app, routes.listMostCommented, async ({ c, deps, context, query }) => {
    const { hours, limit } = query;
    const result = await readMostCommented(deps, context, { list: listOf(query), hours, limit });
    if (!result.ok) return problemResponse(c, result.problem);
    const { site, articles } = result.value;
    return publicJson(
      c,
      siteTag(context.site),
      {
        articles: articles.map((article) => articleView(article, site)),
        next: null,
      },
      articles.length === 0,
    );
  });

  serve(app, routes.countComments, async ({ c, deps, context, query }) => {
    const result = await countComments(deps, context, { keys: query.key });
    if (!result.ok) return problemResponse(c, result.problem);
    const isOfNothing = [...result.value.values()].every((count) => count === 0);
    return publicJson(c, siteTag(context.site), { counts: Object.fromEntries(result.value) }, isOfNothing);
  });

  serve(app, routes.getArticle, async ({ c, deps, context, params }) => {
    const result = await readArticle(deps, context, { key: params.article });
    if (!result.ok) return problemResponse(c, result.problem);
    const { article, site } = result.value;
    const moved = movedFrom(c, params.article, article);
    if (moved !== null) return moved;
    c.header('ETag', versionTag(article.version));
    return publicJson(c, articleTag(context.site, article.key), articleView(article, site));
  });
}

function serveWrites(app: Hono<AppEnv>): void {
  serve(app, routes.putArticle, async ({ c, deps, context, params, headers, body }) => {
    const where = writeWhere(headers['if-match'], headers['if-none-match']);
    const { key: _, moderationInForce: __, commentCount: ___, ...description } = body;
    const fields = toFields(description) as ArticleDescription;
    const result = await putArticle(deps, context, { key: params.article, fields, where });
    if (!result.ok) return problemResponse(c, result.problem);
    c.header('ETag', versionTag(result.value.article.version));
    purgeArticles(c, context.site, [params.article, result.value.article.key]);
    return c.json(articleView(result.value.article, result.value.site), result.value.created ? 201 : 200);
  });

  serve(app, routes.removeArticle, async ({ c, deps, context, params }) => {
    const result = await removeArticle(deps, context, { key: params.article });
    if (!result.ok) return problemResponse(c, result.problem);
    const { key, publicKey } = result.value.article;
    purgeArticles(c, context.site, [params.article, key, publicKey]);
    return c.body(null, 204);
  });

  serve(app, routes.rekeyArticle, async ({ c, deps, context, params, body }) => {
    const result = await rekeyArticle(deps, context, { key: params.article, to: body.key });
    if (!result.ok) return problemResponse(c, result.problem);
    const { article, site } = result.value;
    purgeArticles(c, context.site, [params.article, article.key, body.key]);
    return c.json(articleView(article, site));
  });

  serve(app, routes.updateArticle, async ({ c, deps, context, params, body }) => {
    const fields = toFields(body) as Partial<ArticleFields>;
    const result = await updateArticle(deps, context, { key: params.article, fields });
    if (!result.ok) return problemResponse(c, result.problem);
    purgeArticles(c, context.site, [params.article, result.value.article.key]);
    return c.json(articleView(result.value.article, result.value.site));
  });
}

export function serveArticles(app: Hono<AppEnv>): void {
  serveReads(app);
  serveWrites(app);
}
