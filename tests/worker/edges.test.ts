import { beforeAll, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { writeCursor } from '../../src/http/gate/cursors.ts';
import { type Described, ROUTES } from '../../src/reference/described.ts';
import { componentsOf, type SchemaObject } from '../../src/reference/json-schema.ts';
import { admission } from '../support/cast.ts';
import { openNewsroom } from '../support/newsroom.ts';
import { callOf, openStage, type Stage } from '../support/stage.ts';

/** Numbers in an address that are no way, or not the one way, to write a number that a list takes. */
const WRITTEN = ['-0', '-1', '0', '1e21', '1.5', '007', '0x10', '1_0', '١', 'NaN', 'Infinity', '9'.repeat(400)];

/** Numbers as JSON writes them. */
const NUMBERS = ['-0.5', '-7', '1.5', '1e-7', '1e21', '1e999', '9007199254740993', '9'.repeat(400)];

/** Moments outside of the years 1 to 9999, some of them in UTC alone. */
const MOMENTS = [
  '0000-12-31T23:59:59Z',
  '0001-01-01T00:30:00+01:00',
  '9999-12-31T23:30:00-01:00',
  '9999-12-31T24:00:00Z',
  '10000-01-01T00:00:00Z',
  '+010000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '1e21',
  '9'.repeat(400),
];

const components = componentsOf();

const resolved = (schema: SchemaObject | undefined): SchemaObject =>
  schema?.$ref === undefined ? (schema ?? {}) : (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});

const fieldsOf = (schema: z.ZodMiniType | undefined): [string, SchemaObject][] =>
  schema === undefined
    ? []
    : Object.entries(resolved(components.toSchema(schema, 'input')).properties ?? {}).map(([name, field]) => [
        name,
        resolved(field),
      ]);

const isNumber = ({ type, enum: values, anyOf = [] }: SchemaObject): boolean =>
  [type].flat().some((one) => one === 'integer' || one === 'number') ||
  values?.some((value) => typeof value === 'number') === true ||
  anyOf.some(isNumber);

/** The values to try in a field, if it takes a number or a time. */
const edgesOf = (field: SchemaObject, numbers: string[], quote: string): string[] => {
  if (field.format === 'date-time') return MOMENTS.map((moment) => `${quote}${moment}${quote}`);
  return isNumber(field) ? numbers : [];
};

interface Edge {
  name: string;
  described: Described;
  part: 'query' | 'body';
  field: string;
  values: string[];
}

const EDGES: Edge[] = ROUTES.flatMap((described) =>
  (['query', 'body'] as const).flatMap((part) =>
    fieldsOf(described.route[part]).flatMap(([field, schema]) => {
      const values = part === 'query' ? edgesOf(schema, WRITTEN, '') : edgesOf(schema, NUMBERS, '"');
      return values.length === 0 ? [] : [{ name: described.name, described, part, field, values }];
    }),
  ),
);

describe('a number or a time beyond its edges', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });

  test.each(EDGES)('is refused by name: $field of $name', async ({ described, part, field, values }) => {
    const call = callOf(described, stage.siteOf('own'), await stage.thingFor(described, 'own', 'here', true));
    const headers = stage.cast.find((member) => admission(described, member, 'own') === 'admitted')?.headers() ?? {};
    const [path = '', query = ''] = call.path.split('?');
    for (const value of values) {
      const search = new URLSearchParams(query);
      if (part === 'query') search.set(field, value);
      const rawBody = JSON.stringify({ ...call.body, [field]: '@' }).replace('"@"', value);
      const { status, body } = await stage.own.request(call.method, `${path}?${search}`, {
        headers,
        ...(call.body && { rawBody }),
      });
      expect([value, status, [...new Set(body.errors?.map((error) => error.field))]]).toEqual([value, 400, [field]]);
    }
  });

  test('is nowhere in a list that a forged cursor asks for, and breaks nothing', async () => {
    const room = await openNewsroom();
    await room.publisher.putArticle();
    for (const value of [-0.5, -1e21, 1e21, 1e308, 5e-324, 2 ** 53 + 2]) {
      const articles = writeCursor(['articles', room.site, 'site', '', 'newest'], [value, 'ferry']);
      expect((await room.public.articles(`cursor=${articles}`)).status).toBe(200);
      const thread = writeCursor(['thread', room.site, 'ferry', 'top'], ['0'.repeat(16), value]);
      expect((await room.public.thread(`sort=top&cursor=${thread}`)).status).toBeLessThan(500);
    }
  });
});
