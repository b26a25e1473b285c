import { SESSION_SECONDS } from '../../core/team/sign-in.ts';
import type { AppContext } from '../dependencies.ts';

/** One cookie a site, so that a moderator of two sites is signed in to both. */
const cookieName = (siteId: string) => `__Host-belowline-${siteId}`;

/** `__Host-` has browsers take the cookie for this host alone, on all of its paths and over HTTPS. */
function setCookie(c: AppContext, siteId: string, token: string, seconds: number): void {
  const attributes = `Max-Age=${seconds}; Path=/; Secure; HttpOnly; SameSite=Strict`;
  c.header('Set-Cookie', `${cookieName(siteId)}=${token}; ${attributes}`, { append: true });
}

export function startSession(c: AppContext, siteId: string, token: string): void {
  setCookie(c, siteId, token, SESSION_SECONDS);
}

export function sessionToken(c: AppContext, siteId: string): string | undefined {
  const start = `${cookieName(siteId)}=`;
  const cookies = c.req.header('Cookie')?.split(/; */);
  return cookies?.find((cookie) => cookie.startsWith(start))?.slice(start.length);
}

export function clearSession(c: AppContext, siteId: string): void {
  setCookie(c, siteId, '', 0);
}
