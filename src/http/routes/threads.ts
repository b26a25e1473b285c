import type { Hono } from 'hono';
import { routes } from '../../contract/routes.ts';
import type { ThreadSort } from '../../contract/thread.ts';
import { readNewestComments } from '../../core/front-page/read-recent.ts';
import { ok, type Result } from '../../core/result.ts';
import { readPermalink, readReplies } from '../../core/thread/read-replies.ts';
import { readThread } from '../../core/thread/read-thread.ts';
import type { ThreadPosition } from '../../core/thread/thread.ts';
import { articleTag, heldVersions, notModified, publicJson, siteTag, versionTag } from '../cache/cache.ts';
import { movedFrom } from '../cache/moved.ts';
import type { AppEnv } from '../dependencies.ts';
import { readCursor, writeCursor } from '../gate/cursors.ts';
import { problemResponse } from '../gate/problems.ts';
import { serve } from '../gate/serve.ts';
import { commentView, permalinkView, type RepliesCursor, repliesView, threadView } from '../views/thread.ts';
import { listOf } from './articles.ts';

const threadScope = (siteId: string, articleKey: string, sort: string) => ['thread', siteId, articleKey, sort];

/** The score is of the one order that goes by it: in another it would give a page as many addresses as there are numbers. */
const writeThreadCursor = (scope: string[], sort: ThreadSort, { id, score }: ThreadPosition): string =>
  writeCursor(scope, sort === 'top' ? [id, score] : [id]);

const readThreadCursor = (
  scope: string[],
  sort: ThreadSort,
  text: string | undefined,
): Result<ThreadPosition | null> => {
  if (sort === 'top') {
    const cursor = readCursor<[string, number]>(scope, text, ['string', 'number']);
    return cursor.ok ? ok(cursor.value && { id: cursor.value[0], score: cursor.value[1] }) : cursor;
  }
  const cursor = readCursor<[string]>(scope, text, ['string']);
  return cursor.ok ? ok(cursor.value && { id: cursor.value[0], score: 0 }) : cursor;
};

const repliesScope = (siteId: string, commentId: string) => ['replies', siteId, commentId];

const repliesCursor =
  (siteId: string): RepliesCursor =>
  (commentId, last) =>
    writeCursor(repliesScope(siteId, commentId), [last.path]);

export function serveThreads(app: Hono<AppEnv>): void {
  serve(app, routes.getThread, async ({ c, deps, context, params, query }) => {
    const { sort, limit, format } = query;
    const tag = articleTag(context.site, params.article);
    const scope = threadScope(context.site, params.article, sort);
    const cursor = readThreadCursor(scope, sort, query.cursor);
    if (!cursor.ok) return problemResponse(c, cursor.problem);
    const after = cursor.value;
    const input = { articleKey: params.article, sort, limit, after, held: heldVersions(c) };
    const result = await readThread(deps, context, input);
    if (!result.ok) return problemResponse(c, result.problem);
    const page = result.value;
    if ('unchanged' in page) return notModified(c, page.unchanged, tag);
    const itsOwn = (key: string) => after && writeThreadCursor(threadScope(context.site, key, sort), sort, after);
    const moved = page.article && movedFrom(c, params.article, page.article, itsOwn(page.article.publicKey));
    if (moved) return moved;
    if (page.article !== null) c.header('ETag', versionTag(page.article.version));
    const next = page.next && writeThreadCursor(scope, sort, page.next);
    const cursors = { next, replies: repliesCursor(context.site) };
    const isOfNothing = page.article === null || (after !== null && page.comments.length === 0);
    const shownTag = page.article === null ? tag : articleTag(context.site, page.article.key);
    return publicJson(c, shownTag, threadView(params.article, page, sort, cursors, format), isOfNothing);
  });

  serve(app, routes.listReplies, async ({ c, deps, context, params, query }) => {
    const tag = articleTag(context.site, params.article);
    const cursor = readCursor<[string]>(repliesScope(context.site, params.id), query.cursor, ['string']);
    if (!cursor.ok) return problemResponse(c, cursor.problem);
    const result = await readReplies(deps, context, {
      articleKey: params.article,
      commentId: params.id,
      afterPath: cursor.value?.[0] ?? null,
      limit: query.limit,
      held: heldVersions(c),
    });
    if (!result.ok) return problemResponse(c, result.problem);
    if ('unchanged' in result.value) return notModified(c, result.value.unchanged, tag);
    c.header('ETag', versionTag(result.value.version));
    const isOfNothing = result.value.replies.length === 0;
    const shownTag = articleTag(context.site, result.value.articleKey);
    const view = repliesView(params.id, result.value, repliesCursor(context.site), query.format);
    return publicJson(c, shownTag, view, isOfNothing);
  });

  serve(app, routes.getPermalink, async ({ c, deps, context, params, query }) => {
    const tag = articleTag(context.site, params.article);
    const input = { articleKey: params.article, commentId: params.id, held: heldVersions(c) };
    const result = await readPermalink(deps, context, input);
    if (!result.ok) return problemResponse(c, result.problem);
    if ('unchanged' in result.value) return notModified(c, result.value.unchanged, tag);
    const moved = movedFrom(c, params.article, result.value.article);
    if (moved) return moved;
    c.header('ETag', versionTag(result.value.article.version));
    return publicJson(
      c,
      articleTag(context.site, result.value.article.key),
      permalinkView(result.value, repliesCursor(context.site), query.format),
    );
  });

  serve(app, routes.listNewestComments, async ({ c, deps, context, query }) => {
    const result = await readNewestComments(deps, context, { list: listOf(query), limit: query.limit });
    if (!result.ok) return problemResponse(c, result.problem);
    const comments = result.value.comments.map(({ comment, article }) => ({
      ...commentView(comment, query.format),
      article,
    }));
    return publicJson(c, siteTag(context.site), { comments }, comments.length === 0);
  });
}
