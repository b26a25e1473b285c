import * as z from 'zod/mini';
import type { DescribedRoute } from './described.ts';
import type { HeaderObject } from './document.ts';
import type { SchemaObject } from './json-schema.ts';

const BOOKMARK = z
  .optional(z.string().check(z.regex(/^DB(?:_[1-9]\d{0,4})?:[0-9a-f-]{8,200}$/)))
  .check(z.meta({ description: 'From the answer to a write: this read then sees at least that write.' }));

const KNOWN_VERSION = z
  .optional(z.string())
  .check(
    z.meta({ description: 'The `ETag` of an earlier answer: if nothing has changed, the answer is an empty 304.' }),
  );

/** A header's name in its usual capitals; schemas have it in lower case. */
export function headerName(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** The headers that a request to a route may have, beside its credential. */
export function requestHeaders({ headers, bookmark, etag }: DescribedRoute): z.ZodMiniObject {
  return z.object({
    ...headers?.shape,
    ...(bookmark === 'taken' && { 'belowline-bookmark': BOOKMARK }),
    ...(etag && { 'if-none-match': KNOWN_VERSION }),
  });
}

const text: SchemaObject = { type: 'string' };

export const HEADERS = {
  ETag: { description: 'The version of the answer, for `If-None-Match`.', schema: text },
  'Belowline-Stale': {
    description: '`1` when the database does not answer and this is the last known page; otherwise absent.',
    schema: text,
  },
  Location: {
    description: 'The address of the comment, or of the same under an article’s key of today.',
    schema: text,
  },
  'Belowline-Bookmark': { description: 'Send it with the next read, which then sees this write.', schema: text },
  'Set-Cookie': { description: 'The session cookie: `__Host-`, HttpOnly, Secure, SameSite=Strict.', schema: text },
  'X-Request-Id': {
    description: 'On every answer that is not from a cache. It finds the request in the log.',
    schema: text,
  },
  'Retry-After': { description: 'Seconds until the next try is allowed.', schema: { type: 'integer' } },
  RateLimit: {
    description: 'The number of requests left (`r`), and the seconds until there are more (`t`).',
    schema: text,
  },
  'RateLimit-Policy': {
    description: 'The number of requests (`q`) that are allowed in a window of seconds (`w`).',
    schema: text,
  },
} satisfies Record<string, HeaderObject>;

export type HeaderName = keyof typeof HEADERS;

/** The headers of a successful answer of a route. */
export function answerHeaders({ sends = [], bookmark, etag }: DescribedRoute): HeaderName[] {
  return [
    ...sends,
    ...(etag ? (['ETag', 'Belowline-Stale'] as const) : []),
    ...(bookmark === 'given' ? (['Belowline-Bookmark'] as const) : []),
  ];
}
