import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { TableStore } from '../../src/core/backup/table-store.ts';
import { StoreUnavailable } from '../../src/core/platform/store-unavailable.ts';
import { createApp } from '../../src/http/app.ts';
import { createOriginBook } from '../../src/http/cache/origin-book.ts';
import { createPageCache } from '../../src/http/cache/page-cache.ts';
import type { AppContext, AppEnv, Dependencies } from '../../src/http/dependencies.ts';
import { writeCursor } from '../../src/http/gate/cursors.ts';
import { readBody, readHeaders, readParams } from '../../src/http/gate/validation.ts';
import { openHouse } from '../support/memory/house.ts';
import { addressesOf } from '../support/newsroom-addresses.ts';

const ORIGIN = 'https://here.example';
const PUBLIC_URL = 'https://comments.example';
const at = addressesOf('news');
const GUEST_KEY = 'k'.repeat(43);
const COOKIE = '__Host-belowline-news=a-session';

/** The whole API on stores in memory; `starts` has the point that each request's reads start from. */
const openApp = async (given: Partial<Dependencies> = {}) => {
  const { deps, stores } = await openHouse();
  const starts: string[] = [];
  const logged: object[] = [];
  const moderator = { id: 'mara', name: 'Mara', email: 'mara@news.example', role: 'admin', createdAt: 0 } as const;
  const sessionToken = await deps.hashing.token('a-session');
  const dependencies: Dependencies = {
    ...deps,
    publicUrl: PUBLIC_URL,
    isOperatorKey: async (key) => key === 'operator',
    secretMarks: async () => ({}),
    random: () => 0.5,
    receivers: new Map(),
    pages: createPageCache(),
    originBook: createOriginBook(),
    plan: null,
    version: 'unbuilt',
    purger: () => undefined,
    isFullForReaders: () => false,
    openStores: (_, start) => {
      starts.push(start);
      const findBySession = async (_site: string, token: string) => (token === sessionToken ? moderator : null);
      return { ...stores, moderators: { ...stores.moderators, findBySession } as typeof stores.moderators };
    },
    openTables: () => ({}) as TableStore,
    log: (event, facts) => logged.push({ event, ...facts }),
    ...given,
  };
  const app = createApp();
  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body: BodyInit | null = null,
  ) => app.request(`${ORIGIN}${path}`, { method, headers, body, duplex: 'half' } as RequestInit, dependencies);
  return { ask, starts, logged };
};

