import { expect, test } from 'vitest';
import { FIELD_WORDS, faultInWords, fieldInWords } from '../../src/contract/field-words.ts';
import { ROUTES } from '../../src/reference/described.ts';
import { componentsOf } from '../../src/reference/json-schema.ts';

/** Nobody types these: a program sends them, or other fields stand in them. */
const OF_PROGRAMS = new Set([
  ...['cursor', 'after', 'version', 'revision', 'expectedStatus', 'table', 'columns', 'rows'],
  ...['add', 'remove', 'comments', 'moderationInForce', 'commentCount'],
]);

test('each field that a moderator, a publisher or an operator fills in has words', () => {
  const { toSchema, schemas } = componentsOf();
  const fields = new Set<string>();
  for (const { audience, route } of ROUTES.filter(({ audience }) => !audience.some((who) => who === 'anyone'))) {
    if (audience.every((who) => who === 'reader')) continue;
    for (const sent of [route.params, route.query, route.body]) {
      if (sent === undefined) continue;
      const schema = toSchema(sent, 'input');
      const { properties = {} } = schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema;
      for (const name of Object.keys(properties)) fields.add(name);
    }
  }
  expect(fields.size).toBeGreaterThan(30);
  expect([...fields].filter((name) => !OF_PROGRAMS.has(name) && !(name in FIELD_WORDS))).toEqual([]);
});

test.each([
  ['maxGraphemes', 'Longest comment, characters'],
  ['settings.maxLinks', 'Links allowed'],
  ['add.bannedWords.2', 'Banned words, entry 3'],
  ['keyPoints.0', 'Key points, entry 1'],
  ['comments.1.revision', 'comments, entry 2'],
  ['no.such', 'no'],
])('the field %s is called “%s”', (path, words) => {
  expect(fieldInWords(path)).toBe(words);
});

test('a fault of no field in particular stands for itself', () => {
  expect(faultInWords({ field: '', message: 'This is not well-formed JSON.' })).toBe('This is not well-formed JSON.');
  expect(faultInWords({ field: 'origins.1', message: 'No.' }, 'line')).toBe('Origins, line 2: No.');
});
