import type { ProblemDocument } from '../../src/contract/problem.ts';

/**
 * An answer holds the view that the contract promises, or a problem: a test that expects one of the two reads its
 * fields, and finds them undefined when it was the other.
 */
export interface Answer<View = unknown> {
  status: number;
  headers: Headers;
  body: View & Omit<Partial<ProblemDocument>, keyof View>;
}

export type HeaderFields = Record<string, string>;

export interface RequestOptions {
  body?: unknown;
  /** In place of the body, as it goes over the wire. */
  rawBody?: string;
  headers?: HeaderFields;
}

export type Send = <View = unknown>(method: string, path: string, options?: RequestOptions) => Promise<Answer<View>>;

/** `''` is no query. */
export function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}
