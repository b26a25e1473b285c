import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { NewComment } from '../../src/contract/comment.ts';
import { routes } from '../../src/contract/routes.ts';
import { lines, text } from '../../src/contract/scalars.ts';

const bytes = (of: string): number => new TextEncoder().encode(of).length;
const graphemes = (of: string): string[] => [...new Intl.Segmenter('en').segment(of)].map(({ segment }) => segment);

/** Every schema of a string in what may be sent, by its place. */
function stringsIn(schema: z.core.$ZodType, place: string, found: Map<string, z.ZodMiniString>): void {
  const def = (schema as z.ZodMiniType).def as unknown as Record<string, unknown> & { type: string };
  if (def.type === 'string') found.set(place, schema as z.ZodMiniString);
  for (const part of ['innerType', 'element', 'in', 'valueType', 'keyType']) {
    if (def[part] !== undefined)
      stringsIn(def[part] as z.ZodMiniType, part === 'element' ? `${place}[]` : place, found);
  }
  for (const option of (def.options as z.ZodMiniType[] | undefined) ?? []) stringsIn(option, place, found);
  for (const [name, field] of Object.entries((def.shape as Record<string, z.ZodMiniType> | undefined) ?? {})) {
    stringsIn(field, `${place}.${name}`, found);
  }
}

/**
 * Rows come back as they were stored, If-Match is only compared, and a form's fields are held against `NewComment` by
 * the page that shows them again.
 */
const UNTOUCHED = /^restoreRows body\.(?:rows|after)|^submitCommentForm body|headers\.if-match$/;

const sent = new Map<string, z.ZodMiniString>();
for (const [name, route] of Object.entries(routes)) {
  for (const part of ['params', 'query', 'headers', 'body'] as const) {
    const schema = (route as Record<string, unknown>)[part];
    if (schema !== undefined) stringsIn(schema as z.ZodMiniType, `${name} ${part}`, sent);
  }
}

for (const place of sent.keys()) if (UNTOUCHED.test(place)) sent.delete(place);

/** Sorts of characters that join with their neighbours, count as one, or go when a text is cleaned. */
const piece = fc.oneof(
  fc.constantFrom(
    'ᄀ',
    'ᅡ',
    'ᆨ',
    '\u200D',
    '\u200B',
    '\u034F',
    '\u0301',
    'e',
    'क',
    '\u094D',
    'ष',
    '\uFE0F',
    '👩',
    '🏽',
    '🇺',
  ),
  fc.constantFrom('\u{1D160}', '\uD800', '\u2028', '\r\n', ' ', '漢', '\u{E0061}', '🏴', '<', '"'),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const pieces = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 1_500 }))
  .map(([some, times]) => some.join('').repeat(times).slice(0, 40_000));

const MOST_BYTES = 16_000;
const MOST_BYTES_A_GRAPHEME = 48;

describe('a text field', () => {
  test.each([...sent])('takes no text and no character beyond a bound in bytes: %s', (_, schema) => {
    expect(schema.safeParse('a'.repeat(MOST_BYTES + 1)).success).toBe(false);
    expect(schema.safeParse('漢'.repeat(5_334)).success).toBe(false);
    expect(schema.safeParse('ᄀ'.repeat(17)).success).toBe(false);
    expect(schema.safeParse(`a${'\u0301'.repeat(25)}`).success).toBe(false);
  });

  test('of any kind keeps its bounds, whatever is sent', () => {
    const kinds = [...new Set(sent.values())];
    fc.assert(
      fc.property(pieces, fc.constantFrom(...kinds), (sentText, schema) => {
        const read = schema.safeParse(sentText);
        if (!read.success) return;
        expect(bytes(read.data.normalize('NFC'))).toBeLessThanOrEqual(MOST_BYTES);
        for (const one of graphemes(read.data)) expect(bytes(one)).toBeLessThanOrEqual(MOST_BYTES_A_GRAPHEME);
      }),
      { numRuns: 300 },
    );
  });

  test('has as many characters as people count, and eight bytes for each', () => {
    const name = text(60);
    const fault = (of: string) => name.safeParse(of).error?.issues.map(({ message }) => message) ?? [];
    expect(fault('🇩🇪'.repeat(60))).toEqual([]);
    expect(fault('é'.repeat(60))).toEqual([]);
    expect(fault('x'.repeat(61))).toEqual(['At most 60 characters.']);
    expect(fault('🇩🇪'.repeat(61))).toEqual([
      'This is too long: at most 480 bytes. Letters of many alphabets take two or three bytes, an emoji four or more.',
    ]);
    expect(fault('x'.repeat(481))).toEqual(fault('🇩🇪'.repeat(61)));
    // Composed, this sign of music has three times the bytes that were sent.
    expect(fault('\u{1D160}'.repeat(41))).toEqual(fault('🇩🇪'.repeat(61)));
  });

  test.each([
    ['the longest emoji', '👩🏻‍❤️‍💋‍👩🏽', true],
    ['a family', '👨‍👩‍👧‍👦', true],
    ['a family with skin tones', '👨🏽‍👩🏽‍👧🏽‍👦🏽', true],
    ['sixteen beginnings of a Korean syllable', 'ᄀ'.repeat(16), true],
    ['a flag spelled by tags', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', true],
    ['a Sanskrit syllable', 'र्त्स्न्यें', true],
    ['a Tibetan stack', 'ཧྐྵྨླྺྼྻྂ', true],
    ['seventeen beginnings of a Korean syllable', 'ᄀ'.repeat(17), false],
    ['the same, parted by what cleaning takes out', Array(17).fill('ᄀ').join('\u200B'), false],
    ['the same, parted by joiners', Array(17).fill('ᄀ').join('\u200D'), false],
    ['a letter under a heap of accents', `a${'\u0301'.repeat(25)}`, false],
    ['a family of ten', Array(10).fill('👨').join('\u200D'), false],
  ])('takes a character as large as any that is written: %s', (_, sentText, isTaken) => {
    const read = text(500).safeParse(sentText);
    expect(read.error?.issues.map(({ message }) => message) ?? []).toEqual(
      isTaken ? [] : ['One of the characters is put together of too many others. Write it in a simpler way.'],
    );
  });
});

test('a comment has at most 16,000 bytes, and its writer is told so under the text', () => {
  const read = (body: string) => NewComment.safeParse({ body, authorName: 'Vera' });
  expect(read('漢'.repeat(5_000)).success).toBe(true);
  expect(read('a\n'.repeat(5_000)).success).toBe(true);
  const [issue] = read('👨‍👩‍👧‍👦'.repeat(641)).error?.issues ?? [];
  expect([issue?.path, issue?.message]).toEqual([
    ['body'],
    expect.stringMatching(/^This is too long: at most 16,000 bytes\./),
  ]);
});

test('a list of lines has a bound for all of them together', () => {
  const points = lines(500, 10, 'key points');
  expect(points.safeParse(Array(10).fill('漢'.repeat(400))).success).toBe(true);
  expect(points.safeParse(Array(10).fill('漢'.repeat(401))).error?.issues[0]?.message).toBe(
    'All key points together have at most 12,000 bytes. Shorten some, or leave some out.',
  );
});
