import type { Dependencies } from '../dependencies.ts';
import { FRESH_SECONDS, KEPT_SECONDS, publicTextOf } from './cache.ts';
import type { Page } from './page-cache.ts';

type Background = (work: Promise<unknown>) => void;

/** Told apart from a fresh page by this header, beside `Age`. */
export const STALE_HEADER = 'Belowline-Stale';

const toPage = (text: string, response: Response, now: number): Page => {
  const headers = new Headers(response.headers);
  // It is of the one request that the answer was made for.
  headers.delete('X-Request-Id');
  return { body: text, headers, storedAt: now, age: null };
};

/** A proxy that compresses or translates an answer on its way may have made its tag a weak one. */
const strongly = (tag: string): string => tag.trim().replace(/^W\//, '');

const holds = (request: Request, page: Page): boolean => {
  const held = request.headers.get('If-None-Match');
  const tag = page.headers.get('ETag');
  return held !== null && tag !== null && held.split(',').some((one) => strongly(one) === strongly(tag));
};

const zip = async (text: string): Promise<Uint8Array<ArrayBuffer>> => {
  const zipped = new Response(text).body?.pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(zipped).arrayBuffer());
};

const unzip = (bytes: Uint8Array<ArrayBuffer>): ReadableStream | undefined =>
  new Response(bytes).body?.pipeThrough(new DecompressionStream('gzip'));

/** Not "gzip;q=0", which refuses it. */
const GZIP = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i;

/** Behind a server in front the header is that server's own, and the client's stands apart. */
const takesGzip = ({ cf, headers }: Request): boolean =>
  GZIP.test(String(cf?.clientAcceptEncoding ?? headers.get('Accept-Encoding') ?? ''));

const respondInFull = (request: Request, { body, headers }: Page): Response => {
  if (typeof body === 'string') return new Response(body, { headers });
  if (!takesGzip(request)) return new Response(unzip(body), { headers });
  const response = new Response(body, { headers, encodeBody: 'manual' });
  response.headers.set('Content-Encoding', 'gzip');
  return response;
};

const respond = (request: Request, page: Page, now: number): Response => {
  const { headers } = page;
  // A cache in front counts on from here, so that two of them are not twice as old.
  const age = Math.floor((now - page.storedAt) / 1_000);
  if (age !== page.age) {
    page.age = age;
    headers.set('Age', String(age));
  }
  return holds(request, page) ? new Response(null, { status: 304, headers }) : respondInFull(request, page);
};

const stale = (request: Request, page: Page, now: number): Response => {
  const response = respond(request, page, now);
  response.headers.set(STALE_HEADER, '1');
  // The next try is to find the database again, not this copy in somebody's browser or another cache.
  response.headers.set('Cache-Control', 'no-cache');
  response.headers.delete('CDN-Cache-Control');
  return response;
};

/**
 * The request that the app is asked for a page: nothing of the reader who happened to come first, neither headers nor a
 * body, so that what is fetched for all cannot depend on one.
 */
const asking = (url: string, tag: string | null): Request =>
  new Request(url, tag === null ? undefined : { headers: { 'If-None-Match': tag } });

const isYounger = (page: Page | null, seconds: number, now: number): page is Page =>
  page !== null && now - page.storedAt < seconds * 1_000;

/** The page, or an answer that is none: an error, or one that is not for everybody. */
type Fetched =
  // The answer itself is for the one request that it was made for.
  { page: Page; response: Response | null } | { refusal: { text: string; headers: Headers; status: number } };

/** A page that is being fetched; what came of it, once that is known. */
interface Flight {
  /** Epoch milliseconds. */
  startedAt: number;
  isOver: boolean;
  fetched: Fetched | null;
}

const POLL_MILLIS = 5;

/** Longer than D1 takes on a bad day; whoever has waited for so long asks for themselves. */
const PATIENCE_MILLIS = 5_000;

/** A reader for whom there is a copy, if an old one, does not wait for long. */
const PATIENCE_WITH_COPY_MILLIS = 2_000;

const late = (millis: number): Promise<null> => scheduler.wait(millis).then(() => null);

/**
 * Looks again and again, on timers of its own request. To wait on a promise of the fetching request would be simpler,
 * but hot code goes on in *that* request when it settles, and workerd then refuses to send this one's answer.
 */
const landing = async (flight: Flight, patience: number): Promise<Fetched | null> => {
  for (let waited = 0; !flight.isOver && waited < patience; waited += POLL_MILLIS) {
    await scheduler.wait(POLL_MILLIS);
  }
  return flight.fetched;
};

