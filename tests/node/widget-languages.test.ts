import '../../src/widget/texts/en-browsing.ts';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf } from '../../src/widget/texts/choose-language.ts';
import { Language } from '../../src/widget/texts/language.ts';
import { reading as russian } from '../../src/widget/texts/ru.ts';
import type { Catalogue, ReadingTexts } from '../../src/widget/texts/texts.ts';
import { CATALOGUES, formsOf, LANGUAGES, sentencesOf } from '../support/catalogues.ts';

const english = CATALOGUES.get('en') as Catalogue<Intl.LDMLPluralRule>;
const OTHERS = [...CATALOGUES].filter(([code]) => code !== 'en');

/** The bytes that a reader downloads for each half, by gzip; Cyrillic and Arabic take two bytes for a letter. */
const MOST_BYTES = { reading: 1_300, writing: 2_500 };

/** Words that are the same in English. */
const SAME: Record<string, string[]> = {
  de: ['writing.name', 'writing.tools.link', 'writing.tools.code'],
  fr: ['writing.email', 'writing.tools.code'],
  it: ['writing.email', 'writing.tools.link'],
  nl: ['writing.tools.link', 'writing.tools.code'],
  pl: ['writing.email'],
  pt: ['writing.email', 'writing.tools.link'],
};

/** The English of a form that English has not: its own for many. */
const WORDS = new Map(sentencesOf(english));
const englishOf = (way: string): string =>
  WORDS.get(way) ?? WORDS.get(way.replace(/\.\w+$/, '.other')) ?? expect.unreachable(way);

const placesOf = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();

describe.each(OTHERS)('%s', (code, catalogue) => {
  const sentences = sentencesOf({ reading: catalogue.reading, writing: catalogue.writing });

  test('has the messages of English, and no others', () => {
    const ways = (words: unknown) => [
      ...new Set(sentencesOf(words).map(([way]) => way.replace(/\.(zero|one|two|few|many|other)$/, ''))),
    ];
    expect(ways(catalogue).sort()).toEqual(ways(english).sort());
  });

  test('has exactly the forms for numbers that the language has', () => {
    const { pluralCategories } = new Intl.PluralRules(code).resolvedOptions();
    const all = formsOf(catalogue);
    const ways = (words: unknown): string[] => formsOf(words).map(([way]) => way);
    expect(ways(catalogue).sort()).toEqual(ways(english).sort());
    for (const [way, forms] of all)
      expect([way, Object.keys(forms).sort()]).toEqual([way, [...pluralCategories].sort()]);
  });

  test('has the places of each message, and no others', () => {
    for (const [way, sentence] of sentences) {
      const mayLeaveOut = /\.(zero|one|two)$/.test(way) && placesOf(sentence).length === 0;
      if (!mayLeaveOut) expect([way, placesOf(sentence)]).toEqual([way, placesOf(englishOf(way))]);
    }
  });

  test('has nothing left in English', () => {
    const left = sentences.filter(([way, sentence]) => sentence === englishOf(way)).map(([way]) => way);
    expect(left).toEqual(SAME[code] ?? []);
  });

  test('says nothing at much greater length than English', () => {
    const long = sentences.filter(([way, sentence]) => sentence.length > englishOf(way).length * 1.6 + 12);
    expect(long).toEqual([]);
  });

  test('has no space or line too many, no straight quotes and no dots for an ellipsis', () => {
    for (const [way, sentence] of sentences)
      expect([way, sentence]).not.toEqual([way, expect.stringMatching(/^\s|\s$|\s\s|["'\n]|\.\./)]);
  });

  test.each(['reading', 'writing'] as const)('is small enough for %s', (half) => {
    const file = `export default ${JSON.stringify(catalogue[half])}\n`;
    expect(gzipSync(file, { level: 9 }).length).toBeLessThanOrEqual(MOST_BYTES[half]);
  });
});

test('reading takes at most 400 bytes more in another language than the budget of .ci/run, which is with English', () => {
  const bytesOf = ({ reading }: Catalogue<Intl.LDMLPluralRule>) =>
    gzipSync(JSON.stringify(reading), { level: 9 }).length;
  const more = OTHERS.map(([, catalogue]) => bytesOf(catalogue) - bytesOf(english));
  expect(Math.max(...more)).toBeLessThanOrEqual(400);
});

test('French has a narrow space before its high signs', () => {
  const french = sentencesOf(CATALOGUES.get('fr'));
  expect(french.filter(([, sentence]) => /[^\u202f][:;!?»]|«[^\u202f]/.test(sentence))).toEqual([]);
  expect(french.filter(([, sentence]) => sentence.includes('\u202f')).length).toBeGreaterThan(5);
});

test('a number of any size has a sentence in each language, without a place left open', () => {
  const languages = [...CATALOGUES].map(([code, { reading }]) => new Language(code, code, reading));
  const forms = [...CATALOGUES.values()].map((catalogue) => formsOf(catalogue).map(([, form]) => form));
  fc.assert(
    fc.property(fc.nat(languages.length - 1), fc.oneof(fc.nat(120), fc.maxSafeNat()), (at, n) => {
      const language = languages[at] as Language;
      for (const form of forms[at] ?? []) {
        const said = language.many(form as Record<string, string> & { other: string }, n);
        expect(said).toMatch(/^[^{}]+$/);
        if (n > 2) expect(said).toContain(language.number(n));
      }
    }),
  );
});

describe('a page’s language', () => {
  test('is one of those that have a file, each of which can be chosen', () => {
    expect(LANGUAGES.map(codeOf)).toEqual(LANGUAGES);
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const tags = letters.flatMap((first) => letters.map((second) => first + second));
    expect([...new Set(tags.map(codeOf))].filter((code) => code !== '').sort()).toEqual(LANGUAGES);
  });

  test.each([
    ['de-AT', 'de'],
    ['DE-ch', 'de'],
    ['pt-BR', 'pt'],
    ['iw', 'he'],
    ['iw-IL', 'he'],
    ['ar-u-nu-latn', 'ar'],
    ['sr-Latn', ''],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh-SG', 'zh'],
    ['zh-Hans', 'zh'],
    ['zh-Hans-HK', 'zh'],
    ['zh-TW', ''],
    ['zh-HK', ''],
    ['zh-Hant', ''],
    ['zh-Hant-CN', ''],
    ['en-GB', 'en'],
    ['en-!', ''],
    ['', ''],
    ['deutsch', ''],
    ['x-klingon', ''],
  ])('"%s" leads to "%s"', (tag, code) => {
    expect(codeOf(tag)).toBe(code);
  });
});

test('a message or a form that is missing does not compile', () => {
  const { loading, comments, ...rest } = russian;
  const { few, ...forms } = comments;
  // @ts-expect-error: there is no sentence for `loading`.
  const quiet: ReadingTexts<'one' | 'few' | 'many' | 'other'> = { ...rest, comments };
  // @ts-expect-error: Russian has a form for few.
  const miscounted: ReadingTexts<'one' | 'few' | 'many' | 'other'> = { ...rest, loading, comments: forms };
  // @ts-expect-error: nobody is named.
  const nameless: ReadingTexts<'one' | 'few' | 'many' | 'other'> = { ...russian, commentBy: 'Комментарий' };
  expect([quiet.loading, miscounted.comments.few, few, nameless.commentBy]).toEqual([
    undefined,
    undefined,
    '{n} комментария',
    'Комментарий',
  ]);
});
