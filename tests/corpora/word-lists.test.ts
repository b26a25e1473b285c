import { describe, expect, test } from 'vitest';
import { findWords } from '../../src/core/screening/words.ts';
import { plain } from '../../src/core/text/spelling.ts';
import { harmlessComments, wordLists } from '../support/word-lists.ts';

const LISTS = wordLists();
const ALL = [...new Set(LISTS.flatMap(([, words]) => words))];

const LETTER = '[\\p{L}\\p{M}\\p{N}]';
const UNSPACED = '[\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{Extended_Pictographic}]';
const BETWEEN = '[^\\p{L}\\p{M}\\p{N}\\p{Extended_Pictographic}]';

/**
 * True when an entry stands in a text character by character, with no letter beside it. Case is the regular
 * expressions' own: Unicode's simple case folding, by which no letter is ever several.
 */
const isThere = (text: string, entry: string): boolean => {
  const words = entry.normalize('NFC').match(/[\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+/gu) ?? [];
  const isUnspaced = new RegExp(UNSPACED, 'u').test(entry);
  const beside = `(?!${UNSPACED})${LETTER}`;
  const asked = words.join(BETWEEN + (isUnspaced ? '*' : '+'));
  const pattern = isUnspaced ? asked : `(?<!${beside})${asked}(?!${beside})`;
  return new RegExp(pattern, 'iu').test(text.normalize('NFC'));
};

test.each([
  ['STRASSE', 'straße', false],
  ['STRAẞE', 'straße', true],
  ['İT', 'it', false],
  ['ıt', 'it', false],
  ['ﬁn', 'fin', false],
  ['ΜΑΓΟΣ', 'μαγος', true],
  ['Spam', 'sPAM', true],
  ['spamming', 'spam', false],
])('what the check itself takes for %j as written: %j, %j', (text, entry, expected) => {
  expect(isThere(text, entry)).toBe(expected);
});

test('the lists are in many languages', () => {
  expect(LISTS.length).toBeGreaterThanOrEqual(28);
  expect(ALL.length).toBeGreaterThan(2_500);
});

describe('of the comments that people have called harmless', () => {
  const results = harmlessComments().map(([name, comments]) => {
    const hits = comments.map((comment) => ({ comment, hits: findWords(comment, ALL) }));
    return { name, comments, hits };
  });

  test('none is rejected for an entry that it does not have as written', () => {
    for (const { name, hits } of results) {
      const folded = hits.flatMap((one) =>
        one.hits.filter(({ entry, differences }) => differences.length === 0 && !isThere(one.comment, entry)),
      );
      expect(folded, name).toEqual([]);
    }
  });

  test('at most two in a hundred are held for a spelling, of each collection', () => {
    for (const { name, comments, hits } of results) {
      expect(comments.length, name).toBeGreaterThan(100);
      const held = hits.filter(
        (one) => one.hits.length > 0 && one.hits.every(({ differences }) => differences.length > 0),
      );
      expect(held.length / comments.length, name).toBeLessThanOrEqual(0.02);
    }
  });
});

describe('a comment of 5,000 characters is held against a long list in 5 ms of processor time', () => {
  const commentsOf = (language: string): string =>
    harmlessComments()
      .filter(([name]) => name.includes(language))
      .flatMap(([, comments]) => comments)
      .join(' ');
  const [english, german, chinese] = ['English', 'German', 'Chinese'].map(commentsOf) as [string, string, string];
  const said = [...new Set(`${english} ${german}`.toLowerCase().match(/[a-zäöü]{4,}/g))];
  const words = [
    ...new Set([...ALL, ...said.flatMap((word) => [`${word}er`, word.slice(0, 2) + word, word + word.slice(0, 2)])]),
  ];
  const middle = Math.floor(chinese.length / 2);
  const characters = Array.from({ length: 60_000 }, (_, index) => {
    const at = (index * 7) % middle;
    return chinese.slice(at, at + 2 + (index % 5));
  }).filter((entry) => /^\p{Script=Han}+$/u.test(entry));

  const plainOnes = words.slice(0, 50_000);
  test.each([
    ['50,000 words', plainOnes, english],
    ['50,000 parts of words', plainOnes.map((word) => `*${word}*`), english],
    ['27,000 Chinese ones', [...new Set(characters)].slice(0, 27_000), chinese.slice(middle)],
  ])('%s', (name, list, comments) => {
    const run = (first: number): number => {
      const start = process.threadCpuUsage().user;
      for (let index = first; index < first + 10; index++) {
        const at = (index * 7_919) % (comments.length - 5_000);
        findWords(comments.slice(at, at + 5_000), list);
      }
      return (process.threadCpuUsage().user - start) / 10 / 1_000;
    };
    for (const first of [0, 10, 20]) run(first);
    // The least of many runs: whatever else the machine does can only add to it.
    const milliseconds = Math.min(...Array.from({ length: 25 }, (_, index) => run(30 + index * 10)));
    expect(list.length, name).toBeGreaterThanOrEqual(27_000);
    expect(milliseconds, name).toBeLessThanOrEqual(5);
  });
});

const replacing = (from: string, to: string): ReadonlyMap<string, string> => {
  const all = [...to];
  return new Map([...from].map((letter, index) => [letter, all[index] ?? letter]));
};

const TO_CYRILLIC = replacing('aeopcxyikmths', 'аеорсхуікмтһѕ');
const TO_GREEK = replacing('abeiknoptuvxy', 'αβεικηορτυνχγ');
const TO_LATIN = replacing('аеорсхуікмтнв', 'aeopcxyikmthb');
const TO_DIGITS = replacing('oieast', '013457');

type Spell = (word: string, at: number) => string | null;

/** Replaces one letter, another one for each word, or all of them. */
const exchanged =
  (table: ReadonlyMap<string, string>, all: boolean): Spell =>
  (word, at) => {
    const letters = [...word];
    const places = letters.flatMap((letter, index) => (table.has(letter) ? [index] : []));
    if (places.length === 0) return null;
    const chosen = all ? places : [places[at % places.length] ?? 0];
    return letters.map((letter, index) => (chosen.includes(index) ? (table.get(letter) ?? letter) : letter)).join('');
  };

const changed =
  (change: (letter: string) => string, all: boolean): Spell =>
  (word, at) => {
    const letters = [...word];
    const places = letters.flatMap((letter, index) => (/\p{L}/u.test(letter) ? [index] : []));
    if (places.length === 0) return null;
    const chosen = all ? places : [places[at % places.length] ?? 0];
    return letters.map((letter, index) => (chosen.includes(index) ? change(letter) : letter)).join('');
  };

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

const apart =
  (separator: string): Spell =>
  (word) => {
    const letters = [...segments.segment(word.replace(/[^\p{L}\p{M}\p{N}]/gu, ''))].map(({ segment }) => segment);
    return letters.length < 2 ? null : letters.join(separator);
  };

const SPELLINGS: [name: string, spells: Spell[]][] = [
  ['look-alikes', [TO_CYRILLIC, TO_GREEK, TO_LATIN].flatMap((to) => [exchanged(to, false), exchanged(to, true)])],
  ['marks', [changed((letter) => `${letter}\u0301`, false), changed((letter) => `${letter}\u0336`, true)]],
  ['digits', [exchanged(TO_DIGITS, false), exchanged(TO_DIGITS, true)]],
  ['spacing', [apart(' '), apart('.'), apart('-')]],
  ['zero width', [(word) => ([...word].length < 2 ? null : [...word].join('\u200B'))]],
  ['repeated letters', [changed((letter) => letter.repeat(3), false), changed((letter) => letter.repeat(2), false)]],
];

describe('of the words of all lists, nineteen in twenty are found', () => {
  test.each(SPELLINGS)('spelled with %s', (_, spells) => {
    let [tried, found] = [0, 0];
    for (const spell of spells) {
      for (const [, words] of LISTS) {
        words.forEach((word, at) => {
          const spelled = spell(word, at)?.normalize('NFC');
          if (spelled === undefined || plain(spelled) === plain(word)) return;
          tried += 1;
          if (findWords(`so ${spelled} it`, words).some(({ entry }) => entry === word)) found += 1;
        });
      }
    }
    expect(tried).toBeGreaterThan(100);
    expect(found / tried).toBeGreaterThanOrEqual(0.95);
  });
});
