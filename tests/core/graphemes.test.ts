import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countGraphemes, truncateGraphemes } from '../../src/core/text/graphemes.ts';

describe('countGraphemes counts what people see', () => {
  test.each([
    ['nothing', '', 0],
    ['letters', 'abc', 3],
    ['a Windows line end', 'a\r\nb', 3],
    ['a line feed', 'a\nb', 3],
    ['an accent of its own', 'e\u0301', 1],
    ['a family', '👨‍👩‍👧‍👦', 1],
    ['a flag', '🇩🇪', 1],
    ['a skin tone', '👍🏽', 1],
    ['Hangul in parts', '\u1112\u1161\u11AB', 1],
    ['Devanagari', 'नि', 1],
    ['Chinese', '漢字', 2],
  ])('%s', (_, text, count) => {
    expect(countGraphemes(text)).toBe(count);
  });
});

describe('truncateGraphemes', () => {
  test.each([
    ['abc', 2, 'ab'],
    ['abc', 3, 'abc'],
    ['abc', 4, 'abc'],
    ['abc', 0, ''],
    ['👨‍👩‍👧‍👦x', 1, '👨‍👩‍👧‍👦'],
    ['👨‍👩‍👧‍👦x', 2, '👨‍👩‍👧‍👦x'],
    ['e\u0301e\u0301', 1, 'e\u0301'],
  ])('%j to %i', (text, limit, expected) => {
    expect(truncateGraphemes(text, limit)).toBe(expected);
  });

  test('is the beginning of the text, never longer than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, limit) => {
        const cut = truncateGraphemes(text, limit);
        expect(text.startsWith(cut)).toBe(true);
        expect(countGraphemes(cut)).toBe(Math.min(limit, countGraphemes(text)));
      }),
    );
  });
});