/**
 * Serves public reads from the page cache in front of the app. A fresh page costs no query. A page that is not is asked
 * for once however many want it, and with its own ETag, so that an unchanged thread costs one row. While the database
 * does not answer, the last page is served and marked stale. Every parameter that a list does not know is refused, so
 * the address as it stands tells pages apart.
 */
export function createPublicCache(
  { clock, pages }: Pick<Dependencies, 'clock' | 'pages'>,
  answer: (request: Request) => Promise<Response>,
) {
  const inFlight = new Map<string, Flight>();
  const beingZipped = new WeakSet<Page>();

  /** A page that is asked for twice will be asked for often: it is then kept and sent in a third of the bytes. */
  const zipOnce = async (key: string, page: Page): Promise<void> => {
    if (typeof page.body !== 'string' || beingZipped.has(page)) return;
    beingZipped.add(page);
    const body = await zip(page.body);
    if (pages.find(key) === page) pages.insert(key, { ...page, body });
  };

  const fetchPage = async (key: string, known: Page | null, now: number): Promise<Fetched> => {
    const purges = pages.purges();
    const keep = (page: Page): Page => {
      // Read before the purge, it may be the very page that somebody took out.
      if (pages.purges() === purges) pages.insert(key, page);
      return page;
    };
    const response = await answer(asking(key, known?.headers.get('ETag') ?? null));
    const text = publicTextOf(response);
    if (text !== undefined) return { page: keep(toPage(text, response, now)), response };
    if (response.status === 304 && known !== null) {
      return { page: keep({ ...known, storedAt: now, age: null }), response: null };
    }
    // The database has said that there is no such page any more: an outage must not bring it back.
    if (response.status < 500) pages.remove(key);
    return { refusal: { text: await response.text(), headers: response.headers, status: response.status } };
  };

  const fetchForAll = async (key: string, known: Page | null, now: number): Promise<Fetched> => {
    const flight: Flight = { startedAt: now, isOver: false, fetched: null };
    inFlight.set(key, flight);
    try {
      const fetched = await fetchPage(key, known, now);
      flight.fetched = 'page' in fetched ? { page: fetched.page, response: null } : fetched;
      return fetched;
    } finally {
      flight.isOver = true;
      if (inFlight.get(key) === flight) inFlight.delete(key);
    }
  };

  const lead = (key: string, known: Page | null, now: number, background: Background): Promise<Fetched> => {
    const fetching = fetchForAll(key, known, now);
    // Others may be waiting for it after this reader has gone.
    background(fetching.catch(() => undefined));
    return fetching;
  };

  const answerWith = (request: Request, fetched: Fetched, copy: Page | null, now: number): Response => {
    if ('page' in fetched) {
      const { page, response } = fetched;
      return response !== null && !holds(request, page) ? response : respond(request, page, now);
    }
    const { text, headers, status } = fetched.refusal;
    return status >= 500 && copy !== null ? stale(request, copy, now) : new Response(text, { status, headers });
  };

  const serveFetched = async (
    request: Request,
    known: Page | null,
    now: number,
    background: Background,
  ): Promise<Response> => {
    const key = request.url;
    const copy = isYounger(known, KEPT_SECONDS, now) ? known : null;
    const patience = copy === null ? PATIENCE_MILLIS : PATIENCE_WITH_COPY_MILLIS;
    const flight = inFlight.get(key);
    const fetching =
      flight === undefined ? lead(key, known, now, background) : landing(flight, patience - (now - flight.startedAt));
    const fetched = await (copy === null ? fetching : Promise.race([fetching, late(patience)]));
    if (fetched !== null) return answerWith(request, fetched, copy, now);
    if (copy !== null) return stale(request, copy, now);
    if (inFlight.get(key) === flight) inFlight.delete(key);
    return serve(request, background);
  };

  /** A hit is answered without waiting for anything. */
  const serve = (request: Request, background: Background): Response | Promise<Response> => {
    const now = clock.now();
    const known = pages.find(request.url);
    if (!isYounger(known, FRESH_SECONDS, now)) return serveFetched(request, known, now, background);
    if (typeof known.body === 'string') background(zipOnce(request.url, known));
    return respond(request, known, now);
  };
  return (request: Request, background: Background): Response | Promise<Response> =>
    request.method === 'HEAD'
      ? Promise.resolve(serve(request, background)).then((response) => new Response(null, response))
      : serve(request, background);
}