describe('a credential', () => {
  const [MINE, SETTINGS, QUEUE] = [at.mine(), at.settings, at.queue];
  const session = { Cookie: COOKIE };

  test.each([
    [MINE, { Authorization: `Bearer ${GUEST_KEY}` }, 200],
    [MINE, { Authorization: `bEARER ${GUEST_KEY}` }, 200],
    [MINE, { Authorization: `Basic ${GUEST_KEY}` }, 401],
    [MINE, { Authorization: GUEST_KEY }, 401],
    [MINE, { Authorization: `Bearer ${GUEST_KEY} x` }, 401],
    [MINE, { Authorization: `Bearer ${GUEST_KEY}k` }, 401],
    [MINE, { Authorization: `Bearer ${GUEST_KEY.slice(1)}` }, 401],
    [MINE, { Authorization: `Bearer ${GUEST_KEY.slice(1)}!` }, 401],
    [MINE, { Authorization: 'Bearer ' }, 401],
    [MINE, {}, 401],
    [SETTINGS, { Authorization: 'Bearer operator' }, 200],
    [SETTINGS, { Authorization: 'Bearer another' }, 401],
    [SETTINGS, { Authorization: `Bearer ${GUEST_KEY}` }, 401],
    [SETTINGS, { Authorization: 'Bearer bl_news_unknown' }, 401],
    [SETTINGS, session, 200],
    [SETTINGS, { Cookie: '__Host-belowline-news=another' }, 401],
    [SETTINGS, { Cookie: '__Host-belowline-other=a-session' }, 401],
    [SETTINGS, { Cookie: 'belowline-news=a-session' }, 401],
    [SETTINGS, { ...session, Authorization: 'Bearer operator' }, 401],
    [QUEUE, session, 200],
    [QUEUE, { Authorization: 'Bearer operator' }, 403],
  ])('for %s: %j is answered with %i', async (path, headers, status) => {
    const { ask } = await openApp();
    expect((await ask('GET', path, headers)).status).toBe(status);
  });

  test('that is no key of the site, by its looks, is refused without a query', async () => {
    const { ask, starts } = await openApp();
    for (const token of ['bl_other_key', 'bl_news', 'key']) {
      expect((await ask('GET', SETTINGS, { Authorization: `Bearer ${token}` })).status).toBe(401);
    }
    expect(starts).toEqual([]);
  });

  test.each([
    ['GET', undefined, 200],
    ['HEAD', undefined, 200],
    ['PATCH', undefined, 403],
    ['PATCH', 'https://news.example', 403],
    ['PATCH', 'null', 403],
    ['PATCH', ORIGIN, 200],
    ['PATCH', PUBLIC_URL, 200],
  ])('that a browser adds by itself changes nothing from elsewhere: %s from %s is answered with %i', async (...row) => {
    const [method, origin, status] = row;
    const { ask } = await openApp();
    const headers = { Cookie: COOKIE, 'Content-Type': 'application/json', ...(origin && { Origin: origin }) };
    const answer = await ask(method, SETTINGS, headers, method === 'PATCH' ? '{"maxLinks":1}' : null);
    expect(answer.status).toBe(status);
    if (status === 403) expect(await answer.json()).toMatchObject({ detail: 'This needs a page of this server.' });
  });
});

describe('the reads of a request', () => {
  const uuid = (length: number) => '0123456789abcdef-'.repeat(20).slice(0, length);
  const guest = { Authorization: `Bearer ${GUEST_KEY}` };

  test.each([
    [`DB:${uuid(8)}`, uuid(8)],
    [`DB:${uuid(200)}`, uuid(200)],
    [`DB:${uuid(7)}`, 'first-primary'],
    [`DB:${uuid(201)}`, 'first-primary'],
    [`DB_1:${uuid(8)}`, 'first-primary'],
    [`DB:${uuid(8)} x`, 'first-primary'],
    [`x DB:${uuid(8)}`, 'first-primary'],
    [`DB:${uuid(7)}G`, 'first-primary'],
    [uuid(8), 'first-primary'],
    [undefined, 'first-primary'],
  ])('of one’s own comments, with the bookmark %s, start from %s', async (bookmark, start) => {
    const { ask, starts } = await openApp();
    const headers = { ...guest, ...(bookmark !== undefined && { 'Belowline-Bookmark': bookmark }) };
    expect((await ask('GET', at.mine(), headers)).status).toBe(200);
    expect(starts).toEqual([start]);
  });

  test.each([
    ['GET', at.thread(), {}, 'first-unconstrained'],
    ['HEAD', at.thread(), {}, 'first-unconstrained'],
    ['GET', at.thread(), guest, 'first-unconstrained'],
    ['GET', at.settings, { Cookie: COOKIE }, 'first-primary'],
  ])('%s %s with %j start from %s, whatever the bookmark', async (method, path, headers, start) => {
    const { ask, starts } = await openApp();
    const answer = await ask(method, path, { ...headers, 'Belowline-Bookmark': `DB:${uuid(8)}` });
    expect([answer.status, starts]).toEqual([200, [start]]);
  });
});

