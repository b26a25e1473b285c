import type { Dependencies } from '../dependencies.ts';
import { type PublicText, publicTextOf } from './cache.ts';
import type { Page } from './page-cache.ts';

export type Background = (work: Promise<unknown>) => void;

/** The page, or an answer that is none: an error, or one that is not for everybody. */
export type Fetched =
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

/**
 * Looks again and again, on timers of its own request. To wait on a promise of the fetching request would be simpler,
 * but hot code goes on in *that* request when it settles, and workerd then refuses to send this one's answer.
 */
export async function landing(flight: Flight, patience: number): Promise<Fetched | null> {
  for (let waited = 0; !flight.isOver && waited < patience; waited += POLL_MILLIS) {
    await scheduler.wait(POLL_MILLIS);
  }
  return flight.fetched;
}

const toPage = ({ text, isOfNothing }: PublicText, response: Response, now: number): Page => {
  const headers = new Headers(response.headers);
  // It is of the one request that the answer was made for.
  headers.delete('X-Request-Id');
  return { body: text, headers, storedAt: now, age: null, isOfNothing };
};

/** By this alone a reader may be refused: too many from their network have asked for what is not there. */
export const TOO_MANY = 429;

const ADDRESS = 'CF-Connecting-IP';

/**
 * The request that the app is asked for a page: nothing of the reader who happened to come first, neither headers nor a
 * body, so that what is fetched for all cannot depend on one. Their network decides only whether they are answered.
 */
const asking = (url: string, tag: string | null, reader: Request): Request => {
  const headers = new Headers();
  const address = reader.headers.get(ADDRESS);
  if (address !== null) headers.set(ADDRESS, address);
  if (tag !== null) headers.set('If-None-Match', tag);
  return new Request(url, { headers });
};

/** The part that all who wait for the same page may know: a refusal of one reader's network says nothing to others. */
const forOthers = (fetched: Fetched): Fetched | null => {
  if ('page' in fetched) return { page: fetched.page, response: null };
  return fetched.refusal.status === TOO_MANY ? null : fetched;
};

/** Asks the app for pages, each once at a time however many want it. */
export function createFlights(pages: Dependencies['pages'], answer: (request: Request) => Promise<Response>) {
  const inFlight = new Map<string, Flight>();

  /** Whoever comes next asks anew. */
  const end = (key: string, flight: Flight): void => {
    if (inFlight.get(key) === flight) inFlight.delete(key);
  };

  const fetchPage = async (reader: Request, key: string, known: Page | null, now: number): Promise<Fetched> => {
    const purges = pages.purges();
    const keep = (page: Page): Page => {
      // Read before the purge, it may be the very page that somebody took out.
      if (pages.purges() === purges) pages.insert(key, page);
      return page;
    };
    const response = await answer(asking(key, known?.headers.get('ETag') ?? null, reader));
    const made = publicTextOf(response);
    if (made !== undefined) return { page: keep(toPage(made, response, now)), response };
    if (response.status === 304 && known !== null) {
      return { page: keep({ ...known, storedAt: now, age: null }), response: null };
    }
    // The database has said that there is no such page any more: an outage must not bring it back.
    if (response.status < 500 && response.status !== TOO_MANY) pages.remove(key);
    return { refusal: { text: await response.text(), headers: response.headers, status: response.status } };
  };

  const fetchForAll = async (reader: Request, key: string, known: Page | null, now: number): Promise<Fetched> => {
    const flight: Flight = { startedAt: now, isOver: false, fetched: null };
    inFlight.set(key, flight);
    try {
      const fetched = await fetchPage(reader, key, known, now);
      flight.fetched = forOthers(fetched);
      return fetched;
    } finally {
      flight.isOver = true;
      end(key, flight);
    }
  };

  const start = (
    reader: Request,
    key: string,
    known: Page | null,
    now: number,
    background: Background,
  ): Promise<Fetched> => {
    const fetching = fetchForAll(reader, key, known, now);
    // Others may be waiting for it after this reader has gone.
    background(fetching.catch(() => undefined));
    return fetching;
  };

  return { find: (key: string): Flight | undefined => inFlight.get(key), start, end };
}
