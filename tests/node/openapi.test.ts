import { globSync, readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod/mini';
import { BodyTree } from '../../src/contract/body.ts';
import type { ProblemReason } from '../../src/contract/problem.ts';
import { resources, routes } from '../../src/contract/routes.ts';
import { SiteId } from '../../src/contract/scalars.ts';
import type { ProblemReason as CoreReason, Problem } from '../../src/core/problem.ts';
import { DEFAULT_SETTINGS } from '../../src/core/site/site.ts';
import { createApp } from '../../src/http/app.ts';
import { problemResponse } from '../../src/http/gate/problems.ts';
import { ROUTES } from '../../src/reference/described.ts';
import { exampleOf } from '../../src/reference/example-of.ts';
import { componentsOf } from '../../src/reference/json-schema.ts';
import { openApiDocument } from '../../src/reference/openapi.ts';
import { referencePage } from '../../src/reference/page/page.ts';
import { PROBLEMS, problemsOf } from '../../src/reference/problems.ts';
import { WORDS } from '../../src/reference/words.ts';

const document = openApiDocument('1.2.3');
const { components } = document;

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Every object of a document with the path to it. */
const walk = (value: Json, path = '#'): [string, { [name: string]: Json }][] => {
  if (value === null || typeof value !== 'object') return [];
  const below = Object.entries(value).flatMap(([name, part]) => walk(part, `${path}/${name}`));
  return Array.isArray(value) ? below : [[path, value], ...below];
};

const everyObject = walk(JSON.parse(JSON.stringify(document)) as Json);

const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('operations', () => {
  test('are the routes of the app, all of them and no others', () => {
    const served = createApp()
      .routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const described = entries.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(described.toSorted()).toEqual([...new Set(served)].toSorted());
    expect(
      Object.values(routes)
        .map(({ at }) => at)
        .toSorted(),
    ).toEqual(described.toSorted());
  });

  test('declare the parameters that stand in their path', () => {
    for (const { path, route } of ROUTES) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(Object.keys(route.params?.shape ?? {}), path).toEqual(names);
    }
  });

  test('belong to one resource each', () => {
    const listed = document.tags.flatMap((tag) => tag['x-operations']);
    expect(listed.toSorted()).toEqual(Object.keys(routes).toSorted());
    expect(document.tags.map(({ name }) => name)).toEqual(Object.keys(resources));
  });

  test.each(ROUTES.map((described) => [described.name, described] as const))(
    'the examples of %s are of its schemas, and there is one of its body and one of its answer',
    (name, { method, path, route }) => {
      const { body, answers = {} } = WORDS[name] ?? {};
      if (body !== undefined) expect(route.body?.safeParse(body)).toMatchObject({ success: true });
      expect(Object.keys(route.answers)).toEqual(expect.arrayContaining(Object.keys(answers)));
      for (const [status, schema] of Object.entries(route.answers)) {
        const { example } = answers[Number(status)] ?? {};
        expect(schema === null && example !== undefined).toBe(false);
        // A schema drops whatever it does not know: an example has nothing of that kind.
        if (schema && example !== undefined) expect(schema.parse(example)).toEqual(example);
      }
      const operation = entries.find(
        (entry) => entry.path === path && entry.method === method.toLowerCase(),
      )?.operation;
      const sent = route.form ? 'application/x-www-form-urlencoded' : 'application/json';
      if (route.body) expect(operation?.requestBody?.content[sent]?.example).toBeDefined();
      const shown = Object.values(operation?.responses ?? {}).flatMap((response) =>
        'content' in response ? Object.values(response.content ?? {}).map(({ example }) => example) : [],
      );
      const hasSchema = !route.html && Object.values(route.answers).some((schema) => schema !== null);
      expect(shown.some((example) => example !== undefined)).toBe(hasSchema);
    },
  );

  test('get an example out of their schema where nobody has written one', () => {
    const schema = z.object({
      name: z.string().check(z.minLength(7)),
      role: z.enum(['moderator', 'admin']),
      mails: z.array(z.email()),
      page: z.url(),
      since: z.iso.datetime(),
      votes: z.int().check(z.minimum(3)),
      body: BodyTree,
      note: z.nullable(z.string()),
      isOpen: z.boolean(),
      is: z.literal(1),
      site: SiteId,
    });
    const { schemas, toSchema } = componentsOf();
    const made = exampleOf(toSchema(schema, 'output'), schemas);
    expect(schema.parse(made)).toEqual(made);
  });

  test('stay out of the Worker', () => {
    const files = globSync('src/{contract,core,http,store,platform,jobs}/**/*.ts').concat(globSync('src/*.ts'));
    expect(files.length).toBeGreaterThan(50);
    const importing = files.filter((file) => /from '[./]*\/reference\//.test(readFileSync(file, 'utf8')));
    expect(importing).toEqual([]);
  });
});

describe('a client that is made from the document', () => {
  const document = openApiDocument('0.0.0');
  const text = JSON.stringify(document);
  const { schemas, securitySchemes } = document.components;

  test('meets no pattern that only some languages read, and no name that is no name', () => {
    expect(text).toContain('"pattern":');
    expect(text).not.toMatch(/"pattern":"[^"]*\\\\[pP]\{/);
    const names = Object.values(securitySchemes).flatMap(({ name }) => name ?? []);
    expect(names.filter((name) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name))).toEqual([]);
    expect(Object.values(securitySchemes).map((scheme) => scheme.in)).not.toContain('cookie');
  });

  test('asks where it got the document, whatever that address is', () => {
    const standing = 'https://comments.example/openapi.json';
    expect(document.servers.map(({ url }) => new URL(url, standing).href)).toEqual(['https://comments.example/']);
  });

  test('may leave out what has a default: of a body’s fields words alone say it', () => {
    const withDefault = everyObject.filter(([path, part]) => 'default' in part && !path.endsWith('/properties'));
    expect(withDefault.map(([path]) => path).filter((path) => !/\/parameters\/\d+\/schema$/.test(path))).toEqual([]);
    const { required, properties } = components.schemas.ArticleInput ?? {};
    expect(required).toEqual(['url', 'headline', 'publishedAt']);
    expect(properties?.topics?.description).toContain('`[]`');
  });

  test('knows each reason and each status by name', () => {
    expect(schemas.ProblemReason?.enum).toEqual(
      expect.arrayContaining(['not-found', 'rate-limited', 'precondition-failed', 'internal']),
    );
    expect(schemas.CommentStatus?.enum).toContain('pending');
    expect(schemas.Problem?.properties?.reason?.$ref).toBe('#/components/schemas/ProblemReason');
    expect(schemas.QueueItem?.properties?.status?.$ref).toBe('#/components/schemas/CommentStatus');
  });
});

