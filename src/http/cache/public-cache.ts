import type { Dependencies } from '../dependencies.ts';
import { FRESH_SECONDS, KEPT_SECONDS } from './cache.ts';
import { type Background, createFlights, type Fetched, landing, TOO_MANY } from './flights.ts';
import type { Page } from './page-cache.ts';

/** Told apart from a fresh page by this header, beside `Age`. */
export const STALE_HEADER = 'Belowline-Stale';

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
  GZIP.test(String(cf?.clientAcceptEncoding ?? headers.get('Accept-Encoding')));

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

const isYounger = (page: Page | null, seconds: number, now: number): page is Page =>
  page !== null && now - page.storedAt < seconds * 1_000;

/** Longer than D1 takes on a bad day; whoever has waited for so long asks for themselves. */
const PATIENCE_MILLIS = 5_000;

/** A reader for whom there is a copy, if an old one, does not wait for long. */
const PATIENCE_WITH_COPY_MILLIS = 2_000;

const late = (millis: number): Promise<null> => scheduler.wait(millis).then(() => null);

const answerWith = (request: Request, fetched: Fetched, copy: Page | null, now: number): Response => {
  if ('page' in fetched) {
    const { page, response } = fetched;
    return response !== null && !holds(request, page) ? response : respond(request, page, now);
  }
  const { text, headers, status } = fetched.refusal;
  const isServedStale = copy !== null && (status >= 500 || status === TOO_MANY);
  return isServedStale ? stale(request, copy, now) : new Response(text, { status, headers });
};

/**
 * Serves public reads from the page cache in front of the app. A fresh page costs no query. A page that is not is asked
 * for once however many want it, and with its own ETag, so that an unchanged thread costs one row. While the database
 * does not answer, the last page is served and marked stale. `key` is the page's one address
 * (http/cache/public-read.ts), by which it is kept and asked for.
 */
export function createPublicCache(
  { clock, pages }: Pick<Dependencies, 'clock' | 'pages'>,
  answer: (request: Request) => Promise<Response>,
) {
  const flights = createFlights(pages, answer);
  const beingZipped = new WeakSet<Page>();

  /** A page that is asked for twice will be asked for often: it is then kept and sent in a third of the bytes. */
  const zipOnce = async (key: string, page: Page, text: string): Promise<void> => {
    if (beingZipped.has(page)) return;
    beingZipped.add(page);
    const body = await zip(text);
    if (pages.find(key) === page) pages.insert(key, { ...page, body });
  };

  const serveFetched = async (
    request: Request,
    key: string,
    known: Page | null,
    now: number,
    background: Background,
  ): Promise<Response> => {
    const copy = isYounger(known, KEPT_SECONDS, now) ? known : null;
    const patience = copy === null ? PATIENCE_MILLIS : PATIENCE_WITH_COPY_MILLIS;
    const flight = flights.find(key);
    const fetching =
      flight === undefined
        ? flights.start(request, key, known, now, background)
        : landing(flight, patience - (now - flight.startedAt));
    const fetched = await (copy === null ? fetching : Promise.race([fetching, late(patience)]));
    if (fetched !== null) return answerWith(request, fetched, copy, now);
    if (copy !== null) return stale(request, copy, now);
    if (flight !== undefined) flights.end(key, flight);
    return serve(request, key, background);
  };

  /** A hit is answered without waiting for anything. */
  const serve = (request: Request, key: string, background: Background): Response | Promise<Response> => {
    const now = clock.now();
    const known = pages.find(key);
    if (!isYounger(known, FRESH_SECONDS, now)) return serveFetched(request, key, known, now, background);
    if (typeof known.body === 'string') background(zipOnce(key, known, known.body));
    return respond(request, known, now);
  };
  return (request: Request, key: string, background: Background): Response | Promise<Response> =>
    request.method === 'HEAD'
      ? Promise.resolve(serve(request, key, background)).then((response) => new Response(null, response))
      : serve(request, key, background);
}
