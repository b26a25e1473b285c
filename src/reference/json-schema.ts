import * as z from 'zod/mini';

/** JSON Schema as OpenAPI 3.1 has it: the keywords that the contract leads to. */
export interface SchemaObject {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, SchemaObject>;
  required?: string[];
  additionalProperties?: boolean | SchemaObject;
  propertyNames?: SchemaObject;
  minProperties?: number;
  items?: SchemaObject;
  minItems?: number;
  maxItems?: number;
  anyOf?: SchemaObject[];
  enum?: (string | number)[];
  const?: string | number;
  default?: unknown;
  examples?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

type Io = 'input' | 'output';

/** The refinements that JSON Schema can express, too. */
const REFINEMENTS: Readonly<Record<string, SchemaObject>> = { ArticlePatch: { minProperties: 1 } };

/** Makes a generated schema readable: no bounds that every number has, no pattern where a format says it. */
const tidy =
  (io: Io) =>
  ({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
    const { id, example } = z.globalRegistry.get(zodSchema as z.ZodMiniType) ?? {};
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    // Classes of Unicode are no part of the regular expressions that other languages read without being told to.
    if (jsonSchema.pattern?.includes('\\p{')) delete jsonSchema.pattern;
    if (example !== undefined) {
      delete jsonSchema.example;
      jsonSchema.examples = [example];
    }
    // The literals of a union's members tell them apart, so one keyword does for all unions.
    if (jsonSchema.oneOf !== undefined) {
      jsonSchema.anyOf = jsonSchema.oneOf;
      delete jsonSchema.oneOf;
    }
    // Answers may gain fields; only requests are closed.
    if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    Object.assign(jsonSchema, REFINEMENTS[String(id)]);
  };

/**
 * A field with a default may be left out of a request. Generators of clients take it for one that is always there, so
 * words say what it is without it.
 */
const withDefaultsInWords = (schema: SchemaObject): SchemaObject => {
  if (schema.properties === undefined) return schema;
  const properties = Object.entries(schema.properties).map(([name, { default: without, ...field }]) => {
    if (without === undefined) return [name, field];
    const words = `Left out, it is \`${JSON.stringify(without)}\`.`;
    return [name, { ...field, description: field.description ? `${field.description} ${words}` : words }];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
};

export interface Components {
  schemas: Record<string, SchemaObject>;
  toSchema(schema: z.ZodMiniType, io: Io): SchemaObject;
}

/** Collects every named schema on the way, once. */
export function componentsOf(): Components {
  const schemas: Record<string, SchemaObject> = {};

  const toSchema = (schema: z.ZodMiniType, io: Io): SchemaObject => {
    const generated = z.toJSONSchema(schema, { io, override: tidy(io) });
    const json = JSON.stringify(generated).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/');
    const {
      $schema,
      $defs = {},
      ...root
    } = JSON.parse(json) as SchemaObject & {
      $schema?: string;
      $defs?: Record<string, SchemaObject>;
    };
    for (const [id, made] of Object.entries($defs)) {
      const named = withDefaultsInWords(made);
      const known = schemas[id];
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(named))
        throw new Error(`${id} is one thing in a request and another in an answer: give them two names.`);
      schemas[id] = named;
    }
    return root;
  };

  return { schemas, toSchema };
}
