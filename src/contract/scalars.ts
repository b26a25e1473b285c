import * as z from 'zod/mini';

export const SiteId = z
  .string()
  .check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'Use 1 to 40 lower-case letters, digits and inner hyphens.'))
  .register(z.globalRegistry, { id: 'SiteId', description: 'The short name of a site.', example: 'demo' });

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
  .check(z.maxLength(1_000), z.regex(/^[A-Za-z0-9_-]+$/, 'This cursor is not for this list. Start again without it.'))
  .register(z.globalRegistry, { id: 'Cursor', description: 'Opaque; from an earlier answer.' });

export const Timestamp = z.iso
  .datetime({ error: 'Write the time as in 2026-11-23T10:00:00Z.' })
  .register(z.globalRegistry, {
    id: 'Timestamp',
    description: 'RFC 3339, UTC.',
  });

/** RFC 3339 and its neighbours in ISO 8601: a space before the time, an offset without its colon, a date alone. */
const TIME = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?([Zz]|[+-]\d\d(?::?\d\d)?))?$/;

/** Such a time as RFC 3339 has it in UTC; empty where it is none. */
const inUtc = (sent: string): string => {
  const [, date, time = '00:00', offset = 'Z'] = TIME.exec(sent.trim()) ?? [];
  if (date === undefined) return '';
  const withColon = offset.replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`);
  const at = Date.parse(`${date}T${time.replace(',', '.')}${withColon.toUpperCase()}`);
  // A day that its month does not have becomes one of the next month.
  const isADay = new Date(`${date}T00:00Z`).getUTCDate() === Number(date.slice(8));
  const utc = Number.isNaN(at) || !isADay ? '' : new Date(at).toISOString();
  // An offset may lead out of the years that RFC 3339 can write.
  return /^(?!0000)\d/.test(utc) ? utc : '';
};

/** A time as a publisher sends it, which must say its offset: nobody can tell when another clock showed it. */
export const TimestampInput = z
  .string()
  .check(
    z.maxLength(100, { error: 'This is not a time.', abort: true }),
    z.overwrite(inUtc),
    z.refine((sent) => sent !== '', 'Write the time as in 2026-11-23T10:00:00Z or 2026-11-23T11:00:00+01:00.'),
  )
  .register(z.globalRegistry, {
    id: 'TimestampInput',
    format: 'date-time',
    description:
      'RFC 3339 with an offset. A space for the `T`, `+0100` for `+01:00`, and a date alone (0:00 UTC) are understood.',
    example: '2026-11-23T10:00:00Z',
  });

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

/**
 * The largest that are written: two people kissing, each with a skin tone (35 bytes, the longest emoji of the standard),
 * a family of four with tones (41), a Sanskrit syllable (33); see decision 0021.
 */
const MOST_BYTES_A_CHARACTER = 48;

/** More than the letters of any alphabet take on average, and room for some emoji. */
const BYTES_A_CHARACTER = 8;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Taken out before a text is stored, so that what stands on both sides may become one character. */
const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\p{Cs}]/gu;

/** The bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const tooManyBytes = (most: number): string =>
  `This is too long: at most ${most.toLocaleString('en')} bytes. Letters of many alphabets take two or three bytes, an emoji four or more.`;

const TOO_COMPOUND = 'One of the characters is put together of too many others. Write it in a simpler way.';

/** The fault of a text of which nothing but its size is asked; empty when it has none. */
const sizeFault = (sent: string, most: number, mostBytes: number): string => {
  if (/^\p{ASCII}*$/u.test(sent) && sent.length <= most) return '';
  // A text is stored composed, which makes a few signs longer than they were.
  const text = sent.normalize('NFC');
  if (bytesOf(text) > mostBytes) return tooManyBytes(mostBytes);
  const characters = [...segmenter.segment(text)];
  if (characters.length > most) return `At most ${most.toLocaleString('en')} characters.`;
  const bare = text.replace(IGNORABLE, '');
  const all = bare === text ? characters : [...characters, ...segmenter.segment(bare)];
  return all.some(({ segment }) => bytesOf(segment) > MOST_BYTES_A_CHARACTER) ? TOO_COMPOUND : '';
};

/**
 * The one gate for text that somebody wrote: at most so many characters as people count them, at most so many bytes,
 * and none of its characters larger than any that is written.
 */
export function text(most: number, mostBytes: number = most * BYTES_A_CHARACTER) {
  return z
    .string()
    .check(z.maxLength(mostBytes, { error: tooManyBytes(mostBytes), abort: true }), ({ value, issues }) => {
      const message = sizeFault(value, most, mostBytes);
      if (message !== '') issues.push({ code: 'custom', message, input: value });
    });
}

/** A letter, digit or sign that draws something: fillers and Braille's blank are letters to Unicode alone. */
const SOMETHING = /(?![\p{Default_Ignorable_Code_Point}\u{2800}])[\p{L}\p{N}\p{P}\p{S}]/u;

/** One line of text, of which something is left when the use case has cleaned it. */
export function line(most: number) {
  return text(most).check(z.regex(SOMETHING, 'Write something here, or leave the field out.'));
}

/** The lines of one list are stored in one cell, and a statement of D1 has at most 100,000 bytes. */
const MOST_BYTES_A_LIST = 12_000;

/** Lines of one kind, such as `topics`. */
export function lines(each: number, most: number, kind: string) {
  return z.array(line(each)).check(
    z.maxLength(most, `At most ${most} ${kind}.`),
    z.refine(
      (all) => all.reduce((sum, one) => sum + bytesOf(one), 0) <= MOST_BYTES_A_LIST,
      `All ${kind} together have at most ${MOST_BYTES_A_LIST.toLocaleString('en')} bytes. Shorten some, or leave some out.`,
    ),
  );
}

/** An object of which each field may be left out. */
export function patch<Shape extends Record<string, z.ZodMiniType>>(shape: Shape) {
  const fields = Object.entries(shape).map(([name, field]) => [name, z.optional(field)]);
  return z.strictObject(Object.fromEntries(fields) as { [Name in keyof Shape]: z.ZodMiniOptional<Shape[Name]> });
}

/** White space, and what draws nothing or reorders what stands around it: an address with it looks like another. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u{2800}]/u;

/** Composed, so that "é" typed in two ways is one key. Dots alone lead elsewhere as a part of an address. */
export const ArticleKey = text(200, 600)
  .check(
    z.overwrite((key) => key.normalize('NFC')),
    z.minLength(1, 'Give the article a key.'),
    z.refine((key) => !UNSEEN.test(key), 'A key has no spaces, and no control or invisible characters.'),
    z.refine((key) => !/^\.\.?$/.test(key), 'A key is more than a dot or two.'),
  )
  .register(z.globalRegistry, {
    id: 'ArticleKey',
    description: "The publisher's own id or slug of an article.",
    example: 'strait-ferry-talks',
  });

/**
 * Scheme, host, path and the rest. No `@` in the host, where it can disguise it; no backslash before the query, which
 * browsers read as a slash.
 */
const WEB_ADDRESS = /^https?:\/\/[^/?#@\\]+(?:\/[^?#\\]*)?(?:[?#].*)?$/i;

/** The language has none; whatever reads a schema has. */
declare const URL: { new (address: string): { href: string }; canParse(address: string): boolean };

/** The one gate for addresses. They come out as the URL standard writes them. */
const address = (most: number, isFine: (sent: string) => boolean, message: string) =>
  z.string().check(
    z.maxLength(most, { error: `An address has at most ${most.toLocaleString('en')} characters.`, abort: true }),
    z.trim(),
    z.refine((sent) => isFine(sent) && !UNSEEN.test(sent) && URL.canParse(sent), { error: message, abort: true }),
    z.overwrite((sent) => new URL(sent).href),
    z.maxLength(most, `Written out, an address has at most ${most.toLocaleString('en')} characters.`),
  );

export const WebAddress = address(
  2_000,
  (sent) => WEB_ADDRESS.test(sent),
  'Give a whole address that starts with https:// or http://, without a name before its host and without invisible characters.',
).register(z.globalRegistry, { id: 'WebAddress', format: 'uri' });

/** The address of a visitor's page, which may have their name in it: it is read, and the name is never kept. */
export const PageAddress = address(
  2_000,
  (sent) => WEB_ADDRESS.test(sent.replace(/\/\/[^/?#\\]*@/, '//')),
  'Give a whole address that starts with https:// or http://.',
).check(z.meta({ format: 'uri' }));

/** An origin as a browser writes it: in lower case, in ASCII, and without the slash at the end of a copied address. */
export const Origin = address(
  300,
  // The URL standard lets an apostrophe pass, which no host has; SQL writes it twice.
  (sent) => WEB_ADDRESS.test(sent) && /^[^/]+\/\/[^/?#']+\/?$/.test(sent),
  'Write an origin as in https://news.example, without a path.',
)
  .check(z.overwrite((origin) => origin.replace(/\/$/, '')))
  .register(z.globalRegistry, { id: 'Origin', example: 'https://news.example' });

const NO_EMAIL = 'This is not an e-mail address.';

export const EmailAddress = z
  .string(NO_EMAIL)
  .check(z.regex(z.regexes.email, NO_EMAIL), z.maxLength(254), z.meta({ format: 'email' }));

export const IdempotencyKey = z.string().check(
  z.regex(/^[\x21-\x7e]{8,100}$/, 'An Idempotency-Key has 8 to 100 visible ASCII characters.'),
  z.meta({
    description: 'Made once for each request of its kind and sent again with its retries.',
    example: '7d1f2a60-3b1e-4f0c',
  }),
);
