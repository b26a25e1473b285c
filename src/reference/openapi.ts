// The OpenAPI document, made from the operations and the contract's own schemas when the assets are built.
import * as z from 'zod';
import { IdempotencyKey } from '../contract/comment.ts';
import { ProblemDocument } from '../contract/problem.ts';
import type { MediaType, OpenApiDocument, OperationObject, Parameter, ResponseObject } from './operations/document.ts';
import { problem } from './operations/examples.ts';
import { componentsOf, type SchemaObject } from './operations/json-schema.ts';
import type { Answer, Operation, RequestHeader } from './operations/operation.ts';
import { type Audience, OPERATIONS, PROBLEMS, type ProblemReason, problemsOf, TAGS } from './operations.ts';

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

const SECURITY: Readonly<Record<Audience, string | null>> = {
  anyone: null,
  reader: 'guestKey',
  publisher: 'apiKey',
  moderator: 'session',
  admin: 'session',
  operator: 'operatorKey',
};

const SECURITY_SCHEMES = {
  guestKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      'Made once by a reader’s browser and kept there: 32 random bytes in base64url, 43 characters. It is all that a guest is.',
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      'For the publisher’s content system. It begins with `bl_` and the site’s id; an admin or the operator makes it.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-belowline-{site}',
    description:
      'Set by signing in; `{site}` is the site’s id. What changes something must also carry an `Origin` that is this server’s own.',
  },
  operatorKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'Set with the deployment. It manages sites and teams; it decides on no comment.',
  },
} as const;

const text: SchemaObject = { type: 'string' };

const REQUEST_HEADERS: Readonly<Record<RequestHeader, Omit<Parameter, 'schema'> & { schema: z.ZodType }>> = {
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Made once for each new comment and sent again with its retries.',
    schema: IdempotencyKey,
    example: '7d1f2a60-3b1e-4f0c',
  },
  'Belowline-Bookmark': {
    name: 'Belowline-Bookmark',
    in: 'header',
    required: false,
    description: 'From the answer to a write: this read then sees at least that write.',
    schema: z.string().regex(/^[0-9a-f-]{8,200}$/),
  },
  'If-None-Match': {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The `ETag` of an earlier answer: if nothing has changed, the answer is an empty 304.',
    schema: z.string(),
  },
};

const HEADERS = {
  ETag: { description: 'The version of the answer, for `If-None-Match`.', schema: text },
  'Belowline-Stale': {
    description: 'There, as `1`, when the database does not answer and this is the last known page.',
    schema: text,
  },
  Location: { description: 'Where the comment is.', schema: text },
  'Belowline-Bookmark': { description: 'Send it with the next read, which then sees this write.', schema: text },
  'Set-Cookie': { description: 'The session cookie: `__Host-`, HttpOnly, Secure, SameSite=Strict.', schema: text },
  'X-Request-Id': {
    description: 'On every answer that is not from a cache. It finds the request in the log.',
    schema: text,
  },
  'Retry-After': { description: 'Seconds until the next try is allowed.', schema: { type: 'integer' } },
  RateLimit: { description: 'What is left (`r`) and in how many seconds there is more (`t`).', schema: text },
  'RateLimit-Policy': { description: 'How many (`q`) are allowed in how many seconds (`w`).', schema: text },
} satisfies Record<string, { description: string; schema: SchemaObject }>;

type HeaderName = keyof typeof HEADERS;

const headerRefs = (names: readonly HeaderName[]) =>
  Object.fromEntries(['X-Request-Id' as const, ...names].map((name) => [name, ref('headers', name)]));

const WAIT_HEADERS: Readonly<Record<number, readonly HeaderName[]>> = {
  429: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
  503: ['Retry-After'],
};

const statusOf = (reason: ProblemReason): number => PROBLEMS[reason].status;

