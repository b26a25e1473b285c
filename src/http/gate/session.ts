import type { MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { type Action, may, type Principal } from '../../core/event/permissions.ts';
import { SESSION_SECONDS } from '../../core/team/sign-in.ts';
import { COOKIE } from '../cache/public-read.ts';
import { type AppContext, type AppEnv, depsOf } from '../dependencies.ts';
import { problemResponse } from './problems.ts';

/** One cookie a site, so that a moderator of two sites is signed in to both. */
const cookieName = (siteId: string) => `${COOKIE}${siteId}`;

export function startSession(c: AppContext, siteId: string, token: string): void {
  setCookie(c, cookieName(siteId), token, {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: SESSION_SECONDS,
  });
}

export function sessionToken(c: AppContext, siteId: string): string | undefined {
  return getCookie(c, cookieName(siteId), 'host');
}

export function clearSession(c: AppContext, siteId: string): void {
  deleteCookie(c, cookieName(siteId), { prefix: 'host', path: '/', secure: true });
}

export function bearerOf(c: AppContext): string | null {
  const [scheme, token, ...rest] = (c.req.header('Authorization') ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token && rest.length === 0 ? token : null;
}

const byBearer = async (c: AppContext, siteId: string, token: string): Promise<Principal | null> => {
  if (await c.env.isOperatorKey(token)) return { kind: 'operator' };
  // The key names its site; the hash under the site of the path decides.
  if (!token.startsWith(`bl_${siteId}_`)) return null;
  const { hashing, sites } = depsOf(c);
  return (await sites.hasApiKey(siteId, await hashing.token(token))) ? { kind: 'publisher', siteId } : null;
};

const byCookie = async (c: AppContext, siteId: string, token: string): Promise<Principal | null> => {
  const { hashing, moderators, clock } = depsOf(c);
  const moderator = await moderators.findBySession(siteId, await hashing.token(token), clock.now());
  if (moderator === null) return null;
  return { kind: 'moderator', siteId, id: moderator.id, name: moderator.name, role: moderator.role };
};

/** A browser sends the cookie along by itself, so what changes something must come from a page of our own. */
const isFromOwnPage = (c: AppContext): boolean =>
  c.req.method === 'GET' ||
  c.req.header('Origin') === new URL(c.req.url).origin ||
  c.req.header('Origin') === c.env.publicUrl;

const credentialFor = (action: Action): 'publisher' | 'operator' | 'moderator' => {
  if (action === 'put-article') return 'publisher';
  return action === 'create-site' || action === 'create-sign-in-link' ? 'operator' : 'moderator';
};

/**
 * Lets a request through to an action only for whom core/event/permissions.ts allows it. One credential counts:
 * a request with both a bearer token and a cookie is as good as one with neither.
 */
export function allow(action: Action): MiddlewareHandler<AppEnv> {
  const missing = { reason: 'unauthenticated', as: credentialFor(action) } as const;
  return async (c, next) => {
    const siteId = c.req.param('site') ?? '';
    const bearer = bearerOf(c);
    const cookie = siteId === '' ? undefined : sessionToken(c, siteId);
    if ((bearer === null) === (cookie === undefined)) return problemResponse(c, missing);
    if (cookie !== undefined && !isFromOwnPage(c))
      return problemResponse(c, { reason: 'forbidden', need: 'a page of this server' });
    const principal = bearer === null ? await byCookie(c, siteId, cookie ?? '') : await byBearer(c, siteId, bearer);
    if (principal === null) return problemResponse(c, missing);
    if (!may(principal, action, siteId)) {
      const need = principal.kind === 'moderator' ? 'an admin of this site' : 'another kind of credential';
      return problemResponse(c, { reason: 'forbidden', need });
    }
    c.set('principal', principal);
    return next();
  };
}

/** The moderator behind a request that `allow` let through with a cookie. */
export function moderatorOf(c: AppContext): { id: string; name: string } {
  const principal = c.get('principal');
  if (principal.kind !== 'moderator') throw new Error('a moderator was let through who is none');
  return { id: principal.id, name: principal.name };
}
