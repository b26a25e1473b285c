import type { Hono } from 'hono';
import { routes } from '../../contract/routes.ts';
import { decide, decideOne, undo } from '../../core/moderation/decide.ts';
import { readDossier, readQueue } from '../../core/moderation/read-queue.ts';
import { banReader } from '../../core/reader/ban-reader.ts';
import { ruleOnVotes } from '../../core/vote/rule-on-votes.ts';
import { purgeArticles } from '../cache/cache.ts';
import type { AppEnv } from '../dependencies.ts';
import { readCursor, writeCursor } from '../gate/cursors.ts';
import { problemResponse } from '../gate/problems.ts';
import { serve } from '../gate/serve.ts';
import { dossierView, queueItem } from '../views/moderation.ts';

/** The wire calls an article by its key `article`. */
const withArticleKey = <Item extends { article: string }>({ article, ...item }: Item) => ({
  ...item,
  articleKey: article,
});

export function serveModeration(app: Hono<AppEnv>): void {
  serve(app, routes.readQueue, async ({ c, deps, context, query }) => {
    const { list, order, limit } = query;
    const scope = ['queue', context.site, list, order];
    const cursor = readCursor<[string]>(scope, query.cursor, ['string']);
    if (!cursor.ok) return problemResponse(c, cursor.problem);
    const result = await readQueue(deps, context, { list, order, limit, after: cursor.value?.[0] ?? null });
    if (!result.ok) return problemResponse(c, result.problem);
    const { entries, counts, next } = result.value;
    return c.json({
      items: entries.map((entry) => queueItem(entry, context.now)),
      counts,
      next: next && writeCursor(scope, [next]),
    });
  });

  serve(app, routes.readDossier, async ({ c, deps, context, params }) => {
    const result = await readDossier(deps, context, { articleKey: params.article, commentId: params.id });
    return result.ok ? c.json(dossierView(result.value, context.now)) : problemResponse(c, result.problem);
  });

  serve(app, routes.decideOne, async ({ c, deps, context, params, body }) => {
    const { decision, expectedStatus, revision, reason } = body;
    const comments = [{ id: params.id, articleKey: params.article, expectedStatus, revision }];
    const result = await decideOne(deps, context, { decision, reason, comments });
    if (!result.ok) return problemResponse(c, result.problem);
    purgeArticles(c, context.site, result.value.articleKeys);
    return c.json({ result: result.value.results[0], counts: result.value.counts });
  });

  serve(app, routes.decide, async ({ c, deps, context, body }) => {
    const result = await decide(deps, context, { ...body, comments: body.comments.map(withArticleKey) });
    if (!result.ok) return problemResponse(c, result.problem);
    purgeArticles(c, context.site, result.value.articleKeys);
    return c.json({ results: result.value.results, counts: result.value.counts });
  });

  serve(app, routes.undo, async ({ c, deps, context, body }) => {
    const result = await undo(deps, context, { comments: body.comments.map(withArticleKey) });
    if (!result.ok) return problemResponse(c, result.problem);
    purgeArticles(c, context.site, result.value.articleKeys);
    return c.json({ results: result.value.results, counts: result.value.counts });
  });

  serve(app, routes.ruleOnVotes, async ({ c, deps, context, params, body }) => {
    const input = { articleKey: params.article, commentId: params.id, ruling: body.ruling };
    const result = await ruleOnVotes(deps, context, input);
    if (!result.ok) return problemResponse(c, result.problem);
    const { articleKey, ...ruled } = result.value;
    if (input.ruling === 'count-votes' && ruled.votes > 0) purgeArticles(c, context.site, [articleKey]);
    return c.json(ruled);
  });

  serve(app, routes.banReader, async ({ c, deps, context, params, body }) => {
    const result = await banReader(deps, context, { readerId: params.id, ...body });
    return result.ok ? c.body(null, 204) : problemResponse(c, result.problem);
  });
}