/** One answer a status, shared by all operations; which reasons it can have stands with each. */
const problemResponses = (schema: SchemaObject): Record<string, ResponseObject> => {
  const reasons = Object.keys(PROBLEMS) as ProblemReason[];
  const statuses = [...new Set(reasons.map(statusOf))];
  return Object.fromEntries(
    statuses.map((status) => {
      const here = reasons.filter((reason) => statusOf(reason) === status);
      const content = { 'application/problem+json': { schema, ...(status === 429 && { example: problem }) } };
      const headers = headerRefs(WAIT_HEADERS[status] ?? []);
      return [`Problem${status}`, { description: here.join(', '), headers, content }];
    }),
  );
};

type ToSchema = (schema: z.ZodType, io: 'input' | 'output') => SchemaObject;

const media = (schema: SchemaObject, example: unknown): Record<string, MediaType> => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
});

const toResponse = ({ description, schema, example, headers = [] }: Answer, toSchema: ToSchema): ResponseObject => ({
  description,
  headers: headerRefs(headers),
  ...(schema && { content: media(toSchema(schema, 'output'), example) }),
});

const toParameters = (from: z.ZodObject | undefined, where: 'path' | 'query', toSchema: ToSchema): Parameter[] => {
  if (from === undefined) return [];
  const { properties = {}, required = [] } = toSchema(from, 'input');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema,
  }));
};

const toResponses = (operation: Operation, toSchema: ToSchema): OperationObject['responses'] => {
  const reasons = problemsOf(operation);
  const refused = [...new Set(reasons.map(statusOf))].map((status) => {
    const description = reasons.filter((reason) => statusOf(reason) === status).join(', ');
    return [status, { ...ref('responses', `Problem${status}`), description }] as const;
  });
  const answers = Object.entries(operation.responses).map(
    ([status, answer]) => [status, toResponse(answer, toSchema)] as const,
  );
  return Object.fromEntries([...answers, ...refused]);
};

const toOperation = (operation: Operation, toSchema: ToSchema): OperationObject => {
  const { operationId, tag, summary, description, audience, params, query, headers = [], body } = operation;
  const schemes = [...new Set(audience.map((who) => SECURITY[who]))];
  const parameters = [
    ...toParameters(params, 'path', toSchema),
    ...toParameters(query, 'query', toSchema),
    ...headers.map((name) => ref('parameters', name)),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: schemes.flatMap((name) => (name === null ? [] : [{ [name]: [] }])),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: media(toSchema(body.schema, 'input'), body.example) } }),
    responses: toResponses(operation, toSchema),
    'x-audience': [...audience],
    'x-problems': problemsOf(operation),
    ...(operation.queryExample && { 'x-query-example': operation.queryExample }),
  };
};

const DESCRIPTION = [
  'Comments and moderation for news sites and blogs.',
  'Requests and answers are JSON; a refusal is a problem document (RFC 9457) with a stable `reason`.',
  'Times are RFC 3339 in UTC. Lists are read page by page: send the `next` of an answer as the `cursor` of the next request.',
  'New fields may appear in answers at any time; ignore what you do not know.',
].join('\n\n');

/** The whole API as OpenAPI 3.1. */
export function openApiDocument(version: string): OpenApiDocument {
  const { schemas, toSchema } = componentsOf();
  const problemSchema = toSchema(ProblemDocument, 'output');
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] ??= {};
    (paths[operation.path] ?? {})[operation.method] = toOperation(operation, toSchema);
  }
  const parameters = Object.entries(REQUEST_HEADERS).map(([name, header]) => {
    return [name, { ...header, schema: toSchema(header.schema, 'input') }] as const;
  });
  return {
    openapi: '3.1.1',
    info: {
      title: 'Belowline',
      version,
      summary: 'Comments and moderation for news sites and blogs.',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The server that this document comes from.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({
      name,
      description,
      'x-operations': OPERATIONS.filter(({ tag }) => tag === name).map(({ operationId }) => operationId),
    })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      parameters: Object.fromEntries(parameters),
      headers: HEADERS,
      responses: problemResponses(problemSchema),
      securitySchemes: SECURITY_SCHEMES,
    },
    'x-problems': PROBLEMS,
  };
}
