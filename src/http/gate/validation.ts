import * as z from 'zod/mini';
import { BODY_BYTES } from '../../contract/routes/route.ts';
import type { ServedRoute } from '../../contract/routes.ts';
import type { Problem } from '../../core/problem.ts';
import { ok, type Result, refuse } from '../../core/result.ts';
import { type AppContext, isRead } from '../dependencies.ts';

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const UNITS: Record<string, string> = { string: ' characters', array: ' entries' };

/** "At most 10,000." for a number; of a text its characters are meant, of a list its entries. */
const bound = (word: string, limit: number | bigint, origin: string): string =>
  `${word} ${limit.toLocaleString('en')}${UNITS[origin] ?? ''}.`;

/** The value that was sent in a place; Zod does not say it. */
const valueAt = (path: PropertyKey[], sent: unknown): unknown =>
  path.reduce((at, name) => (at as Record<PropertyKey, unknown> | null | undefined)?.[name], sent);

/** An answer repeats so much of what was sent, or it would be as long as anybody likes. */
const MOST_NAMES = 3;
const LONGEST_NAME = 40;
const MOST_FAULTS = 20;

const namesOf = (keys: string[]): string => {
  const names = keys.slice(0, MOST_NAMES).map((key) => `"${key.slice(0, LONGEST_NAME)}"`);
  const more = keys.length - MOST_NAMES;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
};

/** Zod's own words are for programmers; these are for whoever sent it. What a schema itself says stays. */
const messageOf = (issue: z.core.$ZodIssue, sent: unknown): string => {
  if (issue.code === 'unrecognized_keys') return `There is no field ${namesOf(issue.keys)} here.`;
  if (issue.code === 'invalid_type' && valueAt(issue.path, sent) === undefined) return 'This field is missing.';
  if (issue.code === 'invalid_value') return `This must be one of ${issue.values.map(String).join(', ')}.`;
  if (!/^(?:Invalid|Too big|Too small)/.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') return `This must be ${KINDS[issue.expected] ?? issue.expected}.`;
  if (issue.code === 'too_big') return bound('At most', issue.maximum, issue.origin);
  if (issue.code === 'too_small') return bound('At least', issue.minimum, issue.origin);
  return 'This value is not allowed here.';
};

/** The one gate for what comes in: a handler sees only what a schema let through. */
export function read(schema: z.ZodMiniType | undefined, sent: unknown): Result<unknown> {
  if (schema === undefined) return ok(undefined);
  const parsed = schema.safeParse(sent);
  if (parsed.success) return ok(parsed.data);
  const { issues } = parsed.error;
  const errors = issues.slice(0, MOST_FAULTS).map((issue) => ({
    field: issue.path.map(String).join('.'),
    message: messageOf(issue as z.core.$ZodIssue, sent),
  }));
  const more = issues.length - MOST_FAULTS;
  if (more > 0) errors.push({ field: '', message: `And ${more} more.` });
  return refuse({ reason: 'invalid-input', errors });
}

export function readParams(c: AppContext, schema: z.ZodMiniType | undefined): Result<unknown> {
  return read(schema, c.req.param());
}

const NO_PARAMETERS = z.strictObject({});

/** A read takes the parameters that it knows alone: what is refused makes no page of its own in the page cache. */
export function readQuery(c: AppContext, schema: z.ZodMiniType | undefined): Result<unknown> {
  const known = schema ?? (isRead(c) ? NO_PARAMETERS : undefined);
  const sent = Object.entries(c.req.queries()).map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ]);
  return read(known, Object.fromEntries(sent));
}

/** A write under a condition that nobody looks at would break its writer's trust unseen. */
export function readHeaders(c: AppContext, schema: z.ZodMiniObject | undefined): Result<unknown> {
  const sent = c.req.header();
  const unread = isRead(c)
    ? []
    : ['if-match', 'if-none-match'].filter((name) => name in sent && !(name in (schema?.shape ?? {})));
  const errors = unread.map((field) => ({ field, message: 'This address takes no condition. Leave the header out.' }));
  return errors.length > 0 ? refuse({ reason: 'invalid-input', errors }) : read(schema, sent);
}

const malformed = (message: string): Problem => ({ reason: 'invalid-input', errors: [{ field: '', message }] });

/** A DELETE of many a client says that its body has no bytes; the runtime counts that as a body. */
const hasBody = ({ req }: AppContext): boolean => req.raw.body !== null && req.header('Content-Length') !== '0';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/**
 * A body is JSON in UTF-8 and says so: a form of another site cannot say that without being asked first. The routes that
 * take a form look at no credential.
 */
export function checkMedia(c: AppContext, isForm: boolean): Result<null> {
  if (!hasBody(c)) return ok(null);
  const type = c.req.header('Content-Type') ?? '';
  if (type.split(';')[0]?.trim().toLowerCase() !== (isForm ? FORM : JSON_TYPE)) {
    return refuse({ reason: 'unsupported-media-type', what: isForm ? 'form' : 'type' });
  }
  const [, charset = 'utf-8'] = CHARSET.exec(type) ?? [];
  if (!/^utf-?8$/i.test(charset)) return refuse({ reason: 'unsupported-media-type', what: 'charset' });
  const isPlain = /^(?:identity)?$/i.test(c.req.header('Content-Encoding')?.trim() ?? '');
  return isPlain ? ok(null) : refuse({ reason: 'unsupported-media-type', what: 'encoding' });
}

/** The bytes of a body, counted as they come: what a header says of them is only a claim. Nothing where they are too many. */
const bytesOf = async (body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array[] | null> => {
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > most) {
      await reader.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return parts;
};

/** Bytes that are no UTF-8 are no text; read leniently, two texts would become one. */
const textOf = (parts: Uint8Array[]): string | null => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode();
  } catch {
    return null;
  }
};

const decoded = (part: string): string => decodeURIComponent(part.replaceAll('+', ' ')).replaceAll('\r\n', '\n');

/** The fields of a form; one that comes twice is a list. Throws where a value is not UTF-8, or its encoding is broken. */
const fieldsOf = (text: string): Record<string, unknown> => {
  const fields = new Map<string, string[]>();
  for (const part of text.split('&').filter((some) => some !== '')) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
    fields.set(decoded(name), [...(fields.get(decoded(name)) ?? []), decoded(value)]);
  }
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
};

export async function readBody(
  c: AppContext,
  { body: schema, bodyBytes: most = BODY_BYTES, form = false }: Pick<ServedRoute, 'body' | 'bodyBytes' | 'form'>,
): Promise<Result<unknown>> {
  if (schema === undefined) return ok(undefined);
  const { body } = c.req.raw;
  if (body === null || !hasBody(c)) return read(schema, {});
  const parts = await bytesOf(body, most);
  if (parts === null) return refuse({ reason: 'payload-too-large', limitBytes: most });
  const text = textOf(parts);
  if (text === null) return refuse(malformed('This is not well-formed UTF-8.'));
  let sent: unknown;
  try {
    sent = form ? fieldsOf(text) : JSON.parse(text);
  } catch {
    return refuse(malformed(`This is not ${form ? 'a well-formed form' : 'well-formed JSON'}.`));
  }
  return read(schema, sent);
}
