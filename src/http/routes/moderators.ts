import type { Hono } from 'hono';
import { routes } from '../../contract/routes.ts';
import { changeRole, inviteModerator, listModerators, readMe, removeModerator } from '../../core/team/manage-team.ts';
import { createSignInLink, requestSignInLink, signIn, signOut } from '../../core/team/sign-in.ts';
import type { AppEnv } from '../dependencies.ts';
import { afterAnswer } from '../gate/after-answer.ts';
import { problemResponse } from '../gate/problems.ts';
import { serve } from '../gate/serve.ts';
import { clearSession, sessionToken, startSession } from '../gate/session.ts';
import { isoTime } from '../views/article.ts';
import { meView, moderatorView } from '../views/site.ts';

export function serveModerators(app: Hono<AppEnv>): void {
  serve(app, routes.requestSignInLink, async ({ c, deps, context, body }) => {
    const result = await requestSignInLink(deps, context, { email: body.email });
    if (!result.ok) return problemResponse(c, result.problem);
    const { sendsMail, sending } = result.value;
    afterAnswer(c, sending);
    return c.json({ sendsMail }, 202);
  });

  serve(app, routes.createSignInLink, async ({ c, deps, context, body }) => {
    const result = await createSignInLink(deps, context, { email: body.email });
    if (!result.ok) return problemResponse(c, result.problem);
    return c.json({ url: result.value.url, expiresAt: isoTime(result.value.expiresAt) }, 201);
  });

  serve(app, routes.signIn, async ({ c, deps, context, headers, body }) => {
    const idempotencyKey = headers['idempotency-key'] ?? null;
    const result = await signIn(deps, context, { token: body.token, idempotencyKey });
    if (!result.ok) return problemResponse(c, result.problem);
    startSession(c, context.site, result.value.sessionToken);
    return c.json(meView(result.value), 201);
  });

  serve(app, routes.signOut, async ({ c, deps, context }) => {
    // Only a session proves a moderator.
    await signOut(deps, context, { sessionToken: sessionToken(c, context.site) as string });
    clearSession(c, context.site);
    return c.body(null, 204);
  });

  serve(app, routes.getMe, async ({ c, deps, context }) => {
    const result = await readMe(deps, context);
    return result.ok ? c.json(meView(result.value)) : problemResponse(c, result.problem);
  });

  serve(app, routes.listModerators, async ({ c, deps, context }) => {
    const result = await listModerators(deps, context);
    if (!result.ok) return problemResponse(c, result.problem);
    return c.json({ moderators: result.value.map(moderatorView) });
  });

  serve(app, routes.inviteModerator, async ({ c, deps, context, body }) => {
    const result = await inviteModerator(deps, context, body);
    if (!result.ok) return problemResponse(c, result.problem);
    const { moderator, signInUrl } = result.value;
    return c.json({ moderator: moderatorView(moderator), signInUrl, mailed: signInUrl === null }, 201);
  });

  serve(app, routes.changeRole, async ({ c, deps, context, params, body }) => {
    const result = await changeRole(deps, context, { moderatorId: params.id, role: body.role });
    return result.ok ? c.json(moderatorView(result.value)) : problemResponse(c, result.problem);
  });

  serve(app, routes.removeModerator, async ({ c, deps, context, params }) => {
    const result = await removeModerator(deps, context, { moderatorId: params.id });
    return result.ok ? c.body(null, 204) : problemResponse(c, result.problem);
  });
}
