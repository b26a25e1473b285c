import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Other people's data, which may not be kept here. Missing data is an error: a check of nothing proves nothing. */
export const corpusFolder = (name: string): string => {
  const { CORPORA } = process.env;
  if (CORPORA === undefined || CORPORA === '') {
    throw new Error('These tests read files that are not in this repository: set CORPORA to the folder that has them.');
  }
  const folder = resolve(CORPORA, name);
  if (!existsSync(folder)) throw new Error(`CORPORA has no folder ${name}: ${folder}`);
  return folder;
};

export const corpusFiles = (name: string): string[] => {
  const files = readdirSync(corpusFolder(name)).sort();
  if (files.length === 0) throw new Error(`CORPORA has no files in ${name}`);
  return files;
};

export const readCorpusFile = (name: string, file: string): string =>
  readFileSync(join(corpusFolder(name), file), 'utf8');

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [key, ...stringsIn(child)]);
};

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const unescapeXml = (text: string): string =>
  text
    .replace(/&#(x?)([0-9a-f]{1,6});/gi, (entity, hex: string, digits: string) => {
      const code = Number.parseInt(digits, hex === '' ? 10 : 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    })
    .replace(/&(lt|gt|quot|apos|amp);/g, (entity, name: string) => ENTITIES[name] ?? entity);

/** Each text of a file that could be typed: every string of a JSON file; the whole and each line of any other. */
export const samplesOf = (name: string, file: string): string[] => {
  const content = readCorpusFile(name, file);
  if (file.endsWith('.json')) return stringsIn(JSON.parse(content));
  const pieces = [content, ...content.split('\n')];
  const texts = file.endsWith('.xml') ? [...pieces, ...pieces.map(unescapeXml)] : pieces;
  return [...new Set(texts)];
};
