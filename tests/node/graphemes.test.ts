import { describe, expect, test } from 'vitest';
import { countGraphemes } from '../../src/core/text/graphemes.ts';

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
