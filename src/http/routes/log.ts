import type { Hono } from 'hono';
import { routes } from '../../contract/routes.ts';
import { readLog } from '../../core/event/read-log.ts';
import { verifyLog } from '../../core/event/verify-log.ts';
import type { AppEnv } from '../dependencies.ts';
import { readCursor, writeCursor } from '../gate/cursors.ts';
import { problemResponse } from '../gate/problems.ts';
import { serve } from '../gate/serve.ts';
import { eventView, verificationView } from '../views/log.ts';

export function serveLog(app: Hono<AppEnv>): void {
  serve(app, routes.readLog, async ({ c, deps, context, query }) => {
    const since = query.since === undefined ? null : Date.parse(query.since);
    const by = query.by ?? null;
    const scope = ['log', context.site, String(since), by ?? ''];
    const cursor = readCursor<[string, string, string, string]>(scope, query.cursor, [
      'string',
      'string',
      'string',
      'string',
    ]);
    if (!cursor.ok) return problemResponse(c, cursor.problem);
    const result = await readLog(deps, context, { since, by, limit: query.limit, after: cursor.value });
    if (!result.ok) return problemResponse(c, result.problem);
    const { events, next } = result.value;
    return c.json({ events: events.map(eventView), next: next && writeCursor(scope, [...next]) });
  });

  serve(app, routes.verifyLog, async ({ c, deps, context, query }) => {
    const result = await verifyLog(deps, context, { after: query.after ?? null });
    return result.ok ? c.json(verificationView(result.value)) : problemResponse(c, result.problem);
  });
}
