import { Hono } from 'hono';
import { KeyPath, SitePath } from '../../contract/paths.ts';
import { NewApiKey, NewSite, SettingsPatch } from '../../contract/site.ts';
import {
  changeSettings,
  createApiKey,
  createSite,
  listApiKeys,
  readSite,
  revokeApiKey,
} from '../../core/site/manage-site.ts';
import type { SiteSettings } from '../../core/site/site.ts';
import { type AppEnv, depsOf } from '../dependencies.ts';
import { problemResponse } from '../gate/problems.ts';
import { allow } from '../gate/session.ts';
import { noQuery, valid } from '../gate/validation.ts';
import { apiKeyListView, siteView } from '../views/site.ts';

export const sites = new Hono<AppEnv>()
  .post('/v1/sites', allow('create-site'), valid('json', NewSite), async (c) => {
    const result = await createSite(depsOf(c), c.req.valid('json'));
    return result.ok ? c.json(siteView(result.value), 201) : problemResponse(c, result.problem);
  })
  .get('/v1/sites/:site/settings', allow('read-settings'), valid('param', SitePath), noQuery, async (c) => {
    const result = await readSite(depsOf(c), c.req.valid('param').site);
    return result.ok ? c.json(siteView(result.value)) : problemResponse(c, result.problem);
  })
  .patch(
    '/v1/sites/:site/settings',
    allow('change-settings'),
    valid('param', SitePath),
    valid('json', SettingsPatch),
    async (c) => {
      const { name, origins, ...settings } = c.req.valid('json');
      const result = await changeSettings(depsOf(c), {
        siteId: c.req.valid('param').site,
        ...(name !== undefined && { name }),
        ...(origins !== undefined && { origins }),
        settings: settings as Partial<SiteSettings>,
      });
      return result.ok ? c.json(siteView(result.value)) : problemResponse(c, result.problem);
    },
  )
  .post(
    '/v1/sites/:site/keys',
    allow('manage-api-keys'),
    valid('param', SitePath),
    valid('json', NewApiKey),
    async (c) => {
      const { site: siteId } = c.req.valid('param');
      const result = await createApiKey(depsOf(c), { siteId, name: c.req.valid('json').name });
      return result.ok ? c.json(result.value, 201) : problemResponse(c, result.problem);
    },
  )
  .get('/v1/sites/:site/keys', allow('manage-api-keys'), valid('param', SitePath), noQuery, async (c) => {
    const result = await listApiKeys(depsOf(c), c.req.valid('param').site);
    return result.ok ? c.json(apiKeyListView(result.value)) : problemResponse(c, result.problem);
  })
  .delete('/v1/sites/:site/keys/:id', allow('manage-api-keys'), valid('param', KeyPath), async (c) => {
    const { site: siteId, id } = c.req.valid('param');
    const result = await revokeApiKey(depsOf(c), { siteId, id });
    return result.ok ? c.body(null, 204) : problemResponse(c, result.problem);
  });
