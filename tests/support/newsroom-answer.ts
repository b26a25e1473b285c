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
  /** The fields of a form, in place of `body`. */
  form?: object | undefined;
  /** The body as it goes over the wire, in place of `body`. */
  rawBody?: string;
  headers?: HeaderFields;
}

export type Send = <View = unknown>(method: string, path: string, options?: RequestOptions) => Promise<Answer<View>>;

/** Adds the query to the path; `''` is no query. */
export function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const textIn = (html: string, pattern: RegExp): string =>
  (pattern.exec(html)?.[1] ?? '').replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

/** The problem document that a page for people was made of; of its faults the one that it tells first. */
const problemOn = (html: string, status: number) => {
  const detail = textIn(html, /<\/h1>.*?<p[^>]*>(.*?)<\/p>/s);
  const reason = textIn(html, / data-reason="(.*?)"/);
  const [, field = '', message = ''] = /^(?:([\w-]+): )?(.*)$/s.exec(detail) ?? [];
  return {
    type: 'page',
    title: textIn(html, /<h1>(.*?)<\/h1>/s),
    status,
    detail,
    reason,
    requestId: textIn(html, / data-request-id="(.*?)"/),
    ...(reason === 'invalid-input' && { errors: [{ field, message }] }),
  };
};

/** The content of an answer: JSON as its value, a feed as its XML, a page as its HTML, and a refusal as its problem document either way. */
export function contentOf(status: number, headers: Headers, text: string): unknown {
  if (text === '') return null;
  const type = headers.get('Content-Type') ?? '';
  if (/\bxml\b/.test(type)) return text;
  if (!/^text\/html\b/.test(type)) return JSON.parse(text);
  return status < 400 ? text : problemOn(text, status);
}

const FORM = 'application/x-www-form-urlencoded';

/** The body of a request as it goes over the wire, and its media type; null: there is none. */
export function bodyOf({ body, rawBody, form }: RequestOptions): { text: string; type: string } | null {
  if (rawBody !== undefined) return { text: rawBody, type: 'application/json' };
  if (form !== undefined) return { text: encodedForm(form), type: FORM };
  return body === undefined ? null : { text: JSON.stringify(body), type: 'application/json' };
}

/** As a browser writes a form. A field without a value is left out. */
export function encodedForm(fields: object): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
