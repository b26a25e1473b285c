import type { Hono } from 'hono';
import { routes } from '../../contract/routes.ts';
import { checkHealth } from '../../core/health/check-health.ts';
import { forgetAddress } from '../../core/reader/forget-address.ts';
import { testWords } from '../../core/screening/test-words.ts';
import { changeSettings, readSettings, type SettingsInput } from '../../core/site/change-settings.ts';
import {
  createApiKey,
  createSite,
  listApiKeys,
  listSites,
  removeSite,
  revokeApiKey,
} from '../../core/site/manage-site.ts';
import type { AppEnv } from '../dependencies.ts';
import { problemResponse } from '../gate/problems.ts';
import { serve } from '../gate/serve.ts';
import { healthCheckView } from '../views/health.ts';
import { apiKeyListView, siteView, wordsTestView } from '../views/site.ts';

export function serveSites(app: Hono<AppEnv>): void {
  serve(app, routes.createSite, async ({ c, deps, context, body }) => {
    const result = await createSite(deps, context, body);
    return result.ok ? c.json(siteView(result.value), 201) : problemResponse(c, result.problem);
  });

  serve(app, routes.listSites, async ({ c, deps, query }) => {
    const { sites, next } = await listSites(deps, { after: query.after ?? null, limit: query.limit });
    return c.json({ sites: sites.map(({ id, name, origins, database }) => ({ id, name, origins, database })), next });
  });

  serve(app, routes.removeSite, async ({ c, deps, context }) => {
    const result = await removeSite(deps, context);
    if (!result.ok) return problemResponse(c, result.problem);
    // The site's own log goes with it.
    c.env.log('site-removed', { site: context.site, requestId: context.requestId });
    return c.body(null, 204);
  });

  serve(app, routes.getSettings, async ({ c, deps, context }) => {
    const result = await readSettings(deps, context);
    return result.ok ? c.json(siteView(result.value)) : problemResponse(c, result.problem);
  });

  serve(app, routes.changeSettings, async ({ c, deps, context, body }) => {
    const { name, origins, version, add, remove, ...settings } = body;
    const input = { name, origins, version, add, remove, settings } as SettingsInput;
    const result = await changeSettings(deps, context, input);
    return result.ok ? c.json(siteView(result.value)) : problemResponse(c, result.problem);
  });

  serve(app, routes.testWords, async ({ c, deps, context, body }) => {
    const { text, bannedWords, suspectWords } = body;
    const result = await testWords(deps, context, {
      text,
      ...(bannedWords !== undefined && { bannedWords }),
      ...(suspectWords !== undefined && { suspectWords }),
    });
    return result.ok ? c.json(wordsTestView(result.value)) : problemResponse(c, result.problem);
  });

  serve(app, routes.forgetAddress, async ({ c, deps, context, body }) => {
    const result = await forgetAddress(deps, context, { email: body.email, after: body.after ?? null });
    return result.ok ? c.json(result.value) : problemResponse(c, result.problem);
  });

  serve(app, routes.createApiKey, async ({ c, deps, context, body }) => {
    const result = await createApiKey(deps, context, { name: body.name });
    return result.ok ? c.json(result.value, 201) : problemResponse(c, result.problem);
  });

  serve(app, routes.listApiKeys, async ({ c, deps, context }) => {
    const result = await listApiKeys(deps, context);
    return result.ok ? c.json(apiKeyListView(result.value)) : problemResponse(c, result.problem);
  });

  serve(app, routes.revokeApiKey, async ({ c, deps, context, params }) => {
    const result = await revokeApiKey(deps, context, { id: params.id });
    return result.ok ? c.body(null, 204) : problemResponse(c, result.problem);
  });

  serve(app, routes.getHealth, ({ c }) => c.json({ status: 'ok' }));

  serve(app, routes.checkHealth, async ({ c, deps }) => {
    const result = await checkHealth(deps);
    return result.ok ? c.json(healthCheckView(result.value)) : problemResponse(c, result.problem);
  });
}
