import { FRESH_SECONDS } from './cache.ts';
import type { Dependencies } from './dependencies.ts';
import { createPagesAtHand } from './pages-at-hand.ts';

/** A public answer as it is kept: nothing in it depends on who asked. */
export interface Page {
  body: string;
  headers: [string, string][];
  /** Epoch milliseconds. */
  storedAt: number;
}

export interface PageCache {
  find(key: string): Promise<Page | null>;
  insert(key: string, page: Page): Promise<void>;
  remove(key: string): Promise<void>;
}

type Background = (work: Promise<unknown>) => void;

/** The parameters that a public list knows. Others change nothing, so they make no page of their own. */
const KNOWN_PARAMETERS = ['author', 'cursor', 'hours', 'key', 'limit', 'section', 'sort', 'topic'];

/** Told apart from a fresh page by this header, beside `Age`. */
export const STALE_HEADER = 'Belowline-Stale';

/** What an answer says of the one request that it was made for. */
const OWN_HEADERS = new Set(['x-request-id', 'content-length', 'date']);

const keyOf = (request: Request): string => {
  const { origin, pathname, searchParams } = new URL(request.url);
  const known = [...searchParams].filter(([name]) => KNOWN_PARAMETERS.includes(name));
  return `${origin}${pathname}?${new URLSearchParams(known).toString()}`;
};

/** A reader's or a moderator's own request carries a credential; a page view carries none. */
export const isPublicRead = (request: Request): boolean =>
  request.method === 'GET' && !request.headers.has('Authorization') && !request.headers.has('Cookie');

const toPage = async (response: Response, now: number): Promise<Page> => ({
  body: await response.text(),
  headers: [...response.headers].filter(([name]) => !OWN_HEADERS.has(name)),
  storedAt: now,
});

const tagOf = (page: Page): string | undefined => page.headers.find(([name]) => name === 'etag')?.[1];

const holds = (request: Request, tag: string | undefined): boolean =>
  tag !== undefined && (request.headers.get('If-None-Match') ?? '').split(',').some((held) => held.trim() === tag);

const respond = (request: Request, page: Page, now: number): Response => {
  const headers = new Headers(page.headers);
  // A cache in front counts on from here, so that two of them are not twice as old.
  headers.set('Age', String(Math.floor((now - page.storedAt) / 1_000)));
  return holds(request, tagOf(page))
    ? new Response(null, { status: 304, headers })
    : new Response(page.body, { headers });
};

const stale = (request: Request, page: Page, now: number): Response => {
  const response = respond(request, page, now);
  response.headers.set(STALE_HEADER, '1');
  // The next try is to find the database again, not this copy in somebody's browser.
  response.headers.set('Cache-Control', 'no-cache');
  return response;
};

const isFresh = (page: Page | null, now: number): page is Page =>
  page !== null && now - page.storedAt < FRESH_SECONDS * 1_000;

/** The page, or the answer that is none: an error, or one that did not declare itself public. */
type Fetched = { page: Page } | { answer: Page & { status: number } };

/**
 * Serves public reads from a page cache in front of the app. A fresh page costs no query. A page that is not is asked
 * for once however many want it, and with its own ETag, so that an unchanged thread costs one row. While the database
 * does not answer, the last page is served and marked stale.
 */
export const createPublicCache = (cache: PageCache, answer: (request: Request) => Promise<Response>) => {
  const inFlight = new Map<string, Promise<Fetched>>();
  const atHand = createPagesAtHand();

  const keep = async (key: string, page: Page): Promise<Fetched> => {
    atHand.insert(key, page);
    await cache.insert(key, page);
    return { page };
  };

  const fetchPage = async (request: Request, key: string, known: Page | null, now: number): Promise<Fetched> => {
    const headers = new Headers(request.headers);
    headers.delete('If-None-Match');
    const tag = known === null ? undefined : tagOf(known);
    if (tag !== undefined) headers.set('If-None-Match', tag);
    const response = await answer(new Request(request.url, { headers }));
    if (response.status === 304 && known !== null) return keep(key, { ...known, storedAt: now });
    const isPublic = response.headers.get('Cache-Control')?.startsWith('public') ?? false;
    const page = await toPage(response, now);
    if (response.status !== 200 || !isPublic) {
      // The database has said that there is no such page any more: an outage must not bring it back.
      if (known !== null && response.status < 500) await cache.remove(key);
      return { answer: { ...page, status: response.status } };
    }
    return keep(key, page);
  };

  const fetchOnce = (request: Request, key: string, known: Page | null, now: number): Promise<Fetched> => {
    const running = inFlight.get(key);
    if (running !== undefined) return running;
    const started = fetchPage(request, key, known, now).finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return started;
  };

  return async (
    request: Request,
    { clock }: Pick<Dependencies, 'clock'>,
    background: Background,
  ): Promise<Response> => {
    const key = keyOf(request);
    const now = clock.now();
    const held = atHand.find(key);
    if (isFresh(held, now)) return respond(request, held, now);
    const known = await cache.find(key);
    if (isFresh(known, now)) {
      atHand.insert(key, known);
      return respond(request, known, now);
    }
    const fetching = fetchOnce(request, key, known, now);
    // Others may be waiting for it after this reader has gone.
    background(fetching.catch(() => undefined));
    const fetched = await fetching;
    if ('page' in fetched) return respond(request, fetched.page, now);
    if (fetched.answer.status === 503 && known !== null) return stale(request, known, now);
    return new Response(fetched.answer.body, { status: fetched.answer.status, headers: fetched.answer.headers });
  };
};
