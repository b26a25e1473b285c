import { zValidator } from '@hono/zod-validator';
import type { MiddlewareHandler } from 'hono';
import * as z from 'zod';
import type { AppEnv } from './dependencies.ts';
import { problemResponse } from './problems.ts';

type Part = 'json' | 'query' | 'param' | 'header';

/** Zod's own words for an unknown field or a missing value are for programmers; these are for whoever sent it. */
const messageOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys')
    return `There is no field ${issue.keys.map((key) => `"${key}"`).join(', ')} here.`;
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'This field is missing.' : `This must be ${issue.expected}.`;
  }
  if (issue.code === 'invalid_value') return `This must be one of ${issue.values.map(String).join(', ')}.`;
  return issue.message;
};

/** The one gate for what comes in: a handler sees only what a schema let through. */
export const valid = <Target extends Part, Schema extends z.ZodType>(target: Target, schema: Schema) =>
  zValidator(target, schema, (result, c) => {
    if (result.success) return;
    const errors = result.error.issues.map((issue) => ({
      field: issue.path.map(String).join('.'),
      message: messageOf(issue as z.core.$ZodIssue),
    }));
    return problemResponse(c as never, { reason: 'invalid-input', errors });
  });

/** For a GET that knows no parameter. What is refused makes no page of its own in the page cache. */
export const noQuery = valid('query', z.strictObject({}));

/** A body is JSON and says so: a form of another site cannot say that without being asked first. */
export const jsonOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  const hasBody = c.req.raw.body !== null;
  const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (hasBody && type !== 'application/json') return problemResponse(c, { reason: 'unsupported-media-type' });
  return next();
};
