import { describe, expect, test } from 'vitest';
import { parseBody } from '../../src/core/body/parse-body.ts';
import { cleanLine, cleanText } from '../../src/core/text/clean.ts';
import { fold } from '../../src/core/text/fold.ts';
import { countGraphemes } from '../../src/core/text/graphemes.ts';
import { readCorpusFile } from '../support/corpora.ts';

/** The data lines of a file of the Unicode Character Database, without comments. */
const dataLines = (file: string): string[] => {
  const lines = readCorpusFile('unicode', file)
    .split('\n')
    .map((line) => (line.split('#')[0] ?? '').trim())
    .filter((line) => line !== '' && !line.startsWith('@'));
  expect(lines.length).toBeGreaterThan(100);
  return lines;
};

const fromHex = (codes: string): string =>
  codes
    .trim()
    .split(/\s+/)
    .map((code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .join('');

describe('graphemes', () => {
  const clustersOf = (line: string): string[] =>
    line
      .split('÷')
      .map((cluster) => cluster.replaceAll('×', ' ').trim())
      .filter((cluster) => cluster !== '')
      .map(fromHex);

  /** A pictograph up to Unicode 15 and none from 16 on: the file may be older than the runtime. */
  const reclassified = (text: string): boolean =>
    text.includes('\u2701') && !/\p{Extended_Pictographic}/u.test('\u2701');

  test('are counted as GraphemeBreakTest says', () => {
    const wrong = dataLines('GraphemeBreakTest.txt').filter((line) => {
      const clusters = clustersOf(line);
      const text = clusters.join('');
      if (reclassified(text)) return false;
      return countGraphemes(text) !== clusters.length;
    });
    expect(wrong).toEqual([]);
  });
});

describe('normalisation', () => {
  const forms = dataLines('NormalizationTest.txt').map((line) => line.split(';').slice(0, 5).map(fromHex));

  test('canonically equal texts are one text when cleaned', () => {
    const wrong = forms.filter((columns) => new Set(columns.slice(0, 3).map(cleanText)).size !== 1);
    expect(wrong).toEqual([]);
  });

  test('compatible texts are one text when folded', () => {
    const wrong = forms.filter((columns) => new Set(columns.map(fold)).size !== 1);
    expect(wrong).toEqual([]);
  });
});

describe('emoji', () => {
  const fullyQualified = dataLines('emoji-test.txt')
    .filter((line) => line.endsWith('fully-qualified') && !line.endsWith('unqualified'))
    .concat(dataLines('emoji-zwj-sequences.txt'))
    .map((line) => fromHex(line.split(';')[0] ?? ''));

  test('stay as they are in a name and in a comment, and count as one', () => {
    const wrong = fullyQualified.filter((emoji) => {
      const name = `a${emoji}b`;
      return cleanLine(name) !== name || parseBody(name).text !== name || countGraphemes(emoji) !== 1;
    });
    expect(wrong).toEqual([]);
  });
});
