import type * as z from 'zod/mini';
import type { ProblemReason } from '../problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Address = `${Method} /v1/${string}`;

/** All that a route is, but for its handler. Longer words and examples are in reference/, out of the Worker. */
export interface Route {
  readonly at: Address;
  readonly summary: string;
  /** The action, as core/event/permissions.ts calls it. http/ and reference/ do not compile with another word. */
  readonly action: string;
  readonly params?: z.ZodMiniObject;
  readonly query?: z.ZodMiniType;
  /** The headers by their names in lower case. */
  readonly headers?: z.ZodMiniObject;
  readonly body?: z.ZodMiniType;
  /** The body is a form that a browser sends without script. It comes from a page of our own, and from nowhere else. */
  readonly form?: boolean;
  /** The most bytes that the body may have, where `BODY_BYTES` are not enough. */
  readonly bodyBytes?: number;
  /** The time for work that grows with the site or with a table, where `WITHIN_MILLIS` are not enough. */
  readonly withinMillis?: number;
  /**
   * HTML in place of JSON: `part` is to be put into somebody's page, `page` is a page for people, on which refusals are
   * pages as well.
   */
  readonly html?: 'part' | 'page';
  /** The answers by status; null: an answer without a body. */
  readonly answers: Readonly<Record<number, z.ZodMiniType | null>>;
  /** The media type of the answers, where it is not `application/json`. */
  readonly media?: string;
  /** An answer with an ETag, and 304 to whoever has it: by the article's version, or by what the answer holds. */
  readonly etag?: 'version' | 'content';
  /** 308 to the same address below the article's key of today, where it is asked by an earlier one. */
  readonly moves?: true;
  /** `given`: the answer to a write names where the database stood. `taken`: a read that may start from there. */
  readonly bookmark?: 'given' | 'taken';
  /** Headers that the answer has for this route's own sake. */
  readonly sends?: readonly ('ETag' | 'Location' | 'Set-Cookie')[];
  /** The route's own reasons, in the order of the checks; those that follow from its form are not named. */
  readonly problems?: readonly ProblemReason[];
}

/** The fields that the reference alone reads. The Worker is built without it (cli/leave-out.ts). */
export const DESCRIBING = ['summary', 'answers', 'media', 'moves', 'sends', 'problems'] as const;

/** A route as the Worker has it. */
export type ServedRoute = Omit<Route, (typeof DESCRIBING)[number]>;

/** More than a note of the greatest length, as a client writes it that escapes each letter. */
export const BODY_BYTES = 32_768;

/** Nobody waits longer for D1, which answers in milliseconds on a good day. */
export const WITHIN_MILLIS = 2_000;

/** For work whose length grows with the site, such as a new version for each of its articles. */
export const LONG_MILLIS = 20_000;

/** For the counting of a large table: D1 itself lets no statement take longer. */
export const LONGEST_MILLIS = 30_000;

export type Routes = Readonly<Record<string, Route>>;
