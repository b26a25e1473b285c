import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { TimestampInput, text, WebAddress } from '../../src/contract/scalars.ts';
import { corpusFolder } from '../support/corpora.ts';

const read = (file: string): string =>
  file.endsWith('.gz') ? gunzipSync(readFileSync(file)).toString('utf8') : readFileSync(file, 'utf8');

const files = readdirSync(corpusFolder('articles'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:html|html\.gz)$/.test(file))
  .map((file) => join(corpusFolder('articles'), file));

const valuesOf = (name: string): string[] =>
  files.flatMap((file) =>
    [...read(file).matchAll(new RegExp(`"${name}": ?("(?:[^"\\\\]|\\\\.)*")`, 'g'))].flatMap(([, json = '']) => {
      try {
        return [JSON.parse(json) as string];
      } catch {
        return [];
      }
    }),
  );

test('the times of real articles are taken, but for those that do not say their offset', () => {
  const times = valuesOf('datePublished').filter((time) => /^\d{4}-/.test(time));
  expect(files.length).toBeGreaterThanOrEqual(80);
  expect(times.length).toBeGreaterThan(50);
  const refused = times.filter((time) => !TimestampInput.safeParse(time).success);
  expect(refused.filter((time) => !/\d\d:\d\d:\d\d(?:\.\d+)?$/.test(time))).toEqual([]);
});

test('so are their headlines and addresses', () => {
  const headlines = valuesOf('headline');
  expect(headlines.length).toBeGreaterThan(50);
  expect(headlines.filter((headline) => headline.length <= 300 && !text(300).safeParse(headline).success)).toEqual([]);
  const addresses = valuesOf('mainEntityOfPage').filter((address) => /^https?:/.test(address));
  expect(addresses.filter((address) => !WebAddress.safeParse(address).success)).toEqual([]);
});
