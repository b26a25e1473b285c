import { FRESH_SECONDS, KEPT_SECONDS } from './cache.ts';
import type { Dependencies } from './dependencies.ts';
import type { Page } from './page-cache.ts';

type Background = (work: Promise<unknown>) => void;

/** Told apart from a fresh page by this header, beside `Age`. */
export const STALE_HEADER = 'Belowline-Stale';

/** What an answer says of the one request that it was made for. */
const OWN_HEADERS = ['X-Request-Id', 'Content-Length', 'Date'];

/** A reader's or a moderator's own request carries a credential; a page view carries none. */
export const isPublicRead = (request: Request): boolean =>
  request.method === 'GET' && !request.headers.has('Authorization') && !request.headers.has('Cookie');

const toPage = async (response: Response, now: number): Promise<Page> => {
  const headers = new Headers(response.headers);
  for (const name of OWN_HEADERS) headers.delete(name);
  return { body: await response.arrayBuffer(), headers, storedAt: now };
};

const holds = (request: Request, tag: string | null): boolean => {
  const held = request.headers.get('If-None-Match');
  return held !== null && tag !== null && held.split(',').some((one) => one.trim() === tag);
};

const respond = (request: Request, page: Page, now: number): Response => {
  const { headers, body } = page;
  const response = holds(request, headers.get('ETag'))
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers });
  // A cache in front counts on from here, so that two of them are not twice as old.
  response.headers.set('Age', String(Math.floor((now - page.storedAt) / 1_000)));
  return response;
};

const stale = (request: Request, page: Page, now: number): Response => {
  const response = respond(request, page, now);
  response.headers.set(STALE_HEADER, '1');
  // The next try is to find the database again, not this copy in somebody's browser.
  response.headers.set('Cache-Control', 'no-cache');
  return response;
};

const isYounger = (page: Page | null, seconds: number, now: number): page is Page =>
  page !== null && now - page.storedAt < seconds * 1_000;

/** The page, or the answer that is none: an error, or one that did not declare itself public. */
type Fetched = { page: Page } | { answer: Page; status: number };

/**
 * Serves public reads from the page cache in front of the app. A fresh page costs no query. A page that is not is asked
 * for once however many want it, and with its own ETag, so that an unchanged thread costs one row. While the database
 * does not answer, the last page is served and marked stale. Every parameter that a list does not know is refused, so
 * the address as it stands tells pages apart.
 */
export const createPublicCache = (
  { clock, pages }: Pick<Dependencies, 'clock' | 'pages'>,
  answer: (request: Request) => Promise<Response>,
) => {
  const inFlight = new Map<string, Promise<Fetched>>();

  const fetchPage = async (request: Request, known: Page | null, now: number): Promise<Fetched> => {
    const key = request.url;
    const headers = new Headers(request.headers);
    headers.delete('If-None-Match');
    const tag = known?.headers.get('ETag');
    if (tag) headers.set('If-None-Match', tag);
    const response = await answer(new Request(key, { headers }));
    if (response.status === 304 && known !== null) {
      const page = { ...known, storedAt: now };
      pages.insert(key, page);
      return { page };
    }
    const isPublic = response.headers.get('Cache-Control')?.startsWith('public') ?? false;
    const page = await toPage(response, now);
    if (response.status === 200 && isPublic) {
      pages.insert(key, page);
      return { page };
    }
    // The database has said that there is no such page any more: an outage must not bring it back.
    if (response.status < 500) pages.remove(key);
    return { answer: page, status: response.status };
  };

  return async (request: Request, background: Background): Promise<Response> => {
    const key = request.url;
    const now = clock.now();
    const known = pages.find(key);
    if (isYounger(known, FRESH_SECONDS, now)) return respond(request, known, now);
    const running = inFlight.get(key);
    const fetching = running ?? fetchPage(request, known, now).finally(() => inFlight.delete(key));
    if (running === undefined) {
      inFlight.set(key, fetching);
      // Others may be waiting for it after this reader has gone.
      background(fetching.catch(() => undefined));
    }
    const fetched = await fetching;
    if ('page' in fetched) return respond(request, fetched.page, now);
    if (fetched.status === 503 && isYounger(known, KEPT_SECONDS, now)) return stale(request, known, now);
    return new Response(fetched.answer.body, { status: fetched.status, headers: fetched.answer.headers });
  };
};