test('a new site is looked for on the primary, in its database as in the directory’s', async () => {
  const { deps } = await openHouse();
  const asked: string[] = [];
  const storesIn = deps.storesIn({ database: 'DB' });
  const openStores = (_: object, start: string) => {
    asked.push(start);
    return storesIn;
  };
  const { ask } = await openApp({ openStores });
  const headers = { Authorization: 'Bearer operator', 'Content-Type': 'application/json' };
  const body = JSON.stringify({ id: 'new', name: 'New', origins: [] });
  expect((await ask('POST', at.sites, headers, body)).status).toBe(201);
  expect(asked).toEqual(['first-primary', 'first-primary']);
});

test('a request makes the names of its network once, for today and for yesterday', async () => {
  const { deps, stores } = await openHouse();
  const made: [string, string | null][] = [];
  const network = async (_site: string, address: string, dayKey: string | null) => {
    made.push([address, dayKey]);
    return 'range.block.network';
  };
  const { ask } = await openApp({ hashing: { ...deps.hashing, network }, openStores: () => stores });
  const headers = {
    Authorization: `Bearer ${GUEST_KEY}`,
    'Content-Type': 'application/json',
    'CF-Connecting-IP': '203.0.113.7',
  };
  await ask('PUT', at.vote('1m84ghm4z0000001'), headers, '{"value":1}');
  const { today, yesterday } = await stores.dayKeys.find(deps.clock.now(), deps.ids.token);
  expect(made).toEqual([
    ['203.0.113.7', today],
    ['203.0.113.7', yesterday],
  ]);
});

test('an answer has no bookmark where the store gives none', async () => {
  const { ask } = await openApp();
  const headers = { Authorization: `Bearer ${GUEST_KEY}`, 'Content-Type': 'application/json' };
  const posted = await ask('POST', at.comments(), headers, JSON.stringify({ body: 'Hello.', authorName: 'Ada' }));
  expect([posted.ok, posted.headers.get('Belowline-Bookmark')]).toEqual([true, null]);
});

