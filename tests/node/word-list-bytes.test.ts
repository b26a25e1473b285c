import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SettingsPatch } from '../../src/contract/site.ts';
import { cleanLine } from '../../src/core/text/clean.ts';

const taken = (words: string[]) => SettingsPatch.safeParse({ bannedWords: words }).success;

/** As many entries of 20 signs as there may be of this one. */
const longest = (sign: string): string[] => {
  const words = Array.from({ length: 2_000 }, (_, n) => `${sign.repeat(20)}${n}`);
  let [fits, tooMany] = [0, words.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (taken(words.slice(0, middle))) fits = middle;
    else tooMany = middle;
  }
  return words.slice(0, fits);
};

/** The literal that a backup by SQL writes for a cell. */
const literalOf = (text: string): string => {
  const database = new DatabaseSync(':memory:');
  const { literal } = database.prepare('SELECT quote(?) AS literal').get(text) as { literal: string };
  database.close();
  return literal;
};

// U+0958 becomes two signs when it is composed.
test.each(['a', "'", '"', '\\', 'ß', '한', '\u0958', '👍', '\u{1F468}\u200D\u{1F469}'])(
  'two full lists of %s make a statement of at most 90,000 bytes',
  (sign) => {
    const words = longest(sign).map(cleanLine);
    const settings = JSON.stringify({ bannedWords: words, suspectWords: words });
    expect(Buffer.byteLength(literalOf(settings))).toBeLessThanOrEqual(82_000);
    expect(words.length).toBeGreaterThan(150);
  },
);

test('a list is refused by its bytes, with a sentence that says how many there may be', () => {
  const words = Array.from({ length: 2_000 }, (_, n) => `${'a'.repeat(20)}${n}`);
  const { error } = SettingsPatch.safeParse({ suspectWords: words });
  expect(error?.issues.map(({ path, message }) => [path, message])).toEqual([
    [['suspectWords'], expect.stringContaining('at most 40,000 bytes')],
  ]);
  expect(taken(Array.from({ length: 2_000 }, (_, n) => `word${n}`))).toBe(true);
});

test('no list that is taken is longer in a statement than it may be', () => {
  const anyWords = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), { maxLength: 800 });
  fc.assert(
    fc.property(anyWords, (words) => {
      if (!taken(words)) return;
      const stored = JSON.stringify(words.map(cleanLine));
      expect(Buffer.byteLength(literalOf(stored))).toBeLessThanOrEqual(40_100);
    }),
    { numRuns: 100 },
  );
});
