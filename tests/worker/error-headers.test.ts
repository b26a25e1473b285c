import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { StoreUnavailable } from '../../src/core/platform/store-unavailable.ts';
import { type Described, ROUTES } from '../../src/reference/described.ts';
import worker from '../../src/worker.ts';
import { type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';

/** The headers of an ordinary answer that keep a browser from doing more with it than it should. */
const SECURITY = [
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'Content-Security-Policy',
  'Strict-Transport-Security',
  'X-Content-Type-Options',
] as const;

const securityOf = (headers: Headers) => Object.fromEntries(SECURITY.map((name) => [name, headers.get(name)]));

let room: Newsroom;
let broken: Newsroom;
let ordinary: Record<string, string | null>;
/** Those of a page for people, whose policy lets its style and its form through. */
let ordinaryPage: typeof ordinary;

const breakDown = (one: Newsroom, error: () => Error): void => {
  Object.assign(one.dependencies, {
    openStores: () => {
      throw error();
    },
  });
};

afterEach(() => {
  vi.restoreAllMocks();
});

beforeAll(async () => {
  room = await openNewsroom();
  broken = await openNewsroom();
  await room.publisher.putArticle();
  ordinary = securityOf((await room.public.thread()).headers);
  ordinaryPage = securityOf((await room.public.commentsPage()).headers);
  expect(Object.values({ ...ordinary, ...ordinaryPage })).not.toContain(null);
});

const addressOf = ({ path }: Described, site: string): string =>
  path.replace('{site}', site).replace(/\{\w+\}/g, 'nowhere');

type Sent = Parameters<Newsroom['request']>;

/** Requests that a route refuses, for one reason each. */
const refusedBy = (described: Described): Sent[] => {
  const { method, route } = described;
  const at = addressOf(described, room.site);
  const body = { rawBody: '{' };
  const headers = room.asOperator;
  return [
    [method, `${at}?nonsense=1`, { headers }],
    [method, at.replace(room.site, 'No-Site'), { headers }],
    [method, `${at}/nowhere`, {}],
    ['PROPFIND', at, {}],
    ...(route.body === undefined
      ? []
      : ([
          [method, at, { headers, ...body }],
          [method, at, { headers: { ...headers, 'Content-Type': 'text/plain' }, ...body }],
          [method, at, { headers: { ...headers, 'Content-Encoding': 'gzip' }, ...body }],
          [method, at, { headers, rawBody: ' '.repeat(300_000) }],
        ] satisfies Sent[])),
  ];
};

test('every refusal of every route has the security headers of an ordinary answer', async () => {
  const seen = new Set<number>();
  for (const described of ROUTES) {
    const answers = await Promise.all(refusedBy(described).map((sent) => room.request(...sent)));
    for (const fault of [() => new Error('broken'), () => new StoreUnavailable('outage', 'gone')]) {
      breakDown(broken, fault);
      const headers = broken.asOperator;
      answers.push(await broken.request(described.method, addressOf(described, broken.site), { headers }));
    }
    for (const { status, headers } of answers.filter((answer) => answer.status >= 400)) {
      const due = headers.get('Content-Type')?.startsWith('text/html') ? ordinaryPage : ordinary;
      expect([described.name, status, securityOf(headers)]).toEqual([described.name, status, due]);
      seen.add(status);
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining([400, 401, 403, 404, 405, 413, 415, 500, 503]));
});

test.each(ROUTES)('$name of a deployment that is not set up has them, too', async ({ method, path }) => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  for (const Accept of ['application/json', 'text/html']) {
    const request = new Request(`${ORIGIN}${path}`, { method, headers: { Accept } }) as never;
    const { headers } = await worker.fetch(request, { ...env, SECRET: undefined } as never, createExecutionContext());
    const policy = headers.get('Content-Security-Policy');
    expect(policy).toContain(ordinary['Content-Security-Policy']);
    expect({ ...securityOf(headers), 'Content-Security-Policy': null }).toEqual({
      ...ordinary,
      'Content-Security-Policy': null,
    });
  }
});
