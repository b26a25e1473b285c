import {
  countComments,
  deleteComment,
  editComment,
  findMine,
  flagComment,
  getPermalink,
  getThread,
  listReplies,
  postComment,
  previewComment,
  voteComment,
} from '../contract/addresses.ts';
import { type AnswerAt, requestTo, type Sending } from '../contract/client.ts';
import type { NewComment, NewFlag } from '../contract/comment.ts';
import type { ProblemDocument } from '../contract/problem.ts';
import type { Address } from '../contract/routes.ts';
import type { ThreadSort } from '../contract/thread.ts';
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
  /** 0, or what is not a number: nothing says how long. */
  waitSeconds?: number;
  errors?: { field: string; message: string }[];
  /** The comment that an earlier try has made. */
  commentId?: string | undefined;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

interface Manner {
  headers?: Record<string, string>;
  /** Signed calls carry the guest key; a write makes one when there is none. */
  signed?: boolean;
}

/** Long enough for a bad mobile network, short enough that a reader still waits. */
const TIMEOUT_MS = 20_000;

async function failureOf(response: Response): Promise<Failure> {
  const problem: Partial<ProblemDocument> = await response.json().catch(() => ({}));
  // Retry-After is a duration, so a wrong clock on the reader's device does no harm; retryAt is second best.
  const wait = () =>
    Number(response.headers.get('retry-after')) || Math.max(1, (Date.parse(problem.retryAt ?? '') - Date.now()) / 1000);
  return {
    reason: problem.reason ?? 'internal',
    detail: problem.until ? texts.bannedUntil(absoluteTime(problem.until)) : (problem.detail ?? texts.serverTrouble),
    passing: response.status >= 500,
    errors: problem.errors ?? [],
    commentId: problem.commentId,
    waitSeconds: problem.reason === 'rate-limited' ? wait() : 0,
  };
}

/** The outcome of a call of an address of the API. */
type OutcomeAt<At> = Outcome<AnswerAt<At>>;

/** The API as the widget uses it under one article. It never throws: each call answers with its outcome. */
export class Api {
  /** The bookmark of our last write, so that the next reading of our own comments is not behind it. */
  #bookmark: string | null = null;

  readonly #base: string;
  readonly #place: { site: string; article: string };

  constructor(base: string, site: string, article: string) {
    this.#base = base;
    this.#place = { site, article };
  }

  async #call<At extends Address>(at: At, asked: Sending<At, 'site' | 'article'> & Manner): Promise<OutcomeAt<At>> {
    const { method, path, body } = requestTo(at, { ...this.#place, ...asked } as Sending<At>);
    const headers = {
      ...asked.headers,
      ...(body && { 'Content-Type': 'application/json' }),
      ...(asked.signed && { Authorization: `Bearer ${guestKeyForWriting(this.#place.site)}` }),
    };
    try {
      const response = await fetch(this.#base + path, {
        method,
        headers,
        credentials: 'omit',
        // The server is always asked, with the ETag: a removed comment must not come back from the browser's own cache.
        cache: 'no-cache',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        body: JSON.stringify(body),
      });
      this.#bookmark = response.headers.get('belowline-bookmark') ?? this.#bookmark;
      if (!response.ok) return { ok: false, failure: await failureOf(response) };
      return { ok: true, value: response.status === 204 ? undefined : await response.json() };
    } catch {
      return { ok: false, failure: { reason: 'no-connection', detail: texts.noConnection, passing: true } };
    }
  }

  thread(sort: ThreadSort, cursor: string | null) {
    return this.#call(getThread, { query: { sort, limit: 20, ...(cursor && { cursor }) } });
  }

  /** Nothing is asked for somebody who never wrote here. */
  async mine(): Promise<OutcomeAt<typeof findMine>> {
    if (guestKey(this.#place.site) === null) return { ok: true, value: { comments: [], votes: {} } };
    const headers = { ...(this.#bookmark && { 'Belowline-Bookmark': this.#bookmark }) };
    return this.#call(findMine, { signed: true, headers });
  }

  post(body: NewComment, idempotencyKey: string) {
    return this.#call(postComment, { body, signed: true, headers: { 'Idempotency-Key': idempotencyKey } });
  }

  permalink(id: string) {
    return this.#call(getPermalink, { id });
  }

  replies(id: string, cursor: string) {
    return this.#call(listReplies, { id, query: { cursor } });
  }

  edit(id: string, body: string) {
    return this.#call(editComment, { id, body: { body }, signed: true });
  }

  remove(id: string) {
    return this.#call(deleteComment, { id, signed: true });
  }

  vote(id: string, value: 1 | 0 | -1) {
    return this.#call(voteComment, { id, body: { value }, signed: true });
  }

  flag(id: string, body: NewFlag) {
    return this.#call(flagComment, { id, body, signed: true });
  }

  preview(body: string) {
    return this.#call(previewComment, { body: { body } });
  }

  count() {
    return this.#call(countComments, { query: { key: this.#place.article } });
  }
}