describe('a fault', () => {
  const failWith = async (error: Error) => {
    const { deps } = await openHouse();
    const placeOf = () => Promise.reject(error);
    const { ask, logged } = await openApp({ directory: { ...deps.directory, placeOf } });
    const answer = await ask('GET', at.articles);
    return { status: answer.status, retryAfter: answer.headers.get('Retry-After'), logged };
  };

  /** The line of a fault in a request for the list of articles. */
  const lineOf = (event: string, status: number, error: string, message: string) => ({
    event,
    requestId: expect.any(String),
    method: 'GET',
    route: 'GET /v1/sites/{site}/articles',
    site: 'news',
    status,
    error,
    stack: expect.stringMatching(/^tests\/node\/gate\.test\.ts:\d+:\d+(?: < \S+:\d+:\d+){0,7}$/),
    message,
  });
  const named = (name: string, message = 'said') => Object.assign(new Error(message), { name });

  test.each([
    ['Error', 'said'],
    ['StatementRefused', 'said'],
    ['TypeError', ''],
    ['', ''],
  ])('of the name "%s" is a defect of ours, with "%s" in its line', async (name, message) => {
    expect(await failWith(named(name))).toEqual({
      status: 500,
      retryAfter: null,
      logged: [lineOf('request-failed', 500, name, message)],
    });
  });

  test.each([
    ['outage', '5', 'store-unavailable'],
    ['late', '5', 'store-late'],
    ['overloaded', '30', 'store-overloaded'],
    ['full', '3600', 'store-full'],
  ] as const)('of the database, %s, is answered with when to come back (%s) and a line: %s', async (...row) => {
    const [fault, retryAfter, event] = row;
    const error = 'StoreUnavailable';
    expect(await failWith(new StoreUnavailable(fault, 'said'))).toEqual({
      status: 503,
      retryAfter,
      logged: [lineOf(event, 503, error, 'said')],
    });
  });

  test.each([
    ['2026-11-29T00:00:00.000Z', '86400'],
    ['2026-11-29T18:00:00.500Z', '21600'],
    ['2026-11-29T23:59:59.001Z', '1'],
  ])('of a spent quota at %s ends at midnight UTC, in %s seconds', async (time, retryAfter) => {
    const { deps } = await openHouse();
    const placeOf = () => Promise.reject(new StoreUnavailable('quota', 'said'));
    const clock = { now: () => Date.parse(time) };
    const { ask, logged } = await openApp({ clock, directory: { ...deps.directory, placeOf } });
    const answer = await ask('GET', at.articles);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, retryAfter]);
    expect(logged).toMatchObject([{ event: 'store-quota-spent' }]);
  });

  test('of a request for no site has none in its line, whatever stands in the address; for no route there is none', async () => {
    const logged: object[] = [];
    const placeOf = () => Promise.reject(new Error('gone'));
    const { deps } = await openHouse();
    const log = (_: string, facts: object) => logged.push(facts);
    const { ask } = await openApp({ directory: { ...deps.directory, placeOf }, log });
    await ask('GET', '/v1/sites/ada@news.example/articles');
    const broken = new ReadableStream({ start: (body) => body.error(new Error('gone')) });
    // A body that no route asks for is not read.
    expect((await ask('POST', '/v1/ada@news.example', { 'Content-Type': 'application/json' }, broken)).status).toBe(
      404,
    );
    expect(logged).toMatchObject([{ site: null, route: 'GET /v1/sites/{site}/articles' }]);
    expect(JSON.stringify(logged)).not.toContain('ada@');
  });

  test('of the directory is none of a route that belongs to no site', async () => {
    const { deps } = await openHouse();
    const placeOf = () => Promise.reject(new Error('gone'));
    const { ask } = await openApp({ directory: { ...deps.directory, placeOf } });
    expect((await ask('GET', '/v1/health')).status).toBe(200);
  });

  test('of the connection, while a body is read, is no fault of its JSON', async () => {
    const { ask, logged } = await openApp();
    const breaksOff = new ReadableStream({ start: (body) => body.error(new TypeError('gone')) });
    const headers = { 'Content-Type': 'application/json', 'Content-Length': '12' };
    expect((await ask('POST', at.preview, headers, breaksOff)).status).toBe(500);
    expect(logged).toMatchObject([{ event: 'request-failed', error: 'TypeError' }]);
  });

  test('is logged with no more than 200 characters of its message', async () => {
    const { logged } = await failWith(named('Error', 'x'.repeat(201)));
    expect(logged).toMatchObject([{ message: 'x'.repeat(200) }]);
  });
});

const EXPOSED = 'Age,Date,ETag,Belowline-Stale,Retry-After,RateLimit,RateLimit-Policy,Belowline-Bookmark,X-Request-Id';

