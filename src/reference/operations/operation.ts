import type * as z from 'zod';
import type { ProblemReason } from './problems.ts';

/** Who may call: one of these is enough. An admin may do all that a moderator may. */
export type Audience = 'anyone' | 'reader' | 'publisher' | 'moderator' | 'admin' | 'operator';

export type Tag = 'Articles' | 'Threads' | 'Comments' | 'Moderation' | 'Moderators' | 'Sites';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export type RequestHeader = 'Idempotency-Key' | 'Belowline-Bookmark' | 'If-None-Match';

export type ResponseHeader = 'ETag' | 'Belowline-Stale' | 'Location' | 'Belowline-Bookmark' | 'Set-Cookie';

export interface Answer {
  description: string;
  schema?: z.ZodType;
  example?: unknown;
  headers?: readonly ResponseHeader[];
}

export interface Operation {
  method: Method;
  path: `/v1/${string}`;
  operationId: string;
  tag: Tag;
  summary: string;
  description?: string;
  audience: readonly [Audience, ...Audience[]];
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** A query that a client of this operation would really send. */
  queryExample?: string;
  headers?: readonly RequestHeader[];
  body?: { schema: z.ZodType; example: unknown };
  responses: Readonly<Record<number, Answer>>;
  /** Those of its own; `problemsOf` adds what follows from its shape. */
  problems?: readonly ProblemReason[];
}

/** Every reason an operation can be refused for, in the order in which they are looked for. */
export function problemsOf({ audience, params, query, headers, body, problems = [] }: Operation): ProblemReason[] {
  const isOpen = audience.includes('anyone');
  const reads = params !== undefined || query !== undefined || headers?.includes('Idempotency-Key') === true;
  // Readers are checked where their comment is, and a new site has no team yet whose member could be the wrong one.
  const isForRoles = !isOpen && !audience.includes('reader') && params !== undefined;
  return [
    ...new Set<ProblemReason>([
      ...(body ? (['payload-too-large', 'unsupported-media-type'] as const) : []),
      ...(isOpen ? [] : (['unauthenticated'] as const)),
      ...(isForRoles ? (['forbidden'] as const) : []),
      ...(reads || body ? (['invalid-input'] as const) : []),
      ...problems,
      ...(params || query || body ? (['unavailable', 'internal'] as const) : []),
    ]),
  ];
}
