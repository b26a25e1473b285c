import type { Hono } from 'hono';
import { readKey } from '../../contract/database.ts';
import { routes } from '../../contract/routes.ts';
import { describeDatabase, readRows, restoreRows } from '../../core/backup/back-up.ts';
import type { AppEnv } from '../dependencies.ts';
import { problemResponse } from '../gate/problems.ts';
import { serve } from '../gate/serve.ts';
import { databaseView, rowsView } from '../views/database.ts';

export function serveDatabases(app: Hono<AppEnv>): void {
  serve(app, routes.describeDatabase, async ({ c, deps, context, params }) => {
    const result = await describeDatabase(deps, context, params);
    return result.ok ? c.json(databaseView(result.value)) : problemResponse(c, result.problem);
  });

  serve(app, routes.readRows, async ({ c, deps, context, params, query }) => {
    const after = query.after === undefined ? null : readKey(query.after);
    const result = await readRows(deps, context, { ...params, after, limit: query.limit });
    return result.ok ? c.json(rowsView(result.value)) : problemResponse(c, result.problem);
  });

  serve(app, routes.restoreRows, async ({ c, deps, context, params, body }) => {
    const result = await restoreRows(deps, context, { ...params, ...body });
    return result.ok ? c.body(null, 204) : problemResponse(c, result.problem);
  });
}
