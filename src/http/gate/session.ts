import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { SESSION_SECONDS } from '../../core/team/sign-in.ts';
import type { AppContext } from '../dependencies.ts';

/** The beginning of our cookies' names; the browser knows them under `__Host-`. */
const COOKIE = 'belowline-';

/** One cookie a site, so that a moderator of two sites is signed in to both. The prefix makes it Secure, for all paths. */
const cookieName = (siteId: string) => `${COOKIE}${siteId}`;

export function startSession(c: AppContext, siteId: string, token: string): void {
  setCookie(c, cookieName(siteId), token, {
    prefix: 'host',
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: SESSION_SECONDS,
  });
}

export function sessionToken(c: AppContext, siteId: string): string | undefined {
  return getCookie(c, cookieName(siteId), 'host');
}

export function clearSession(c: AppContext, siteId: string): void {
  deleteCookie(c, cookieName(siteId), { prefix: 'host' });
}
