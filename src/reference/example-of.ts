import type { SchemaObject } from './json-schema.ts';

/** The depth at which the example of a schema that contains itself ends. */
const MOST_DEPTH = 5;

const TEXTS: Readonly<Record<string, string>> = {
  'date-time': '2026-11-23T10:00:00.000Z',
  uri: 'https://news.example/',
  email: 'ada@news.example',
};

/** A value of a schema, for a route that has no example of its own. It does not satisfy patterns. */
export function exampleOf(schema: SchemaObject, schemas: Record<string, SchemaObject>, depth = 0): unknown {
  const named = schemas[schema.$ref?.split('/').at(-1) ?? ''];
  if (named !== undefined) return exampleOf(named, schemas, depth);
  const given = schema.examples?.[0] ?? schema.const ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined) return given;
  const [first] = schema.anyOf ?? [];
  if (first !== undefined) return exampleOf(first, schemas, depth);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, exampleOf(part, schemas, depth + 1)]),
      );
    case 'array':
      return schema.items === undefined || depth > MOST_DEPTH ? [] : [exampleOf(schema.items, schemas, depth + 1)];
    case 'string':
      return TEXTS[schema.format ?? ''] ?? 'Text'.padEnd(schema.minLength ?? 0, '.');
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return null;
  }
}
