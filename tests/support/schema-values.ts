import * as fc from 'fast-check';
import type { SchemaObject } from '../../src/reference/json-schema.ts';
import type { Dice } from './random-walk.ts';

/** Values that a schema takes, values that it nearly takes, and values from somebody who means harm. */

/** Texts that have broken programs: empty, long, outside of the alphabet, names of every object, pieces of languages. */
const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\n\r\t',
  '\ud800',
  'a\udc00b',
  '\u202egnp.exe',
  '\u200b\u2060\ufeff',
  '👨‍👩‍👧‍👦'.repeat(50),
  'Z̷̢͝a̶l̴g̵o̶'.repeat(20),
  'ﷺ'.repeat(30),
  'é\u0301',
  'x'.repeat(10_001),
  '![['.repeat(2_000),
  '> '.repeat(600),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "' OR 1=1; --",
  '"; DROP TABLE comments; --',
  '%',
  '%00',
  '..',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  'https://user:pass@news.example:99999/\\@evil.example',
  'https://[::1',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00.001Z',
  '2026-11-23T10:00:00+24:00',
  '1e309',
  'NaN',
  'null',
  '{{7*7}}',
];

const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  [],
  [[]],
  {},
  { length: 1_000_000 },
  { toString: null },
  ['a', 1, null, {}],
];

export const hostileText = (dice: Dice): string => dice.pick(HOSTILE_TEXTS);

export const hostileValue = (dice: Dice): unknown => (dice.chance(0.5) ? hostileText(dice) : dice.pick(HOSTILE_VALUES));

const SAMPLES = 40;
const matching = new Map<string, readonly string[]>();

/** Texts that match a pattern; none, where it has parts that cannot be turned round. */
const textsOf = (pattern: string): readonly string[] => {
  const known = matching.get(pattern);
  if (known !== undefined) return known;
  let texts: readonly string[] = [];
  try {
    texts = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: SAMPLES, seed: 1 });
  } catch {
    // A property of Unicode, or a look to either side: the pool has its texts.
  }
  matching.set(pattern, texts);
  return texts;
};

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'date-time': [
    '2026-11-23T10:00:00Z',
    '2026-11-23T11:00:00.123+01:00',
    '1970-01-01T00:00:00Z',
    '2099-02-28T23:59:59Z',
  ],
  uri: ['https://news.example/ferry', 'http://news.example/?a=b#c', 'https://xn--mnchen-3ya.example/'],
  email: ['ada@news.example', 'a.b+c@mail.example'],
};

const WORDS = ['ferry', 'World', 'Ada', 'The **ferry** was late.', '日本語', 'Straße', '> quoted\n\nanswer', '🚢'];

/** Values of things that are there, by the name of their schema or of the field that they stand in. */
export type Pool = Readonly<Record<string, readonly string[]>>;

export interface Source {
  dice: Dice;
  pool: Pool;
  schemas: Readonly<Record<string, SchemaObject>>;
}

const textFor = ({ dice }: Source, { pattern, format, minLength = 0, maxLength = 40 }: SchemaObject): string => {
  const known = FORMATS[format ?? ''] ?? (pattern === undefined ? [] : textsOf(pattern));
  if (known.length > 0) return dice.pick(known);
  const text = dice.pick(WORDS);
  const length = dice.chance(0.05) ? maxLength : Math.max(minLength, Math.min(text.length, maxLength));
  return text.padEnd(Math.min(length, 500), 'x').slice(0, Math.max(length, minLength));
};

const numberFor = ({ dice }: Source, { minimum = 0, maximum = 100 }: SchemaObject): number =>
  dice.pick([minimum, maximum, minimum + dice.below(Math.min(1_000, maximum - minimum) + 1)]);

/** A value that the schema takes, as far as its patterns can be met. */
export const valueFor = (source: Source, schema: SchemaObject, depth = 0): unknown => {
  const { dice, pool, schemas } = source;
  const name = schema.$ref?.split('/').at(-1);
  const real = pool[name ?? ''];
  if (real !== undefined && real.length > 0 && dice.chance(0.9)) return dice.pick(real);
  const named = schemas[name ?? ''];
  if (named !== undefined) return valueFor(source, named, depth);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return dice.pick(schema.enum);
  if (schema.anyOf !== undefined) return valueFor(source, dice.pick(schema.anyOf), depth);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objectFor(source, schema, depth);
    case 'array':
      return Array.from({ length: depth > 4 ? 0 : Math.max(schema.minItems ?? 0, dice.below(4)) }, () =>
        valueFor(source, schema.items ?? {}, depth + 1),
      );
    case 'integer':
    case 'number':
      return numberFor(source, schema);
    case 'boolean':
      return dice.chance(0.5);
    case 'null':
      return null;
    default:
      return textFor(source, schema);
  }
};

/** The value of a field, or of a part of an address. */
export const fieldFor = (source: Source, name: string, schema: SchemaObject, depth = 0): unknown => {
  const real = source.pool[name];
  return real !== undefined && real.length > 0 && source.dice.chance(0.9)
    ? source.dice.pick(real)
    : valueFor(source, schema, depth);
};

const objectFor = (source: Source, { properties = {}, required = [] }: SchemaObject, depth: number) =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || source.dice.chance(0.4))
      .map(([name, part]) => [name, fieldFor(source, name, part, depth + 1)]),
  );

/** The value with one thing wrong somewhere: a field gone, too many, of another type or full of something else. */
export const spoilt = (dice: Dice, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || dice.chance(0.1)) return hostileValue(dice);
  if (Array.isArray(value)) {
    if (value.length === 0 || dice.chance(0.3)) return Array(dice.pick([0, 1, 101, 2_001])).fill(value[0] ?? 'x');
    return value.map((one, i) => (i === 0 ? spoilt(dice, one) : one));
  }
  const names = Object.keys(value);
  const name = names.length === 0 ? 'x' : dice.pick(names);
  const { [name]: old, ...rest } = value as Record<string, unknown>;
  if (dice.chance(0.2)) return rest;
  if (dice.chance(0.2)) return { ...value, [hostileText(dice)]: hostileValue(dice) };
  return { ...rest, [name]: spoilt(dice, old) };
};
