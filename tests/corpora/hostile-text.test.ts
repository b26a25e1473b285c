import { describe, expect, test } from 'vitest';
import { bodyLinks, bodyText } from '../../src/core/body/body-text.ts';
import { parseBody } from '../../src/core/body/parse-body.ts';
import { findWords } from '../../src/core/screening/words.ts';
import { cleanLine, cleanText } from '../../src/core/text/clean.ts';
import { fold, textFingerprintSource } from '../../src/core/text/fold.ts';
import { bodyFaults, FORBIDDEN_CHARACTERS } from '../support/body-faults.ts';
import { corpusFiles, samplesOf } from '../support/corpora.ts';

/** A payload alone, and in every place where Markdown gives text another meaning. */
const PLACES: ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `[a](${payload})`,
  (payload) => `[a](<${payload}>)`,
  (payload) => `[${payload}](http://a.example)`,
  (payload) => `[a](http://a.example/${payload})`,
  (payload) => `![${payload}](${payload} "${payload}")`,
  (payload) => `<${payload}>`,
  (payload) => `http://${payload}`,
  (payload) => `\`${payload}\``,
  (payload) => `\`\`\`${payload}\n${payload}\n\`\`\``,
  (payload) => `> - # ${payload}`,
  (payload) => `[a]: ${payload}\n\n[a]`,
];

const faultsOf = (markdown: string): string[] => {
  const { body, text } = parseBody(markdown);
  const faults = bodyFaults(body);
  if (text !== bodyText(body)) faults.push('text is not the text of the tree');
  if (FORBIDDEN_CHARACTERS.test(text)) faults.push('a control in the text');
  for (const link of bodyLinks(body)) {
    // Not every host name can be looked up; one that cannot leads nowhere.
    if (!URL.canParse(link)) continue;
    const { protocol, username, password } = new URL(link);
    if (!/^https?:$/.test(protocol) || username + password !== '') faults.push(`link ${link}`);
  }
  return faults;
};

const lineFaults = (typed: string): string[] => {
  const faults: string[] = [];
  const line = cleanLine(typed);
  if (/[\n\t]|^\s|\s$|\s\s/u.test(line) || FORBIDDEN_CHARACTERS.test(line)) faults.push('line not clean');
  if (cleanLine(line) !== line) faults.push('line changes when cleaned again');
  const text = cleanText(typed);
  if (FORBIDDEN_CHARACTERS.test(text) || cleanText(text) !== text) faults.push('text not clean');
  const folded = fold(typed);
  if (fold(folded) !== folded) faults.push('folded text changes when folded again');
  if (textFingerprintSource(typed) !== textFingerprintSource(folded)) faults.push('fingerprint changes when folded');
  findWords(typed, ['script', 'on*', '脚本']);
  return faults;
};

const failing = (samples: string[], faults: (sample: string) => string[]) =>
  samples
    .map((sample) => ({ sample: sample.slice(0, 300), faults: faults(sample) }))
    .filter((result) => result.faults.length > 0)
    .slice(0, 5);

const FILES = ['xss', 'unicode'].flatMap((folder) => corpusFiles(folder).map((file) => [folder, file] as const));

describe('a comment made of anything at all is a tree of allowed nodes with http links', () => {
  test.each(FILES)('%s/%s', (folder, file) => {
    const samples = samplesOf(folder, file);
    expect(samples.length).toBeGreaterThan(0);
    expect(failing(samples, faultsOf)).toEqual([]);
  });

  test.each(FILES.filter(([folder, file]) => folder === 'xss' || file.startsWith('blns')))(
    '%s/%s, in every place of a comment',
    (folder, file) => {
      const samples = samplesOf(folder, file).filter((sample) => sample.length < 10_000);
      for (const place of PLACES) expect(failing(samples.map(place), faultsOf)).toEqual([]);
    },
  );
});

describe('a name or a text made of anything at all can be cleaned and compared', () => {
  test.each(FILES)('%s/%s', (folder, file) => {
    expect(failing(samplesOf(folder, file), lineFaults)).toEqual([]);
  });
});
