import type { CountsView } from '../contract/article.ts';
import type { MineView, NewComment, NewFlag, OwnCommentView, PreviewView, VoteView } from '../contract/comment.ts';
import type { ProblemDocument } from '../contract/problem.ts';
import type { PermalinkView, RepliesView, ThreadSort, ThreadView } from '../contract/thread.ts';
import { guestKey, guestKeyForWriting } from './guest.ts';
import { texts } from './texts.ts';
import { absoluteTime } from './time.ts';

export interface Failure {
  /** A problem's reason, or `no-connection`. */
  reason: string;
  /** A sentence for the reader. */
  detail: string;
  /** The same request may succeed later: no connection, or trouble on the server's side. */
  passing: boolean;
  waitSeconds?: number;
  errors?: { field: string; message: string }[];
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

interface Call {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Signed calls carry the guest key; a write makes one when there is none. */
  signed?: boolean;
}

/** Long enough for a bad mobile network, short enough that a reader still waits. */
const TIMEOUT_MS = 20_000;

async function failureOf(response: Response): Promise<Failure> {
  const problem: Partial<ProblemDocument> = await response.json().catch(() => ({}));
  const passing = response.status >= 500;
  const failure: Failure = {
    reason: problem.reason ?? 'internal',
    detail: problem.until ? texts.bannedUntil(absoluteTime(problem.until)) : (problem.detail ?? texts.serverTrouble),
    passing,
    errors: problem.errors ?? [],
  };
  // Retry-After is a duration, so a wrong clock on the reader's device does not matter; retryAt is the second best.
  const seconds = Number(response.headers.get('retry-after'));
  if (problem.reason !== 'rate-limited') return failure;
  if (seconds > 0) failure.waitSeconds = seconds;
  else if (problem.retryAt) failure.waitSeconds = Math.max(1, (Date.parse(problem.retryAt) - Date.now()) / 1000);
  return failure;
}

/** One site's API as the widget uses it. It never throws: each call says what came of it. */
export class Api {
  /** Where the database stood after our last write, so that the next reading of our own comments is not behind it. */
  #bookmark: string | null = null;

  readonly #base: string;
  readonly #site: string;

  constructor(base: string, site: string) {
    this.#base = base;
    this.#site = site;
  }

  async #call<T>(path: string, { method = 'GET', body, headers = {}, signed }: Call = {}): Promise<Outcome<T>> {
    const sent: Record<string, string> = { ...headers };
    if (body !== undefined) sent['Content-Type'] = 'application/json';
    if (signed) sent.Authorization = `Bearer ${guestKeyForWriting(this.#site)}`;
    try {
      const response = await fetch(this.#base + path, {
        method,
        headers: sent,
        credentials: 'omit',
        // Always asked again, with its ETag: what a moderator took down is not shown out of the browser's own cache.
        cache: 'no-cache',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      this.#bookmark = response.headers.get('belowline-bookmark') ?? this.#bookmark;
      if (!response.ok) return { ok: false, failure: await failureOf(response) };
      return { ok: true, value: response.status === 204 ? undefined : await response.json() };
    } catch {
      return { ok: false, failure: { reason: 'no-connection', detail: texts.noConnection, passing: true } };
    }
  }

  #under(collection: string, key: string, rest = ''): string {
    return `/v1/sites/${encodeURIComponent(this.#site)}/${collection}/${encodeURIComponent(key)}${rest}`;
  }

  thread(articleKey: string, sort: ThreadSort, cursor: string | null): Promise<Outcome<ThreadView>> {
    const query = new URLSearchParams({ sort, limit: '20', ...(cursor && { cursor }) });
    return this.#call(this.#under('articles', articleKey, `/thread?${query}`));
  }

  /** Nothing is asked for somebody who never wrote here. */
  async mine(articleKey: string): Promise<Outcome<MineView>> {
    if (guestKey(this.#site) === null) return { ok: true, value: { comments: [], votes: {} } };
    const headers: Record<string, string> = this.#bookmark ? { 'Belowline-Bookmark': this.#bookmark } : {};
    return this.#call(this.#under('articles', articleKey, '/mine'), { signed: true, headers });
  }

  post(articleKey: string, comment: NewComment, idempotencyKey: string): Promise<Outcome<OwnCommentView>> {
    const headers = { 'Idempotency-Key': idempotencyKey };
    return this.#call(this.#under('articles', articleKey, '/comments'), {
      method: 'POST',
      body: comment,
      signed: true,
      headers,
    });
  }

  permalink(id: string): Promise<Outcome<PermalinkView>> {
    return this.#call(this.#under('comments', id));
  }

  replies(id: string, cursor: string): Promise<Outcome<RepliesView>> {
    return this.#call(this.#under('comments', id, `/replies?${new URLSearchParams({ cursor })}`));
  }

  edit(id: string, body: string): Promise<Outcome<OwnCommentView>> {
    return this.#call(this.#under('comments', id), { method: 'PATCH', body: { body }, signed: true });
  }

  remove(id: string): Promise<Outcome<undefined>> {
    return this.#call(this.#under('comments', id), { method: 'DELETE', signed: true });
  }

  vote(id: string, value: 1 | 0 | -1): Promise<Outcome<VoteView>> {
    return this.#call(this.#under('comments', id, '/vote'), { method: 'PUT', body: { value }, signed: true });
  }

  flag(id: string, flag: NewFlag): Promise<Outcome<undefined>> {
    return this.#call(this.#under('comments', id, '/flags'), { method: 'POST', body: flag, signed: true });
  }

  preview(body: string): Promise<Outcome<PreviewView>> {
    return this.#call('/v1/preview', { method: 'POST', body: { body } });
  }

  counts(keys: string[]): Promise<Outcome<CountsView>> {
    const query = new URLSearchParams(keys.map((key) => ['key', key]));
    return this.#call(`/v1/sites/${encodeURIComponent(this.#site)}/counts?${query}`);
  }
}
