import { Hono } from 'hono';
import { NewestCommentsQuery } from '../../contract/article.ts';
import { ArticlePath, CommentPath, SitePath } from '../../contract/paths.ts';
import { RepliesQuery, ThreadQuery } from '../../contract/thread.ts';
import { readNewestComments } from '../../core/front-page/read-recent.ts';
import { readPermalink, readReplies } from '../../core/thread/read-replies.ts';
import { readThread } from '../../core/thread/read-thread.ts';
import { articleTag, holdsVersion, notModified, publicJson, siteTag, tagged, versionTag } from '../cache/cache.ts';
import { type AppContext, type AppEnv, depsOf } from '../dependencies.ts';
import { readCursor, writeCursor } from '../gate/cursors.ts';
import { problemResponse } from '../gate/problems.ts';
import { noQuery, valid } from '../gate/validation.ts';
import { commentView, permalinkView, type RepliesCursor, repliesView, threadView } from '../views/thread.ts';
import { listOf } from './articles.ts';

const repliesScope = (siteId: string, commentId: string) => ['replies', siteId, commentId];

/** The short answer to whoever has read around this comment since the last change under its article; null to others. */
const unchangedAround = async (c: AppContext, siteId: string, commentId: string): Promise<Response | null> => {
  if (c.req.header('If-None-Match') === undefined) return null;
  const at = await depsOf(c).threads.findVersionAt(siteId, commentId);
  if (at === null || !holdsVersion(c, at.version)) return null;
  return notModified(c, at.version, articleTag(siteId, at.articleKey));
};

const repliesCursor =
  (siteId: string): RepliesCursor =>
  (commentId, last) =>
    writeCursor(repliesScope(siteId, commentId), [last.path]);

export const threads = new Hono<AppEnv>()
  .get(
    '/v1/sites/:site/articles/:key/thread',
    tagged,
    valid('param', ArticlePath),
    valid('query', ThreadQuery),
    async (c) => {
      const { site: siteId, key: articleKey } = c.req.valid('param');
      const { sort, limit, cursor: text } = c.req.valid('query');
      const scope = ['thread', siteId, articleKey, sort];
      const cursor = readCursor<[string, number]>(scope, text, ['string', 'number']);
      if (!cursor.ok) return problemResponse(c, cursor.problem);
      if (c.req.header('If-None-Match') !== undefined) {
        const version = await depsOf(c).threads.findVersion(siteId, articleKey);
        if (version !== null && holdsVersion(c, version)) {
          return notModified(c, version, articleTag(siteId, articleKey));
        }
      }
      const after = cursor.value && { id: cursor.value[0], score: cursor.value[1] };
      const result = await readThread(depsOf(c), { siteId, articleKey, sort, limit, after });
      if (!result.ok) return problemResponse(c, result.problem);
      const page = result.value;
      if (page.article !== null) c.header('ETag', versionTag(page.article.version));
      const next = page.next && writeCursor(scope, [page.next.id, page.next.score]);
      const view = threadView(articleKey, page, sort, { next, replies: repliesCursor(siteId) });
      return publicJson(c, articleTag(siteId, articleKey), view);
    },
  )
  .get('/v1/sites/:site/comments/:id/replies', valid('param', CommentPath), valid('query', RepliesQuery), async (c) => {
    const { site: siteId, id: commentId } = c.req.valid('param');
    const { limit, cursor: text } = c.req.valid('query');
    const cursor = readCursor<[string]>(repliesScope(siteId, commentId), text, ['string']);
    if (!cursor.ok) return problemResponse(c, cursor.problem);
    const unchanged = await unchangedAround(c, siteId, commentId);
    if (unchanged !== null) return unchanged;
    const afterPath = cursor.value?.[0] ?? null;
    const result = await readReplies(depsOf(c), { siteId, commentId, afterPath, limit });
    if (!result.ok) return problemResponse(c, result.problem);
    c.header('ETag', versionTag(result.value.version));
    return publicJson(
      c,
      articleTag(siteId, result.value.articleKey),
      repliesView(commentId, result.value, repliesCursor(siteId)),
    );
  })
  .get('/v1/sites/:site/comments', tagged, valid('param', SitePath), valid('query', NewestCommentsQuery), async (c) => {
    const { site: siteId } = c.req.valid('param');
    const query = c.req.valid('query');
    const result = await readNewestComments(depsOf(c), { siteId, list: listOf(query), limit: query.limit });
    if (!result.ok) return problemResponse(c, result.problem);
    return publicJson(c, siteTag(siteId), {
      comments: result.value.map(({ comment, article }) => ({ ...commentView(comment), article })),
    });
  })
  .get('/v1/sites/:site/comments/:id', valid('param', CommentPath), noQuery, async (c) => {
    const { site: siteId, id: commentId } = c.req.valid('param');
    const unchanged = await unchangedAround(c, siteId, commentId);
    if (unchanged !== null) return unchanged;
    const result = await readPermalink(depsOf(c), { siteId, commentId });
    if (!result.ok) return problemResponse(c, result.problem);
    c.header('ETag', versionTag(result.value.article.version));
    return publicJson(
      c,
      articleTag(siteId, result.value.article.key),
      permalinkView(result.value, repliesCursor(siteId)),
    );
  });
