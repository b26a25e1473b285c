// The OpenAPI document, made from the routes of the contract and the words about them when the assets are built.
import type * as z from 'zod/mini';
import { ProblemDocument, type ProblemReason } from '../contract/problem.ts';
import type { Method, resources } from '../contract/routes.ts';
import { SECURITY, SECURITY_SCHEMES } from './credentials.ts';
import { type Described, ROUTES } from './described.ts';
import type { MediaType, OpenApiDocument, OperationObject, Parameter, ResponseObject } from './document.ts';
import { exampleOf } from './example-of.ts';
import { problem } from './examples.ts';
import { answerHeaders, HEADERS, type HeaderName, headerName, requestHeaders } from './headers.ts';
import { type Components, componentsOf, type SchemaObject } from './json-schema.ts';
import { PROBLEMS, problemsOf } from './problems.ts';
import { WORDS } from './words.ts';

const TAGS: Readonly<Record<keyof typeof resources, string>> = {
  Articles: 'The things that readers comment on. The publisher’s content system registers them.',
  Threads: 'Reading comments: public, the same for everybody, and cached.',
  Comments: 'The actions of readers: post, edit, vote, report. Readers are guests with a key of their own.',
  Pages: 'The thread as HTML: for readers without script, for search engines, and to put into one’s own pages.',
  Moderation: 'The queue and the decisions on it.',
  Moderators: 'The people who moderate a site, and how they sign in.',
  Sites: 'A site, its settings and its keys.',
  Log: 'A site’s log of what was done, by whom and when, and the check that nobody has changed it.',
  Databases: 'A whole database, table by table: `belowline backup` and `belowline restore` ask here.',
};

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

const headerRefs = (names: readonly HeaderName[]) =>
  Object.fromEntries(['X-Request-Id' as const, ...names].map((name) => [name, ref('headers', name)]));

const WAIT_HEADERS: Readonly<Record<number, readonly HeaderName[]>> = {
  429: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
  503: ['Retry-After'],
};

const statusOf = (reason: ProblemReason): number => PROBLEMS[reason].status;

/** One answer for each status, shared by all operations; each operation lists its own reasons. */
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

const media = (schema: SchemaObject, example: unknown, type = 'application/json'): Record<string, MediaType> => ({
  [type]: { schema, ...(example !== undefined && { example }) },
});

const FORM = 'application/x-www-form-urlencoded';

/** An example made from the schema alone, where that gives a good one. */
const madeExample = (schema: z.ZodMiniType, io: 'input' | 'output', { schemas, toSchema }: Components): unknown => {
  const made = exampleOf(toSchema(schema, io), schemas);
  return schema.safeParse(made).success ? made : undefined;
};

/** The descriptions of answers that have no words of their own. */
const MEANINGS: Readonly<Record<number, string>> = {
  200: 'The answer.',
  201: 'It has been created.',
  202: 'The request is accepted and carried out later.',
  204: 'It has been done.',
};

const toAnswers = ({ name, route }: Described, components: Components): Record<string, ResponseObject> => {
  const words = WORDS[name]?.answers ?? {};
  const isShown = Object.values(words).some((answer) => answer?.example !== undefined);
  const headers = headerRefs(answerHeaders(route));
  const answers = Object.entries(route.answers).map(([status, schema]): [string, ResponseObject] => {
    const { description = MEANINGS[Number(status)] ?? 'The answer.', example } = words[Number(status)] ?? {};
    if (schema === null) return [status, { description, headers }];
    if (route.html)
      return [status, { description, headers, content: media({ type: 'string' }, undefined, 'text/html') }];
    const shown = example ?? (isShown ? undefined : madeExample(schema, 'output', components));
    return [
      status,
      { description, headers, content: media(components.toSchema(schema, 'output'), shown, route.media) },
    ];
  });
  const unchanged = {
    description: 'The version named in `If-None-Match` is still the latest.',
    headers: headerRefs(['ETag']),
  };
  const moved = {
    description: 'The article has another key now: the same is at the address in `Location`.',
    headers: headerRefs(['Location']),
  };
  return {
    ...Object.fromEntries(answers),
    ...(route.etag && { 304: unchanged }),
    ...(route.moves && { 308: moved }),
  };
};