test('every answer has the headers of all, and no others', async () => {
  const { ask } = await openApp();
  expect(Object.fromEntries((await ask('GET', '/v1/health')).headers)).toEqual({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': EXPOSED,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'content-type': 'application/json',
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('a preflight is answered for a day with every method and every header that a page may send', async () => {
  const { ask } = await openApp();
  const headers = { Origin: 'https://news.example', 'Access-Control-Request-Method': 'POST' };
  const answer = await ask('OPTIONS', at.comments(), headers);
  expect([answer.status, Object.fromEntries(answer.headers)]).toEqual([
    204,
    expect.objectContaining({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE',
      'access-control-allow-headers':
        'Authorization,Content-Type,Idempotency-Key,If-Match,If-None-Match,Belowline-Bookmark',
      'access-control-max-age': '86400',
    }),
  ]);
});

describe('what comes in', () => {
  const Sent = z.strictObject({
    text: z.optional(z.string().check(z.minLength(2), z.maxLength(3))),
    letters: z.optional(z.string().check(z.regex(/^[a-z]+$/, 'Letters alone.'))),
    pattern: z.optional(z.string().check(z.regex(/^x$/))),
    oneself: z.optional(z.string().check(z.maxLength(0, 'Not Invalid, not Too big.'))),
    number: z.optional(z.number().check(z.minimum(1), z.maximum(10_000))),
    whole: z.optional(z.int()),
    yes: z.optional(z.boolean()),
    list: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(1_000))),
    inner: z.optional(z.strictObject({ name: z.string() })),
    one: z.optional(z.enum(['a', 'b'])),
    map: z.optional(z.map(z.string(), z.string())),
  });

  const readJson = (c: AppContext, schema: z.ZodMiniObject | undefined) => readBody(c, schema ? { body: schema } : {});
  const readWith = async (
    read: typeof readJson | typeof readHeaders,
    init: RequestInit,
    schema: z.ZodMiniObject | null = Sent,
  ) => {
    let result: unknown;
    const app = new Hono<AppEnv>().all('/:text', async (c) => {
      result = await read(c, schema ?? undefined);
      return c.body(null);
    });
    await app.request('/abcd', init);
    return result;
  };
  const invalid = (...errors: { field: string; message: string }[]) => ({
    ok: false,
    problem: { reason: 'invalid-input', errors },
  });

  test.each([
    [{ text: 'a' }, 'text', 'At least 2 characters.'],
    [{ text: 'abcd' }, 'text', 'At most 3 characters.'],
    [{ text: 1 }, 'text', 'This must be text.'],
    [{ text: null }, 'text', 'This must be text.'],
    [{ letters: 'A' }, 'letters', 'Letters alone.'],
    [{ pattern: 'y' }, 'pattern', 'This value is not allowed here.'],
    [{ oneself: 'a' }, 'oneself', 'Not Invalid, not Too big.'],
    [{ number: 0 }, 'number', 'At least 1.'],
    [{ number: 10_001 }, 'number', 'At most 10,000.'],
    [{ number: '1' }, 'number', 'This must be a number.'],
    [{ whole: 1.5 }, 'whole', 'This must be a whole number.'],
    [{ yes: 1 }, 'yes', 'This must be true or false.'],
    [{ list: [] }, 'list', 'At least 1 entries.'],
    [{ list: Array(1_001).fill('') }, 'list', 'At most 1,000 entries.'],
    [{ list: 'a' }, 'list', 'This must be a list.'],
    [{ list: ['a', 1] }, 'list.1', 'This must be text.'],
    [{ inner: 1 }, 'inner', 'This must be an object.'],
    [{ inner: {} }, 'inner.name', 'This field is missing.'],
    [{ map: 1 }, 'map', 'This must be map.'],
    [{ one: 'c' }, 'one', 'This must be one of a, b.'],
    [{ x: 1, y: 2 }, '', 'There is no field "x", "y" here.'],
    [{ x: 1, y: 2, z: 3 }, '', 'There is no field "x", "y", "z" here.'],
    [{ x: 1, y: 2, z: 3, v: 4 }, '', 'There is no field "x", "y", "z" and 1 more here.'],
    [{ ['x'.repeat(41)]: 1 }, '', `There is no field "${'x'.repeat(40)}" here.`],
    [[], '', 'This must be an object.'],
  ])('is told what is wrong with it in a plain sentence: %j', async (body, field, message) => {
    const sent = { method: 'POST', body: JSON.stringify(body) };
    expect(await readWith(readJson, sent)).toEqual(invalid({ field, message }));
  });

  test('is told its first twenty faults, and how many more there are', async () => {
    const told = async (faults: number) => {
      const sent = { method: 'POST', body: JSON.stringify({ list: Array(faults).fill(1) }) };
      const { problem } = (await readWith(readJson, sent)) as { problem: { errors: { message: string }[] } };
      return problem.errors.map(({ message }) => message);
    };
    const twenty = Array(20).fill('This must be text.');
    expect(await told(20)).toEqual(twenty);
    expect(await told(21)).toEqual([...twenty, 'And 1 more.']);
    expect(await told(900)).toEqual([...twenty, 'And 880 more.']);
  });

  test('that is no JSON is told so; what has no body is an empty one', async () => {
    const broken = await readWith(readJson, { method: 'POST', body: '{' });
    expect(broken).toEqual(invalid({ field: '', message: 'This is not well-formed JSON.' }));
    expect(await readWith(readJson, { method: 'POST' })).toEqual({ ok: true, value: {} });
    const none = { method: 'POST', body: '{', headers: { 'Content-Length': '0' } };
    expect(await readWith(readJson, none)).toEqual({ ok: true, value: {} });
  });

  test('is not looked at where no route asks for it', async () => {
    const broken = { method: 'DELETE', body: '{' };
    expect(await readWith(readJson, broken, null)).toEqual({ ok: true, value: undefined });
    const { ask } = await openApp();
    const json = { 'Content-Type': 'application/json' };
    expect((await ask('POST', `${at.preview}?x=1`, json, '{"body":"x"}')).status).toBe(200);
  });

  test('in the address and in the headers is read as well', async () => {
    expect(await readWith(readParams, {})).toEqual(invalid({ field: 'text', message: 'At most 3 characters.' }));
    const Headers = z.object({ text: z.string().check(z.maxLength(3)) });
    const read = (text: string) => readWith(readHeaders, { headers: { Text: text } }, Headers);
    expect(await read('abcd')).toEqual(invalid({ field: 'text', message: 'At most 3 characters.' }));
    expect(await read('abc')).toEqual({ ok: true, value: { text: 'abc' } });
  });
});

describe('a cursor', () => {
  const operator = { Authorization: 'Bearer operator' };
  const id = '1m84ghm4z0000001';
  const comment = `/v1/sites/news/articles/ferry/comments/${id}`;
  const LISTS: [
    list: string,
    path: string,
    headers: Record<string, string>,
    scope: string[],
    position: (string | number)[],
  ][] = [
    ['a thread', '/v1/sites/news/articles/ferry/thread?sort=top', {}, ['thread', 'news', 'ferry', 'top'], [id, 1]],
    [
      'a thread by time',
      '/v1/sites/news/articles/ferry/thread?sort=newest',
      {},
      ['thread', 'news', 'ferry', 'newest'],
      [id],
    ],
    ['replies', `${comment}/replies?limit=5`, {}, ['replies', 'news', id], [id]],
    ['articles', '/v1/sites/news/articles?sort=newest', {}, ['articles', 'news', 'site', '', 'newest'], [1, 'ferry']],
    [
      'a topic',
      '/v1/sites/news/articles?topic=a&sort=newest',
      {},
      ['articles', 'news', 'topic', 'a', 'newest'],
      [1, 'b'],
    ],
    ['the log', '/v1/sites/news/log?limit=5', operator, ['log', 'news', 'null', ''], [id, 'key', 'a', 'key.created']],
    ['a queue', '/v1/sites/news/queue?list=spam', { Cookie: COOKIE }, ['queue', 'news', 'spam', 'oldest'], [id]],
  ];

  test.each(LISTS)('of %s that was kept from before is good there, and for no other list', async (list, ...own) => {
    const { ask } = await openApp();
    const cursor = writeCursor(own[2], own[3]);
    for (const [other, path, headers] of LISTS) {
      const isRefused = (await ask('GET', `${path}&cursor=${cursor}`, headers)).status === 400;
      expect(isRefused, other).toBe(other !== list);
    }
  });

  test.each(['newest', 'oldest'])(
    'of a thread in the order of time, %s, has no score, which would give one page many addresses',
    async (sort) => {
      const { ask } = await openApp();
      const at = (position: (string | number)[]) =>
        ask(
          'GET',
          `/v1/sites/news/articles/ferry/thread?sort=${sort}&cursor=${writeCursor(['thread', 'news', 'ferry', sort], position)}`,
        );
      expect([(await at([id])).status, (await at([id, 0])).status, (await at([id, 1])).status]).toEqual([
        200, 400, 400,
      ]);
    },
  );
});