describe('problems', () => {
  const samples: { [Reason in CoreReason]: Extract<Problem, { reason: Reason }> } = {
    'invalid-input': { reason: 'invalid-input', errors: [] },
    'not-found': { reason: 'not-found', what: 'site' },
    'article-unknown': { reason: 'article-unknown', registrable: true },
    'commenting-closed': { reason: 'commenting-closed' },
    'parent-gone': { reason: 'parent-gone' },
    'thread-too-deep': { reason: 'thread-too-deep', maxDepth: 1 },
    'comment-too-long': { reason: 'comment-too-long', graphemes: 2, limit: 1 },
    'comment-empty': { reason: 'comment-empty' },
    'repeated-text': { reason: 'repeated-text' },
    banned: { reason: 'banned', until: null },
    'rate-limited': { reason: 'rate-limited', operation: 'vote', limit: 1, windowSeconds: 60, retryAt: 1 },
    unauthenticated: { reason: 'unauthenticated', needs: ['reader'] },
    forbidden: { reason: 'forbidden', needs: ['admin'] },
    'origin-not-registered': { reason: 'origin-not-registered' },
    'edit-window-over': { reason: 'edit-window-over', endedAt: 0 },
    'own-comment': { reason: 'own-comment' },
    'decided-already': { reason: 'decided-already', status: 'spam', decidedBy: null },
    'edited-meanwhile': { reason: 'edited-meanwhile' },
    'edit-not-accepted': { reason: 'edit-not-accepted' },
    'transition-not-allowed': { reason: 'transition-not-allowed', status: 'spam' },
    'idempotency-key-reused': { reason: 'idempotency-key-reused', commentId: null },
    'link-not-valid': { reason: 'link-not-valid' },
    'last-admin': { reason: 'last-admin' },
    'being-removed': { reason: 'being-removed', what: 'article' },
    'precondition-failed': { reason: 'precondition-failed', isThere: true },
    'settings-changed': {
      reason: 'settings-changed',
      site: { id: 'demo', name: 'Demo', origins: [], settings: DEFAULT_SETTINGS, version: 3 },
    },
    'already-exists': { reason: 'already-exists', what: 'site' },
    'payload-too-large': { reason: 'payload-too-large', limitBytes: 1 },
    'unsupported-media-type': { reason: 'unsupported-media-type', what: 'type' },
    'method-not-allowed': { reason: 'method-not-allowed' },
    unavailable: { reason: 'unavailable', retryAfterSeconds: 1 },
    overloaded: { reason: 'overloaded', retryAfterSeconds: 1 },
    'storage-full': { reason: 'storage-full', retryAfterSeconds: 1 },
    'quota-spent': { reason: 'quota-spent', retryAfterSeconds: 1 },
    internal: { reason: 'internal' },
  };

  test('are those of the core, with the status that each is answered with', () => {
    expectTypeOf<ProblemReason>().toEqualTypeOf<CoreReason>();
    const context = {
      env: { clock: { now: () => 0 }, publicUrl: 'https://comments.example' },
      header: () => {},
      get: () => 'id',
      body: (_: string, status: number) => status,
    };
    const statuses = Object.entries(samples).map(([reason, problem]) => [
      reason,
      problemResponse(context as never, problem),
    ]);
    const documented = Object.entries(PROBLEMS).map(([reason, { status }]) => [reason, status]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(statuses));
  });

  test('are all named by some operation, but for the one that answers where there is none', () => {
    const named = new Set(ROUTES.flatMap(problemsOf));
    expect(Object.keys(PROBLEMS).filter((reason) => !named.has(reason as ProblemReason))).toEqual([
      'method-not-allowed',
    ]);
  });
});

