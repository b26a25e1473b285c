import type { SchemaObject } from '../json-schema.ts';
import { type Html, html, join, prose } from './html.ts';

type Schemas = Readonly<Record<string, SchemaObject>>;

const nameOf = (ref: string): string => ref.split('/').at(-1) ?? '';

/** True for named types that are no objects: they have a list of their own, while objects are unfolded in place. */
export function isListed(schema: SchemaObject): boolean {
  return schema.properties === undefined;
}

const isNull = (schema: SchemaObject): boolean => schema.type === 'null';

/** A type as TypeScript would write it. */
export function typeOf(schema: SchemaObject, schemas: Schemas): Html {
  const { $ref, anyOf, items, additionalProperties, type } = schema;
  if ($ref !== undefined) {
    const name = nameOf($ref);
    return isListed(schemas[name] ?? {}) ? html`<a href="#type-${name}">${name}</a>` : html`${name}`;
  }
  if (schema.const !== undefined) return html`${JSON.stringify(schema.const)}`;
  if (schema.enum !== undefined) return html`${schema.enum.map((value) => JSON.stringify(value)).join(' | ')}`;
  if (anyOf !== undefined) {
    const choices = anyOf.map((choice) => typeOf(choice, schemas));
    return join(choices, ' | ');
  }
  if (items !== undefined) {
    const item = typeOf(items, schemas);
    return items.anyOf || items.enum ? html`(${item})[]` : html`${item}[]`;
  }
  if (schema.properties !== undefined) return html`object`;
  if (typeof additionalProperties === 'object')
    return html`Record&lt;string, ${typeOf(additionalProperties, schemas)}&gt;`;
  return html`${Array.isArray(type) ? type.join(' | ') : (type ?? 'any')}`;
}

/** `{ t: "p"; c: Inline[] }`: for the members of a union, which are short. */
const inBraces = (schema: SchemaObject, schemas: Schemas): Html => {
  if (schema.properties === undefined) return typeOf(schema, schemas);
  const fields = Object.entries(schema.properties).map(
    ([name, field]) => html`${name}${schema.required?.includes(name) ? '' : '?'}: ${typeOf(field, schemas)}`,
  );
  return html`{ ${join(fields, '; ')} }`;
};

const count = (least: number | undefined, most: number | undefined, noun: string): string | null => {
  const number = (value: number) => value.toLocaleString('en');
  if (least !== undefined && least === most) return `exactly ${number(least)}${noun}`;
  if (least !== undefined && most !== undefined) return `${number(least)} to ${number(most)}${noun}`;
  if (most !== undefined) return `at most ${number(most)}${noun}`;
  return least === undefined ? null : `at least ${number(least)}${noun}`;
};

/** The rules for a value beyond its type. */
const rulesOf = (schema: SchemaObject): string[] => {
  const inner = schema.anyOf?.find((choice) => !isNull(choice)) ?? schema;
  const rules = [
    inner.format && `format ${inner.format}`,
    inner.pattern && `pattern \`${inner.pattern}\``,
    count(inner.minLength, inner.maxLength, ' characters'),
    count(inner.minItems, inner.maxItems, ' entries'),
    inner.items && count(inner.items.minLength, inner.items.maxLength, ' characters each'),
    count(inner.minimum, inner.maximum, ''),
    inner.minProperties && 'name at least one field',
    schema.default !== undefined && `default \`${JSON.stringify(schema.default)}\``,
  ];
  return rules.filter((rule) => typeof rule === 'string' && rule !== '') as string[];
};

const aboutOf = (schema: SchemaObject): Html[] => {
  const rules = rulesOf(schema).join(' · ');
  return [
    ...(schema.description ? [html`<p>${prose(schema.description)}</p>`] : []),
    ...(rules ? [html`<p class="rules">${prose(rules)}</p>`] : []),
  ];
};

/** The object inside a list, a map or “or null”. */
const objectIn = (schema: SchemaObject, schemas: Schemas): { name: string | null; object: SchemaObject } | null => {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    const object = schemas[name] ?? {};
    return isListed(object) ? null : { name, object };
  }
  if (schema.properties !== undefined) return { name: null, object: schema };
  const inner =
    schema.items ??
    schema.anyOf?.find((choice) => !isNull(choice)) ??
    (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
  return inner === undefined ? null : objectIn(inner, schemas);
};

/** Most fields of a request may be left out, and hardly any of an answer, so the page marks the rarer case. */
type Side = 'request' | 'answer';

const markOf = (isRequired: boolean, side: Side): Html | null => {
  if (side === 'request') return isRequired ? html`<span class="required">required</span>` : null;
  return isRequired ? null : html`<span class="optional">not always</span>`;
};

const field = (name: string, schema: SchemaObject, isRequired: boolean, side: Side, schemas: Schemas): Html => {
  const nested = objectIn(schema, schemas);
  const unfolded =
    nested &&
    html`<details><summary>Fields of ${nested.name ? html`<code>${nested.name}</code>` : html`<code>${name}</code>`}</summary>${fieldsOf(nested.object, side, schemas)}</details>`;
  return html`<li>
<p class="field"><code class="name">${name}</code> <code class="type">${typeOf(schema, schemas)}</code> ${markOf(isRequired, side)}</p>
${aboutOf(schema)}${unfolded}</li>`;
};

const fieldsOf = (object: SchemaObject, side: Side, schemas: Schemas): Html => {
  const fields = Object.entries(object.properties ?? {}).map(([name, schema]) =>
    field(name, schema, object.required?.includes(name) === true, side, schemas),
  );
  return html`<ul class="fields">${fields}</ul>`;
};

/** All fields of a body, those of a top-level object unfolded. */
export function bodyFields(schema: SchemaObject, side: Side, schemas: Schemas): Html {
  const top = objectIn(schema, schemas);
  if (top === null) return html`<p><code class="type">${typeOf(schema, schemas)}</code></p>`;
  return html`${aboutOf(top.object)}${fieldsOf(top.object, side, schemas)}`;
}

/** Type, rules and meaning of a parameter, with what its named type says about itself. */
export function parameterAbout(schema: SchemaObject, description: string | undefined, schemas: Schemas): Html {
  const named = schema.$ref === undefined ? undefined : schemas[nameOf(schema.$ref)];
  // The rules of a named type stand with the type.
  const words = description ?? schema.description ?? named?.description;
  return html`<p><code class="type">${typeOf(schema, schemas)}</code></p>${aboutOf({ ...schema, ...(words && { description: words }) })}`;
}

/** A named type that is not an object, for the list of types. */
export function typeAbout(schema: SchemaObject, schemas: Schemas): Html {
  const shape =
    schema.anyOf === undefined
      ? html`<p><code class="type">${typeOf(schema, schemas)}</code></p>`
      : html`<ul class="union">${schema.anyOf.map((choice) => html`<li><code class="type">${inBraces(choice, schemas)}</code></li>`)}</ul>`;
  const example = schema.examples?.[0];
  return html`${shape}${aboutOf(schema.anyOf ? { ...schema, anyOf: [] } : schema)}${
    example !== undefined && html`<p class="rules">such as <code>${String(example)}</code></p>`
  }`;
}
