import { Hono } from 'hono';
import {
  BanInput,
  NewDecision,
  NewDecisions,
  NewVoteRuling,
  QueueQuery,
  UndoInput,
} from '../../contract/moderation.ts';
import { CommentPath, ReaderPath, SitePath } from '../../contract/paths.ts';
import { decide, decideOne, undo } from '../../core/moderation/decide.ts';
import { readDossier, readQueue } from '../../core/moderation/read-queue.ts';
import { banReader } from '../../core/reader/ban-reader.ts';
import { ruleOnVotes } from '../../core/vote/rule-on-votes.ts';
import { purgeArticles } from '../cache/cache.ts';
import { type AppEnv, depsOf } from '../dependencies.ts';
import { readCursor, writeCursor } from '../gate/cursors.ts';
import { problemResponse } from '../gate/problems.ts';
import { allow, moderatorOf } from '../gate/session.ts';
import { noQuery, valid } from '../gate/validation.ts';
import { dossierView, queueItem } from '../views/moderation.ts';

export const moderation = new Hono<AppEnv>()
  .get(
    '/v1/sites/:site/queue',
    allow('read-queue'),
    valid('param', SitePath),
    valid('query', QueueQuery),
    async (c) => {
      const { site: siteId } = c.req.valid('param');
      const { list, order, limit, cursor: text } = c.req.valid('query');
      const scope = ['queue', siteId, list, order];
      const cursor = readCursor<[string]>(scope, text, ['string']);
      if (!cursor.ok) return problemResponse(c, cursor.problem);
      const result = await readQueue(depsOf(c), { siteId, list, order, limit, after: cursor.value?.[0] ?? null });
      if (!result.ok) return problemResponse(c, result.problem);
      const { entries, counts, next } = result.value;
      return c.json({ items: entries.map(queueItem), counts, next: next && writeCursor(scope, [next]) });
    },
  )
  .get('/v1/sites/:site/comments/:id/dossier', allow('read-queue'), valid('param', CommentPath), noQuery, async (c) => {
    const { site: siteId, id: commentId } = c.req.valid('param');
    const result = await readDossier(depsOf(c), { siteId, commentId });
    return result.ok ? c.json(dossierView(result.value)) : problemResponse(c, result.problem);
  })
  .post(
    '/v1/sites/:site/comments/:id/decision',
    allow('decide'),
    valid('param', CommentPath),
    valid('json', NewDecision),
    async (c) => {
      const { site: siteId, id } = c.req.valid('param');
      const { decision, expectedStatus, revision, reason } = c.req.valid('json');
      const moderator = moderatorOf(c);
      const comments = [{ id, expectedStatus, revision }];
      const result = await decideOne(depsOf(c), { siteId, moderator, decision, reason, comments });
      if (!result.ok) return problemResponse(c, result.problem);
      purgeArticles(c, siteId, result.value.articleKeys);
      return c.json({ result: result.value.outcomes[0], counts: result.value.counts });
    },
  )
  .post(
    '/v1/sites/:site/decisions',
    allow('decide'),
    valid('param', SitePath),
    valid('json', NewDecisions),
    async (c) => {
      const { site: siteId } = c.req.valid('param');
      const result = await decide(depsOf(c), { siteId, moderator: moderatorOf(c), ...c.req.valid('json') });
      if (!result.ok) return problemResponse(c, result.problem);
      purgeArticles(c, siteId, result.value.articleKeys);
      return c.json({ results: result.value.outcomes, counts: result.value.counts });
    },
  )
  .post(
    '/v1/sites/:site/decisions/undo',
    allow('decide'),
    valid('param', SitePath),
    valid('json', UndoInput),
    async (c) => {
      const { site: siteId } = c.req.valid('param');
      const commentIds = c.req.valid('json').comments;
      const result = await undo(depsOf(c), { siteId, moderator: moderatorOf(c), commentIds });
      if (!result.ok) return problemResponse(c, result.problem);
      purgeArticles(c, siteId, result.value.articleKeys);
      return c.json({ results: result.value.outcomes, counts: result.value.counts });
    },
  )
  .post(
    '/v1/sites/:site/comments/:id/vote-ruling',
    allow('rule-on-votes'),
    valid('param', CommentPath),
    valid('json', NewVoteRuling),
    async (c) => {
      const { site: siteId, id: commentId } = c.req.valid('param');
      const input = { siteId, commentId, moderator: moderatorOf(c), ruling: c.req.valid('json').ruling };
      const result = await ruleOnVotes(depsOf(c), input);
      if (!result.ok) return problemResponse(c, result.problem);
      const { articleKey, ...ruled } = result.value;
      if (input.ruling === 'count-votes' && ruled.votes > 0) purgeArticles(c, siteId, [articleKey]);
      return c.json(ruled);
    },
  )
  .put(
    '/v1/sites/:site/readers/:id/ban',
    allow('ban'),
    valid('param', ReaderPath),
    valid('json', BanInput),
    async (c) => {
      const { site: siteId, id: readerId } = c.req.valid('param');
      const result = await banReader(depsOf(c), { siteId, readerId, ...c.req.valid('json') });
      return result.ok ? c.body(null, 204) : problemResponse(c, result.problem);
    },
  );
