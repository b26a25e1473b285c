/** The beginning of our cookies' names; the browser knows them under `__Host-`. */
export const COOKIE = 'belowline-';

/** A reader's or a moderator's own request carries a credential; a page view carries none that is ours. */
export function isPublicRead({ method, headers }: Request): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    !headers.has('Authorization') &&
    !headers.get('Cookie')?.includes(`__Host-${COOKIE}`)
  );
}