describe('the document', () => {
  test('has no reference that leads nowhere', () => {
    const refs = everyObject.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
    expect(refs.length).toBeGreaterThan(200);
    for (const ref of refs) {
      const [hash, ...steps] = ref.split('/');
      expect(hash).toBe('#');
      const target = steps.reduce<unknown>(
        (part, step) => (part as Record<string, unknown> | undefined)?.[step],
        document,
      );
      expect(target, ref).toBeTypeOf('object');
    }
  });

  test('has the parts that OpenAPI 3.1 asks for', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Belowline', version: '1.2.3', license: { identifier: 'MIT' } });
    for (const name of Object.values(components).flatMap(Object.keys)) expect(name).toMatch(/^[a-zA-Z0-9._-]+$/);
    for (const { path, method, operation } of entries) {
      const place = `${method} ${path}`;
      expect(
        operation.tags.every((tag) => document.tags.some(({ name }) => name === tag)),
        place,
      ).toBe(true);
      expect(
        Object.keys(operation.responses).every((status) => /^[1-5]\d\d$/.test(status)),
        place,
      ).toBe(true);
      for (const response of Object.values(operation.responses)) expect(response.description, place).toBeTruthy();
      for (const scheme of operation.security.flatMap(Object.keys))
        expect(components.securitySchemes).toHaveProperty(scheme);
      const declared = (operation.parameters ?? []).flatMap((parameter) => ('$ref' in parameter ? [] : [parameter]));
      const inPath = declared.filter((parameter) => parameter.in === 'path');
      expect(
        inPath.every(({ required }) => required),
        place,
      ).toBe(true);
      expect(
        inPath.map(({ name }) => `{${name}}`),
        place,
      ).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(new Set(declared.map(({ name }) => name)).size, place).toBe(declared.length);
      if (method === 'get' || method === 'delete') expect(operation.requestBody, place).toBeUndefined();
    }
  });

  test('has schemas whose required fields exist and whose keywords JSON Schema knows', () => {
    const known = 'string number integer boolean object array null'.split(' ');
    const schemas = everyObject.filter(([path]) =>
      /\/(schema|schemas\/\w+)$|\/(properties|items|anyOf)\/[^/]+$/.test(path),
    );
    for (const [path, schema] of schemas) {
      if (path.endsWith('/properties')) continue;
      for (const type of [schema.type ?? []].flat()) expect(known, path).toContain(type);
      for (const name of (schema.required ?? []) as string[]) expect(schema.properties, path).toHaveProperty([name]);
      expect(schema, path).not.toHaveProperty('example');
      expect(schema, path).not.toHaveProperty('nullable');
    }
  });
});

describe('the reference page', () => {
  const page = referencePage(document);

  test('has every operation, every reason and the target of every link within it', () => {
    for (const name of Object.keys(routes)) expect(page).toContain(`<section class="operation" id="${name}"`);
    for (const reason of Object.keys(PROBLEMS)) expect(page).toContain(`id="problem-${reason}"`);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/ href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  test('runs under a policy that allows only its own files', () => {
    expect(page).not.toMatch(/<style|<script(?![^>]* src=)| style=| on\w+=|(?:src|href)="(?:https?:)?\/\//);
  });

  test('shows markup in a description as text', () => {
    const hostile = openApiDocument('<img src=x onerror=alert(1)>');
    hostile.tags[0] = { ...hostile.tags[0], description: `<script>"'&` } as (typeof hostile.tags)[number];
    const text = referencePage(hostile);
    expect(text).not.toMatch(/<img src=x|<script>"/);
    expect(text).toContain('&lt;script&gt;&quot;&#39;&amp;');
  });
});
