import type { ProblemDocument } from '../../src/contract/problem.ts';

/**
 * An answer holds the view that the contract promises, or a problem: a test that expects one of them reads its
 * fields, and finds them undefined in the other.
 */
export interface Answer<View = unknown> {
  status: number;
  headers: Headers;
  body: View & Omit<Partial<ProblemDocument>, keyof View>;
}

export type HeaderFields = Record<string, string>;

export interface RequestOptions {
  body?: unknown;
  /** The body as it goes over the wire, in place of `body`. */
  rawBody?: string;
  headers?: HeaderFields;
}

export type Send = <View = unknown>(method: string, path: string, options?: RequestOptions) => Promise<Answer<View>>;

/** Adds the query to the path; `''` is no query. */
export function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}
