import * as z from 'zod/mini';

export const SiteId = z
  .string()
  .check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'Use 1 to 40 lower-case letters, digits and inner hyphens.'))
  .register(z.globalRegistry, { id: 'SiteId', description: 'The short name of a site.', example: 'demo' });

export const ArticleKey = z
  .string()
  .check(
    z.minLength(1, 'Give the article a key.'),
    z.maxLength(200, 'A key has at most 200 characters.'),
    z.regex(/^[^\p{Cc}\p{Zs}]+$/u, 'A key has no spaces and no control characters.'),
  )
  .register(z.globalRegistry, {
    id: 'ArticleKey',
    description: "The publisher's own id or slug of an article.",
    example: 'strait-ferry-talks',
  });

export const CommentId = z
  .string()
  .check(z.regex(/^[0-9a-hjkmnp-tv-z]{16}$/, 'This is not the id of a comment.'))
  .register(z.globalRegistry, {
    id: 'CommentId',
    description: 'Ids sort by the time of posting.',
    example: '1tq5p9k2v0c8m4x7',
  });

export const ReaderId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{22}$/, 'This is not the id of a reader.'))
  .register(z.globalRegistry, {
    id: 'ReaderId',
    description: 'A keyed hash of a guest key, useless outside its site.',
  });

export const ApiKeyId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{8}$/, 'This is not the id of an API key.'))
  .register(z.globalRegistry, {
    id: 'ApiKeyId',
    description: 'Tells keys apart; good for nothing else.',
    example: 'kX3v9QbT',
  });

/** Opaque: good for the one list that it was made for, in the one order. */
export const Cursor = z
  .string()
  .check(z.minLength(1), z.maxLength(1_000))
  .register(z.globalRegistry, { id: 'Cursor', description: 'Opaque; from an earlier answer.' });

export const Timestamp = z.iso
  .datetime({ error: 'Write the time as in 2026-11-23T10:00:00Z.' })
  .register(z.globalRegistry, {
    id: 'Timestamp',
    description: 'RFC 3339, UTC.',
  });

/** A time as a publisher sends it: any offset will do, and answers have it in UTC. */
export const TimestampInput = z.iso
  .datetime({ offset: true, error: 'Write the time as in 2026-11-23T10:00:00Z or 2026-11-23T11:00:00+01:00.' })
  .register(z.globalRegistry, {
    id: 'TimestampInput',
    description: 'RFC 3339 with an offset.',
    example: '2026-11-23T10:00:00Z',
  });

export const WebAddress = z
  .url({ protocol: /^https?$/, error: 'Give a whole address that starts with https:// or http://.' })
  .check(z.maxLength(2_000, 'An address has at most 2,000 characters.'))
  .register(z.globalRegistry, { id: 'WebAddress' });

/** An origin as a browser writes it: in lower case, and without the slash at the end of a copied address. */
export const Origin = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.overwrite((origin) => origin.replace(/\/$/, '')),
    z.regex(
      /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/,
      'Write an origin as in https://news.example, without a path.',
    ),
  )
  .register(z.globalRegistry, { id: 'Origin', example: 'https://news.example' });

/** One spelling of each number, so that a page has one address. */
export function numeral(text: unknown): unknown {
  return typeof text === 'string' && /^[1-9]\d*$/.test(text) ? Number(text) : text;
}

/** A page size. Each list names its own default; the reference sees none that stands outside of the number. */
export function limit(fallback: number, most: number) {
  const message = `Write a whole number from 1 to ${most}.`;
  const size = z.int(message).check(z.minimum(1, message), z.maximum(most, message), z.meta({ default: fallback }));
  return z._default(z.pipe(z.transform(numeral), size), fallback);
}

/** A letter, digit or sign that draws something: fillers and Braille's blank are letters to Unicode alone. */
const SOMETHING = /(?![\p{Default_Ignorable_Code_Point}\u{2800}])[\p{L}\p{N}\p{P}\p{S}]/u;

/** One line of text, of which something is left when the use case has cleaned it. */
export function line(most: number) {
  return z
    .string()
    .check(
      z.maxLength(most, `At most ${most} characters.`),
      z.regex(SOMETHING, 'Write something here, or leave the field out.'),
    );
}

export const IdempotencyKey = z.string().check(
  z.regex(/^[\x21-\x7e]{8,100}$/, 'An Idempotency-Key has 8 to 100 visible ASCII characters.'),
  z.meta({
    description: 'Made once for each request of its kind and sent again with its retries.',
    example: '7d1f2a60-3b1e-4f0c',
  }),
);