const toParameters = (
  from: z.ZodMiniType | undefined,
  where: 'path' | 'query' | 'header',
  { toSchema }: Components,
): Parameter[] => {
  if (from === undefined) return [];
  const { properties = {}, required = [] } = toSchema(from, 'input');
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema,
  }));
};

const toPathParameters = ({ name, route }: Described, components: Components): Parameter[] =>
  toParameters(route.params, 'path', components).map((parameter) => {
    const example = WORDS[name]?.params?.[parameter.name];
    return { ...parameter, ...(example !== undefined && { example }) };
  });

/** Headers mean the same wherever they are sent, so each stands in the document once. */
const toHeaderParameters = ({ route }: Described, components: Components): Parameter[] =>
  toParameters(requestHeaders(route), 'header', components).map(({ schema, ...parameter }) => {
    const { description, ...rest } = schema;
    return { ...parameter, name: headerName(parameter.name), ...(description && { description }), schema: rest };
  });

/** A refusal on a page for people is a page too. */
const refusalPage = { 'text/html': { schema: { type: 'string' } } } as const;

const toProblems = (described: Described): OperationObject['responses'] => {
  const reasons = problemsOf(described);
  const refused = [...new Set(reasons.map(statusOf))].map((status) => {
    const description = reasons.filter((reason) => statusOf(reason) === status).join(', ');
    const headers = headerRefs(WAIT_HEADERS[status] ?? []);
    const page = { description, headers, content: refusalPage };
    const document = { ...ref('responses', `Problem${status}`), description };
    return [status, described.route.html === 'page' ? page : document] as const;
  });
  return Object.fromEntries(refused);
};

const toOperation = (described: Described, components: Components): OperationObject => {
  const { name, tag, audience, route } = described;
  const { description, query, body = route.body && madeExample(route.body, 'input', components) } = WORDS[name] ?? {};
  const schemes = [...new Set(audience.map((who) => SECURITY[who]))];
  const parameters = [
    ...toPathParameters(described, components),
    ...toParameters(route.query, 'query', components),
    ...toHeaderParameters(described, components).map((parameter) => ref('parameters', parameter.name)),
  ];
  return {
    operationId: name,
    tags: [tag],
    summary: route.summary,
    ...(description && { description }),
    security: schemes.flatMap((scheme) => (scheme === null ? [] : [{ [scheme]: [] }])),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: {
        required: true,
        content: media(components.toSchema(route.body, 'input'), body, route.form ? FORM : undefined),
      },
    }),
    responses: { ...toAnswers(described, components), ...toProblems(described) },
    'x-audience': audience,
    'x-problems': problemsOf(described),
    ...(query && { 'x-query-example': query }),
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
  const components = componentsOf();
  const problemSchema = components.toSchema(ProblemDocument, 'output');
  const paths: OpenApiDocument['paths'] = {};
  for (const described of ROUTES) {
    const { method, path } = described;
    paths[path] = { ...paths[path], [method.toLowerCase() as Lowercase<Method>]: toOperation(described, components) };
  }
  const parameters = ROUTES.flatMap((described) => toHeaderParameters(described, components));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Belowline',
      version,
      summary: 'Comments and moderation for news sites and blogs.',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      {
        url: '/',
        description: 'Where this document stands. Tell a client outside of a browser the address of your deployment.',
      },
    ],
    tags: Object.entries(TAGS).map(([tag, description]) => ({
      name: tag,
      description,
      'x-operations': ROUTES.filter((described) => described.tag === tag).map(({ name }) => name),
    })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      parameters: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter])),
      headers: HEADERS,
      responses: problemResponses(problemSchema),
      securitySchemes: SECURITY_SCHEMES,
    },
    'x-problems': PROBLEMS,
  };
}
