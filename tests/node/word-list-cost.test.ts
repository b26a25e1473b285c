import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Edges, SubstringIndex } from '../../src/core/screening/substring-index.ts';
import { findWords } from '../../src/core/screening/words.ts';
import { isDiacritic } from '../../src/core/text/fold.ts';
import { unitsOf } from '../../src/core/text/spelling.ts';

/** Other words for each seed, of letters that no digit or sign is written for. */
const wordsOf = (letters: string, length: number, count: number, seed: number): string[] => {
  const all = [...letters];
  let state = seed;
  const letter = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return all[(state >>> 8) % all.length];
  };
  return Array.from({ length: count }, () => Array.from({ length }, letter).join(''));
};

const LATIN = 'dfghjklmnpqruvwxyz';
const CHINESE = Array.from({ length: 2_000 }, (_, index) => String.fromCharCode(0x4e00 + index)).join('');

const lookupsIn = (text: string, list: string[]): number => {
  findWords('', list);
  const lookups = vi.spyOn(Edges.prototype, 'below');
  findWords(text, list);
  const { length } = lookups.mock.calls;
  lookups.mockRestore();
  return length;
};

describe('a hundred times the entries are at most twice the lookups, and less than ten for a character', () => {
  test.each<[string, string, number, (word: string) => string]>([
    ['words', LATIN, 8, (word) => word],
    ['beginnings', LATIN, 8, (word) => `${word}*`],
    ['endings', LATIN, 8, (word) => `*${word}`],
    ['parts of words', LATIN, 8, (word) => `*${word}*`],
    ['Chinese words', CHINESE, 3, (word) => word],
  ])('%s', (_, letters, length, entryOf) => {
    const list = wordsOf(letters, length, 50_000, 1).map(entryOf);
    const text = wordsOf(letters, length, 500, 2).join(' ');
    const [few, many] = [lookupsIn(text, list.slice(0, 500)), lookupsIn(text, list)];
    expect(many).toBeLessThanOrEqual(Math.max(few, text.length) * 2);
    expect(many / text.length).toBeLessThan(10);
    expect(lookupsIn(text, ['*xyz*'])).toBeGreaterThan(0);
  });

  test('a text that begins many entries over and over', () => {
    const list = Array.from({ length: 50_000 }, (_, index) => `*word${index}*`);
    expect(lookupsIn('word'.repeat(1_250), list) / 5_000).toBeLessThan(20);
  });
});

const needle = fc.string({ unit: fc.constantFrom('a', 'b', '漢', '\u{1F595}'), maxLength: 6 });

test('an index of strings finds what looking for each of them finds', () => {
  fc.assert(
    fc.property(fc.array(needle), fc.array(needle, { maxLength: 8 }), (needles, parts) => {
      const text = parts.join('');
      const index = new SubstringIndex<number>();
      for (const [at, one] of needles.entries()) index.add(one, at);
      const found: string[] = [];
      index.in(text, (at, start) => found.push(`${start} ${at}`));
      const slow = Array.from({ length: text.length }, (_, start) =>
        needles.flatMap((one, at) => (text.startsWith(one, start) ? [`${start} ${at}`] : [])),
      );
      expect(found.sort()).toEqual(slow.flat().sort());
      expect(index.isEmpty).toBe(needles.length === 0);
    }),
    { numRuns: 500 },
  );
});

const spelledWord = fc.string({ unit: fc.constantFrom(...'aabbсоs01@$.-é漢字', '\u0301', '\u200B'), maxLength: 6 });
const entry = fc
  .tuple(
    fc.constantFrom('', '', '*', '='),
    fc.array(spelledWord, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '*'),
  )
  .map(([before, words, after]) => before + words.join(' ') + after);
const someText = fc.array(fc.oneof(spelledWord, fc.constantFrom(' ', '-', 'a', '漢')), { maxLength: 20 });

test('a list finds what each of its entries finds alone, in its own order', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), someText, fc.constantFrom('', ' '), (list, parts, between) => {
      const text = parts.join(between);
      expect(findWords(text, list)).toEqual([...new Set(list)].flatMap((one) => findWords(text, [one])));
    }),
    { numRuns: 500 },
  );
});

/** An entry of Latin letters held against each place of a text, by what the documentation says of `*` and spaces. */
const isWritten = (text: string, list: string): boolean => {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const asked = list.toLowerCase().match(/[a-z]+/g) ?? [];
  return words.some((_, place) =>
    asked.every((word, index) => {
      const there = words[place + index] ?? '';
      const isOpenBefore = index === 0 && list.startsWith('*');
      const isOpenAfter = index === asked.length - 1 && list.endsWith('*');
      if (isOpenBefore) return isOpenAfter ? there.includes(word) : there.endsWith(word);
      return isOpenAfter ? there.startsWith(word) : there === word;
    }),
  );
};

test('what is found as written is what a plain search finds', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abAB'), minLength: 1, maxLength: 4 });
  const entries = fc
    .tuple(fc.constantFrom('', '*'), fc.array(word, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '*'))
    .map(([before, words, after]) => before + words.join(' ') + after);
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 20 }), fc.array(word, { maxLength: 12 }), (list, words) => {
      const text = words.join(' ');
      const written = findWords(text, list).filter(({ differences }) => differences.length === 0);
      expect(written.map((hit) => hit.entry)).toEqual([...new Set(list)].filter((one) => isWritten(text, one)));
    }),
    { numRuns: 500 },
  );
});

test('a letter loses the marks that Unicode takes apart, and no other', () => {
  for (let point = 0; point < 0x10000; point++) {
    const character = String.fromCharCode(point);
    const [first = '', ...rest] = character.normalize('NFD');
    if (/\p{Cs}|[øłđħı]/u.test(first) || isDiacritic(character)) continue;
    expect(unitsOf(character)[0]?.marks, character).toBe(rest.every(isDiacritic) ? rest.join('') : '');
  }
});
