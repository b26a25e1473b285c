import { zValidator } from '@hono/zod-validator';
import type { MiddlewareHandler } from 'hono';
import * as z from 'zod';
import type { AppEnv } from '../dependencies.ts';
import { problemResponse } from './problems.ts';

type Part = 'json' | 'query' | 'param' | 'header';

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

/** What was sent in a place; Zod does not say it. */
const valueAt = (path: PropertyKey[], sent: unknown): unknown =>
  path.reduce((at, name) => (at as Record<PropertyKey, unknown> | null | undefined)?.[name], sent);

/** Zod's own words are for programmers; these are for whoever sent it. What a schema itself says stays. */
const messageOf = (issue: z.core.$ZodIssue, sent: unknown): string => {
  if (issue.code === 'unrecognized_keys')
    return `There is no field ${issue.keys.map((key) => `"${key}"`).join(', ')} here.`;
  if (issue.code === 'invalid_type' && valueAt(issue.path, sent) === undefined) return 'This field is missing.';
  if (issue.code === 'invalid_value') return `This must be one of ${issue.values.map(String).join(', ')}.`;
  if (!/^(?:Invalid|Too big|Too small)\b/.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') return `This must be ${KINDS[issue.expected] ?? issue.expected}.`;
  if (issue.code === 'too_big') return bound('At most', issue.maximum, issue.origin);
  if (issue.code === 'too_small') return bound('At least', issue.minimum, issue.origin);
  return 'This is not as it should be.';
};

/** The one gate for what comes in: a handler sees only what a schema let through. */
export function valid<Target extends Part, Schema extends z.ZodType>(target: Target, schema: Schema) {
  return zValidator(target, schema, (result, c) => {
    if (result.success) return;
    const errors = result.error.issues.map((issue) => ({
      field: issue.path.map(String).join('.'),
      message: messageOf(issue as z.core.$ZodIssue, result.data),
    }));
    return problemResponse(c as never, { reason: 'invalid-input', errors });
  });
}

/** For a GET that knows no parameter. What is refused makes no page of its own in the page cache. */
export const noQuery = valid('query', z.strictObject({}));

/** A body is JSON and says so: a form of another site cannot say that without being asked first. */
export const jsonOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  const hasBody = c.req.raw.body !== null;
  const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (hasBody && type !== 'application/json') return problemResponse(c, { reason: 'unsupported-media-type' });
  return next();
};
