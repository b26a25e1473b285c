import { getThread } from '../../contract/addresses.ts';
import { type AnswerAt, requestTo, type Sending } from '../../contract/client.ts';
import type { ProblemDocument } from '../../contract/problem.ts';
import type { Address } from '../../contract/routes.ts';
import type { ThreadSort } from '../../contract/thread.ts';

export interface Failure {
  /** A problem's reason, or `no-connection`. */
  reason: string;
  /** The same request may succeed later: no connection, or trouble on the server's side. */
  passing: boolean;
  /** 0 where nothing says how long. */
  waitSeconds?: number;
  /** The server's own words of it, for programs. */
  problem?: Partial<ProblemDocument>;
}

export type Outcome<T> = { ok: true; value: T; headers: Headers } | { ok: false; failure: Failure };

/** The outcome of a call of an address of the API. */
export type OutcomeAt<At> = Outcome<AnswerAt<At>>;

/** The parts that a call sends; the site and the article are the thread's own. */
export type Asked<At extends Address> = Sending<At, 'site' | 'article'> & { headers?: Record<string, string> };

/** Long enough for a bad mobile network, short enough that a reader still waits. */
const TIMEOUT_MS = 20_000;

/** A day. A timer takes no more than 24 of them, and fires at once for more. */
const LONGEST_WAIT_SECONDS = 86_400;

async function failureOf(response: Response): Promise<Failure> {
  const { status, headers } = response;
  const problem: Partial<ProblemDocument> = await response.json().catch(() => ({}));
  const { reason = 'internal' } = problem;
  // It comes with each such refusal, and is a duration: a wrong clock on the reader's device does no harm.
  const waitSeconds =
    reason === 'rate-limited' ? Math.min(Number(headers.get('retry-after')), LONGEST_WAIT_SECONDS) : 0;
  return { reason, passing: status >= 500, waitSeconds, problem };
}

/** The API as the widget uses it under one article. It never throws: each call answers with its outcome. */
export class Api {
  /** The bookmark of our last write, so that the next reading of our own comments is not behind it. */
  bookmark: string | null = null;
  /** Milliseconds that this device's clock is behind the server's. */
  #behind = 0;

  readonly #base: string;
  readonly #place: { site: string; article: string };

  constructor(base: string, site: string, article: string) {
    this.#base = base;
    this.#place = { site, article };
  }

  async call<At extends Address>(at: At, asked: Asked<At>): Promise<OutcomeAt<At>> {
    try {
      const { method, path, body } = requestTo(at, { ...this.#place, ...asked } as Sending<At>);
      const url = this.#base + path;
      // The page has asked for it already, in its own head; that answer is taken once.
      const preload = document.querySelector(`link[rel=preload][href="${CSS.escape(url)}"]`);
      const answer = fetch(url, {
        method,
        headers: { ...asked.headers, ...(body && { 'Content-Type': 'application/json' }) },
        credentials: preload ? 'same-origin' : 'omit',
        // The server is always asked, with the ETag: a removed comment must not come back from the browser's own cache.
        cache: preload ? 'default' : 'no-cache',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        body: JSON.stringify(body),
        // A vote or a comment arrives although its reader leaves the page meanwhile.
        keepalive: !!body,
      });
      preload?.remove();
      const response = await answer;
      const { headers } = response;
      this.#setClock(headers);
      this.bookmark = headers.get('belowline-bookmark') ?? this.bookmark;
      if (!response.ok) return { ok: false, failure: await failureOf(response) };
      return { ok: true, value: response.status === 204 ? undefined : await response.json(), headers };
    } catch {
      return { ok: false, failure: { reason: 'no-connection', passing: true } };
    }
  }

  /** The server's time, as far as it is known. */
  now(): number {
    return Date.now() + this.#behind;
  }

  #setClock(headers: Headers): void {
    const sent = Date.parse(headers.get('date') ?? '') + Number(headers.get('age')) * 1000;
    // A second and the way of the answer are no fault of a clock.
    const behind = sent - Date.now();
    this.#behind = Math.abs(behind) > 5_000 ? behind : 0;
  }

  thread(sort: ThreadSort, cursor: string | null) {
    return this.call(getThread, { query: { sort, limit: 20, ...(cursor && { cursor }) } });
  }
}
