import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { line } from '../../src/contract/scalars.ts';
import { cleanLine, cleanText } from '../../src/core/text/clean.ts';
import { FORBIDDEN_CHARACTERS } from '../support/body-faults.ts';

describe('both take out what draws nothing', () => {
  test.each([
    ['NUL', 'a\u0000b'],
    ['a C1 control', 'a\u0090b'],
    ['a bidi override', 'a\u202Eb'],
    ['a bidi isolate', 'a\u2067b'],
    ['a bidi mark', 'a\u200Eb'],
    ['a zero-width space', 'a\u200Bb'],
    ['a word joiner', 'a\u2060b'],
    ['a byte-order mark', '\uFEFFab'],
    ['a soft hyphen', 'a\u00ADb'],
    ['a Hangul filler', 'a\u3164b'],
    ['a joiner between Latin letters', 'a\u200Db'],
    ['a non-joiner between Latin letters', 'a\u200Cb'],
    ['half a surrogate pair', 'a\uDC00b'],
    ['a noncharacter', 'a\uFFFEb'],
    ['text hidden in tags', 'ab\u{E0068}\u{E0069}'],
    ['a flag that is not closed', 'a\u{E0062}b'],
  ])('%s', (_, text) => {
    expect(cleanText(text)).toBe('ab');
    expect(cleanLine(text)).toBe('ab');
  });
});

describe('both keep what people write', () => {
  test.each([
    ['a family', '👨‍👩‍👧‍👦'],
    ['a profession with a skin tone', '👩🏽‍🚀'],
    ['a flag made with a joiner', '🏳️‍🌈'],
    ['a flag made with tags', '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
    ['a heart that is red', '❤️'],
    ['Persian with a non-joiner', 'می\u200Cخواهم'],
    ['Sinhala with a joiner', 'ක්\u200Dෂ'],
    ['Malayalam that ends in a joiner', 'ന്\u200D'],
    ['Burmese with five marks on a letter', 'မြွှေ့'],
    ['Hebrew with points and an accent', 'שַּׁ֥'.normalize('NFC')],
    ['Vietnamese', 'ệ'],
    ['Thai', 'น้ำ'],
  ])('%s', (_, text) => {
    expect(cleanText(text)).toBe(text);
    expect(cleanLine(text)).toBe(text);
  });

  test('composed', () => {
    expect(cleanText('e\u0301')).toBe('é');
    expect(cleanLine('e\u0301')).toBe('é');
  });

  test.each([
    [3, 3],
    [4, 4],
    [5, 4],
    [400, 4],
  ])('of %i marks on a letter, %i', (typed, kept) => {
    expect(cleanLine(`x${'\u0334'.repeat(typed)}y`)).toBe(`x${'\u0334'.repeat(kept)}y`);
  });
});

test('a joiner between a letter and an emoji or after an emoji goes, and of two in a row one stays', () => {
  expect(cleanLine('a\u200D👨')).toBe('a👨');
  expect(cleanLine('👨\u200Da👨\u200D')).toBe('👨a👨');
  expect(cleanLine('ක්\u200D\u200Dෂ')).toBe('ක්\u200Dෂ');
});

test('the cap is the same for marks in any order', () => {
  const overlays = '\u0334'.repeat(4);
  expect(cleanText(`x\u0301${overlays}`)).toBe(cleanText(`x${overlays}\u0301`));
});

describe('cleanText', () => {
  test('keeps lines, tabs and spaces, and knows every end of a line', () => {
    expect(cleanText(' a\tb  c\r\nd\re\n\nf\u2028g\u0085h ')).toBe(' a\tb  c\nd\ne\n\nf\ng\nh ');
  });
});

describe('cleanLine', () => {
  test('makes one line with single spaces', () => {
    expect(cleanLine('\n a \t\u00A0\u3000 b\r\n\r\nc ')).toBe('a b c');
  });

  test.each(['', ' \n', '\u2800\u2800', '\u200B\u3164\u00AD'])('finds nothing in %j', (text) => {
    expect(cleanLine(text)).toBe('');
  });
});

describe('whatever is typed', () => {
  const pieces = fc.constantFrom(
    ...'a é\n\t\r\u0000\u200B\u200C\u200D\u202E\u2066\u0301\uD83D\uDC68',
    '\u2028',
    '👨',
    '\uFE0F',
    '🏴',
    '\u{E0067}',
    '\u{E007F}',
    'क',
    '्',
    'ب',
    '🏽',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
  );

  test('it is clean after one pass', () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(cleanText(typed)).not.toMatch(FORBIDDEN_CHARACTERS);
        expect(cleanLine(typed)).not.toMatch(/[\n\t]|^\s|\s$|\s\s/);
        expect(cleanText(typed)).not.toMatch(/\p{Mn}{5}/u);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a second pass changes nothing', () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(cleanText(cleanText(typed))).toBe(cleanText(typed));
        expect(cleanLine(cleanLine(typed))).toBe(cleanLine(typed));
      }),
      { numRuns: 2_000 },
    );
  });
});

test('what the contract takes for a line is never empty once it is cleaned', () => {
  const anyLine = line(10);
  // Ideographs and Korean syllables are most of Unicode, and all alike.
  const apart = /(?![\p{Unified_Ideograph}\uAC00-\uD7A3])[\p{L}\p{N}\p{P}\p{S}]/u;
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (!apart.test(character)) continue;
    if (anyLine.safeParse(character).success && cleanLine(character) === '') wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test('what draws nothing is no line', () => {
  for (const nothing of ['', ' ', '\u3164', '\u115F\u1160', '\uFFA0', '\u2800', '\u200B', '\u{E0061}']) {
    expect(line(10).safeParse(nothing).success, JSON.stringify(nothing)).toBe(false);
  }
  for (const something of ['x', '7', '…', '🎉', '\u3164x']) expect(line(10).safeParse(something).success).toBe(true);
});
