import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../../src/cli/project.ts';
import type { Catalogue } from '../../src/widget/texts/texts.ts';

const FOLDER = join(ROOT, 'src/widget/texts');

/** The languages that have a file in the folder of the widget's texts. */
export const LANGUAGES = readdirSync(FOLDER)
  .filter((name) => /^[a-z]{2}\.ts$/.test(name))
  .map((name) => basename(name, '.ts'))
  .sort();

const catalogueOf = (language: string): Promise<Catalogue<Intl.LDMLPluralRule>> =>
  import(join(FOLDER, `${language}.ts`));

export const CATALOGUES = new Map(
  await Promise.all(LANGUAGES.map(async (code) => [code, await catalogueOf(code)] as const)),
);

/** All sentences of a catalogue or a part of one, by their way to it: "reading.comments.one". */
export function sentencesOf(words: unknown, way: string[] = []): [way: string, sentence: string][] {
  if (typeof words === 'string') return [[way.join('.'), words]];
  return Object.entries(words as object).flatMap(([key, inside]) => sentencesOf(inside, [...way, key]));
}

const isForms = (words: unknown): boolean => words instanceof Object && 'other' in words && !('spam' in words);

/** The sentences that have forms for numbers, by their way. */
export function formsOf(words: unknown, way: string[] = []): [way: string, forms: Record<string, string>][] {
  if (typeof words === 'string') return [];
  if (isForms(words)) return [[way.join('.'), words as Record<string, string>]];
  return Object.entries(words as object).flatMap(([key, inside]) => formsOf(inside, [...way, key]));
}
