import { Hono } from 'hono';
import { NewModerator, NewSession, SignInLinkInput } from '../../contract/moderator.ts';
import { ModeratorPath, SitePath } from '../../contract/paths.ts';
import { readSite } from '../../core/site/manage-site.ts';
import { inviteModerator, removeModerator } from '../../core/team/manage-team.ts';
import { createSignInLink, requestSignInLink, signIn } from '../../core/team/sign-in.ts';
import { type AppEnv, depsOf, networkKeyOf } from '../dependencies.ts';
import { afterAnswer } from '../gate/after-answer.ts';
import { problemResponse } from '../gate/problems.ts';
import { allow, clearSession, moderatorOf, sessionToken, startSession } from '../gate/session.ts';
import { noQuery, valid } from '../gate/validation.ts';
import { isoTime } from '../views/article.ts';
import { moderatorView } from '../views/site.ts';

export const moderators = new Hono<AppEnv>()
  .post('/v1/sites/:site/sign-in-links', valid('param', SitePath), valid('json', SignInLinkInput), async (c) => {
    const { site: siteId } = c.req.valid('param');
    const networkKey = await networkKeyOf(c, siteId);
    const result = await requestSignInLink(depsOf(c), { siteId, email: c.req.valid('json').email, networkKey });
    if (!result.ok) return problemResponse(c, result.problem);
    const { sendsMail, sending } = result.value;
    afterAnswer(c, sending);
    return c.json({ sendsMail }, 202);
  })
  .post(
    '/v1/sites/:site/operator/sign-in-links',
    allow('create-sign-in-link'),
    valid('param', SitePath),
    valid('json', SignInLinkInput),
    async (c) => {
      const { site: siteId } = c.req.valid('param');
      const result = await createSignInLink(depsOf(c), { siteId, email: c.req.valid('json').email });
      if (!result.ok) return problemResponse(c, result.problem);
      return c.json({ url: result.value.url, expiresAt: isoTime(result.value.expiresAt) }, 201);
    },
  )
  .post('/v1/sites/:site/sessions', valid('param', SitePath), valid('json', NewSession), async (c) => {
    const { site: siteId } = c.req.valid('param');
    const networkKey = await networkKeyOf(c, siteId);
    const result = await signIn(depsOf(c), { siteId, token: c.req.valid('json').token, networkKey });
    if (!result.ok) return problemResponse(c, result.problem);
    const { moderator, site, sessionToken: token } = result.value;
    startSession(c, siteId, token);
    return c.json({ moderator: moderatorView(moderator), site: { id: site.id, name: site.name } }, 201);
  })
  .delete('/v1/sites/:site/sessions/current', allow('read-queue'), valid('param', SitePath), async (c) => {
    const { site: siteId } = c.req.valid('param');
    const { hashing, moderators: store } = depsOf(c);
    await store.endSession(siteId, await hashing.token(sessionToken(c, siteId) ?? ''));
    clearSession(c, siteId);
    return c.body(null, 204);
  })
  .get('/v1/sites/:site/me', allow('read-queue'), valid('param', SitePath), noQuery, async (c) => {
    const { site: siteId } = c.req.valid('param');
    const { id } = moderatorOf(c);
    const deps = depsOf(c);
    const [site, team] = await Promise.all([readSite(deps, siteId), deps.moderators.list(siteId)]);
    const moderator = team.find((member) => member.id === id);
    if (!site.ok) return problemResponse(c, site.problem);
    if (moderator === undefined) return problemResponse(c, { reason: 'unauthenticated', as: 'moderator' });
    return c.json({ moderator: moderatorView(moderator), site: { id: site.value.id, name: site.value.name } });
  })
  .get('/v1/sites/:site/moderators', allow('list-moderators'), valid('param', SitePath), noQuery, async (c) => {
    const team = await depsOf(c).moderators.list(c.req.valid('param').site);
    return c.json({ moderators: team.map(moderatorView) });
  })
  .post(
    '/v1/sites/:site/moderators',
    allow('invite-moderator'),
    valid('param', SitePath),
    valid('json', NewModerator),
    async (c) => {
      const { site: siteId } = c.req.valid('param');
      const result = await inviteModerator(depsOf(c), { siteId, ...c.req.valid('json') });
      if (!result.ok) return problemResponse(c, result.problem);
      const { moderator, signInUrl, mailed } = result.value;
      return c.json({ moderator: moderatorView(moderator), signInUrl, mailed }, 201);
    },
  )
  .delete('/v1/sites/:site/moderators/:id', allow('remove-moderator'), valid('param', ModeratorPath), async (c) => {
    const { site: siteId, id: moderatorId } = c.req.valid('param');
    const result = await removeModerator(depsOf(c), { siteId, moderatorId });
    return result.ok ? c.body(null, 204) : problemResponse(c, result.problem);
  });
