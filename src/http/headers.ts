import { STALE_HEADER } from './cache/public-cache.ts';
import { BOOKMARK_HEADER } from './dependencies.ts';

/** Headers that a page of another origin may read. */
const EXPOSED = [
  'Age',
  'Date',
  'ETag',
  STALE_HEADER,
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  BOOKMARK_HEADER,
  'X-Request-Id',
];

/** On every answer, before a route adds to it: private until that says otherwise. */
export const HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': EXPOSED.join(','),
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
};
