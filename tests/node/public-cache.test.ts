import fc from 'fast-check';
import { Hono } from 'hono';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ArticleKey } from '../../src/contract/scalars.ts';
import { cleanLine } from '../../src/core/text/clean.ts';
import { articleTag, heldVersions, publicJson, purgeArticles, tagged, versionTag } from '../../src/http/cache/cache.ts';
import { createPageCache } from '../../src/http/cache/page-cache.ts';
import { createPublicCache } from '../../src/http/cache/public-cache.ts';
import { publicAddressOf } from '../../src/http/cache/public-read.ts';
import type { AppEnv, Dependencies } from '../../src/http/dependencies.ts';

const ADDRESS = 'https://comments.example/v1/page';
const TAG = articleTag('demo', 'ferry');

/** A time at which whoever waits goes on; it passes when everybody waits. */
const createTime = () => {
  let now = 1_000_000;
  const waiting: { until: number; goOn: () => void }[] = [];
  return {
    now: () => now,
    pass: (millis: number) => {
      now += millis;
    },
    wait: (millis: number) =>
      new Promise<void>((goOn) => {
        waiting.push({ until: now + millis, goOn });
      }),
    /** Lets the time pass up to then, one who waits after the other. */
    async until(at: number) {
      for (;;) {
        await new Promise((settled) => setImmediate(settled));
        waiting.sort((one, other) => one.until - other.until);
        if (waiting[0] === undefined || waiting[0].until > at) break;
        const next = waiting.shift();
        now = Math.max(now, next?.until ?? 0);
        next?.goOn();
      }
      now = at;
    },
  };
};

/** An app whose answers the test makes, behind the page cache. */
const openCache = () => {
  const time = createTime();
  vi.stubGlobal('scheduler', { wait: time.wait });
  const pages = createPageCache();
  const asked: Request[] = [];
  const background: Promise<unknown>[] = [];
  const given = { pages, clock: { now: time.now } };
  let answerNext: (request: Request) => Promise<Response> = () => page('first');
  const answer = (request: Request): Promise<Response> => {
    asked.push(request);
    return answerNext(request);
  };
  const fromCache = createPublicCache(given, answer);
  return {
    time,
    pages,
    asked,
    background,
    answersWith: (next: (request: Request) => Promise<Response>) => (answerNext = next),
    get: async (headers: Record<string, string> = {}, more: object = {}) =>
      fromCache(Object.assign(new Request(ADDRESS, { headers }), more), ADDRESS, (work) => background.push(work)),
  };
};

/** The public answer of an app. */
const page = async (text: string, etag = `"${text}"`): Promise<Response> => {
  const app = new Hono<AppEnv>().get('*', (c) => {
    c.header('ETag', etag);
    c.header('X-Request-Id', 'of the first');
    return publicJson(c, TAG, text);
  });
  return app.request(ADDRESS);
};

const refusal = (status: number) => async () =>
  new Response(status === 304 ? null : `refused: ${status}`, { status, headers: { 'X-Of': 'the refusal' } });

/** An answer that comes when the test says so. */
const held = () => {
  let come: (response: Response) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const coming = new Promise<Response>((resolve, reject) => {
    come = resolve;
    fail = reject;
  });
  return { coming: () => coming, come: (response: Response) => come(response), fail: () => fail(new Error('gone')) };
};

afterEach(() => {
  vi.unstubAllGlobals();
});

const ORIGIN = 'https://comments.example';

describe('the address of a public page', () => {
  const addressOf = (path: string, method = 'GET') => publicAddressOf({ method, url: new URL(path, ORIGIN).href });
  const thread = '/v1/sites/demo/articles/ferry/thread';
  const page = `${ORIGIN}${thread}`;

  test.each([
    thread,
    `${thread}?`,
    `${thread}?&&`,
    `${thread}?limit=20`,
    `${thread}?sort=newest&limit=20`,
    `${thread}?limit=20&sort=newest`,
    `${thread}?%6Cimit=%32%30`,
    `${thread}?limit=20&&sort=newest&`,
    `${thread}#comments`,
    '/v1/sites/demo/articles/%66erry/thread',
    '/v1/sites/d%65mo/articles/ferry/thread',
    '/v1/sites/x/../demo/articles/ferry/thread',
  ])('is one, however it is spelled: %s', (path) => {
    expect([addressOf(path), addressOf(path, 'HEAD')]).toEqual([page, page]);
  });

  test.each([
    ['/v1/sites/demo/articles/caf%C3%A9/thread', '/v1/sites/demo/articles/cafe%CC%81/thread'],
    ['/v1/sites/demo/articles/a%2Fb/thread', '/v1/sites/demo/articles/a%2fb/thread'],
    ['/v1/sites/demo/counts?key=a&key=b', '/v1/sites/demo/counts?key=b&key=a&key=b'],
    ['/v1/sites/demo/articles?section=World%20News', '/v1/sites/demo/articles?section=World+News&limit=20'],
    ['/v1/sites/demo/most-commented?topic=Ice%20age', '/v1/sites/demo/most-commented?topic=%20Ice%09%0Aage%00'],
    ['/v1/sites/demo/comments?author=Zo%C3%AB', '/v1/sites/demo/comments?author=Zoe%CC%88%E2%80%8B%EF%BB%BF'],
    ['/v1/sites/demo/most-commented', '/v1/sites/demo/most-commented?limit=10&hours=24'],
  ])('is the same for %s and %s', (one, other) => {
    expect(addressOf(one)).not.toBeNull();
    expect(addressOf(one)).toBe(addressOf(other));
  });

  test.each([
    `${thread}?limit=020`,
    `${thread}?limit=0x14`,
    `${thread}?limit=20&limit=20`,
    `${thread}?limit=51`,
    `${thread}?sort=best`,
    `${thread}?nonsense=1`,
    `${thread}?cursor=a%20b`,
    `${thread}/`,
    '/v1/sites/demo/articles/%FF/thread',
    '/v1/sites/demo/articles/a%E2%80%8Bb/thread',
    '/v1/sites/Demo/articles/ferry/thread',
    '/v1/sites/demo/articles/ferry/mine',
    '/v1/sites/demo/queue',
    '/v1/health',
    '/',
  ])('is none where there is no such page: %s', (path) => {
    expect(addressOf(path)).toBeNull();
  });

  test('is none of a request that changes something', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect(addressOf(thread, method)).toBeNull();
  });

  test('is its own address, and tells any two pages apart', () => {
    const key = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
      .filter((one) => ArticleKey.safeParse(one).success);
    const asked = fc.record({ key, sort: fc.constantFrom('newest', 'top'), limit: fc.integer({ min: 1, max: 50 }) });
    const spell = ({ key: article, sort, limit }: { key: string; sort: string; limit: number }) =>
      addressOf(`/v1/sites/demo/articles/${encodeURIComponent(article)}/thread?limit=${limit}&sort=${sort}`);
    fc.assert(
      fc.property(asked, asked, (one, other) => {
        const address = spell(one);
        expect(address && publicAddressOf({ method: 'GET', url: address })).toBe(address);
        const isSame =
          one.key.normalize() === other.key.normalize() && one.sort === other.sort && one.limit === other.limit;
        expect(address === spell(other)).toBe(isSame);
      }),
    );
  });
});

describe('the address of a list', () => {
  const UNSEEN = [' ', '\t', '\0', '\u00a0', '\u00ad', '\u200b', '\u2060', '\ufeff', '\u2800', '\u3164'];
  const unseen = fc.string({ unit: fc.constantFrom(...UNSEEN), maxLength: 8 });
  const label = fc.string({
    unit: fc.constantFrom('a', 'é', 'S', 'ク', '👍', '-', ' ', 'ش'),
    minLength: 1,
    maxLength: 8,
  });
  const LISTS = ['articles?section', 'articles?topic', 'most-commented?author', 'comments?section'];

  const addressOf = (list: string, spelling: string) =>
    publicAddressOf({ method: 'GET', url: `${ORIGIN}/v1/sites/demo/${list}=${encodeURIComponent(spelling)}` });

  test('is one for all spellings of its label, and another for any other label', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LISTS), label, label, unseen, unseen, (list, one, other, before, after) => {
        fc.pre(one.trim() !== '');
        const address = addressOf(list, one);
        const spelling = before + one.normalize('NFD').replaceAll(' ', ` ${before}`) + after;
        expect([address, addressOf(list, spelling)]).toEqual([expect.any(String), address]);
        expect(publicAddressOf({ method: 'GET', url: String(address) })).toBe(address);
        expect(addressOf(list, other) === address).toBe(cleanLine(other) === cleanLine(one));
      }),
    );
  });
});

describe('an answer that is no page', () => {
  test.each([400, 404, 410, 499])('of %i stands for itself, and the copy is gone', async (status) => {
    const { get, time, pages, answersWith } = openCache();
    await get();
    time.pass(15_000);
    answersWith(refusal(status));
    const answer = await get();
    expect([answer.status, answer.headers.get('Belowline-Stale'), answer.headers.get('X-Of')]).toEqual([
      status,
      null,
      'the refusal',
    ]);
    expect(await answer.text()).toBe(`refused: ${status}`);
    expect(pages.find(ADDRESS)).toBeNull();
  });

  test.each([500, 503, 599])('of %i is the copy, where there is one, which stays', async (status) => {
    const { get, time, pages, answersWith } = openCache();
    await get();
    time.pass(15_000);
    answersWith(refusal(status));
    const answer = await get();
    expect([answer.status, answer.headers.get('Belowline-Stale'), await answer.text()]).toEqual([200, '1', '"first"']);
    expect(pages.find(ADDRESS)).not.toBeNull();
  });

  test.each([404, 500, 503])('of %i stands for itself where there is no copy', async (status) => {
    const { get, answersWith, pages } = openCache();
    answersWith(refusal(status));
    const answer = await get();
    expect([answer.status, answer.headers.get('Belowline-Stale')]).toEqual([status, null]);
    expect(pages.find(ADDRESS)).toBeNull();
  });
});

describe('a kept page', () => {
  test.each([
    [0, '0'],
    [999, '0'],
    [1_000, '1'],
    [14_999, '14'],
  ])('of %i milliseconds says its age in whole seconds: %s', async (millis, age) => {
    const { get, time } = openCache();
    await get();
    time.pass(millis);
    const answer = await get();
    expect([answer.headers.get('Age'), answer.headers.get('X-Request-Id')]).toEqual([age, null]);
  });

  test('that is unchanged is young again, and is asked for with its own tag alone', async () => {
    const { get, time, asked, answersWith } = openCache();
    expect((await get({ 'If-None-Match': '"of a reader"' })).headers.get('X-Request-Id')).toBe('of the first');
    time.pass(15_000);
    answersWith(refusal(304));
    const answer = await get();
    expect([answer.status, answer.headers.get('Age'), await answer.text()]).toEqual([200, '0', '"first"']);
    time.pass(14_999);
    expect((await get()).headers.get('Age')).toBe('14');
    expect(asked.map((request) => [...request.headers])).toEqual([[], [['if-none-match', '"first"']]]);
  });

  test.each([
    ['"x"', '"x"', 304],
    ['"x"', ' W/"x" ', 304],
    ['W/"x"', '"other", W/"x"', 304],
    ['W/"x"', '"other","x"', 304],
    ['"x"', '"other"', 200],
    ['"x"', 'x', 200],
    // This tag has in it the mark that a weak one has before it.
    ['"a"', '"W/a"', 200],
  ])('of the tag %s, asked for by whoever holds %s, is a %i', async (etag, holds, status) => {
    const { get, answersWith } = openCache();
    answersWith(() => page('first', etag));
    await get();
    expect((await get({ 'If-None-Match': holds })).status).toBe(status);
  });

  test('is made gzip once, however many ask for it meanwhile', async () => {
    const { get, background } = openCache();
    let zipped = 0;
    const Gzip = CompressionStream;
    class Counted extends Gzip {
      constructor(format: 'gzip') {
        super(format);
        zipped += 1;
      }
    }
    vi.stubGlobal('CompressionStream', Counted);
    await get();
    await Promise.all([get(), get(), get()]);
    await Promise.all(background);
    await get();
    await Promise.all(background);
    expect(zipped).toBe(1);
  });

  test('goes out as gzip to whom the platform says to take it, whatever a server in front has asked for', async () => {
    const { get, background } = openCache();
    await get();
    await get();
    await Promise.all(background);
    const encoding = async (clientAcceptEncoding: string, header: string) =>
      (await get({ 'Accept-Encoding': header }, { cf: { clientAcceptEncoding } })).headers.get('Content-Encoding');
    expect([await encoding('gzip', 'identity'), await encoding('br', 'gzip')]).toEqual(['gzip', null]);
  });
});

describe('whoever comes while a page is being fetched', () => {
  const UP_TO = 5_000;
  const UP_TO_WITH_COPY = 2_000;

  test.each([
    [3_000, 5_000],
    // It looks every five milliseconds from when it came.
    [2_999, 5_004],
  ])('after %i milliseconds waits for the rest of five seconds, then asks anew', async (came, isOver) => {
    const { get, time, asked, answersWith } = openCache();
    const start = time.now();
    answersWith(held().coming);
    void get();
    await time.until(start + came);
    const late = get();
    answersWith(() => page('second'));
    await time.until(start + isOver - 1);
    expect(asked).toHaveLength(1);
    await time.until(start + isOver);
    expect(await (await late).text()).toBe('"second"');
    expect(asked).toHaveLength(2);
  });

  test('is answered as soon as it is there', async () => {
    const { get, time, asked, answersWith } = openCache();
    const start = time.now();
    const { coming, come } = held();
    answersWith(coming);
    const both = [get(), get()];
    await time.until(start + 4_000);
    come(await page('late'));
    await time.until(start + 4_005);
    expect(await Promise.all(both.map(async (one) => (await one).text()))).toEqual(['"late"', '"late"']);
    expect(asked).toHaveLength(1);
  });

  test('is answered with what came, also where that is no page', async () => {
    const { get, time, asked, answersWith } = openCache();
    const { coming, come } = held();
    answersWith(coming);
    const both = [get(), get()];
    come(await refusal(404)());
    await time.until(time.now() + 5);
    expect(await Promise.all(both.map(async (one) => (await one).text()))).toEqual(['refused: 404', 'refused: 404']);
    expect(asked).toHaveLength(1);
  });

  test('has the old copy after two seconds, where there is one, the first as well as those who come later', async () => {
    const { get, time, asked, answersWith } = openCache();
    await get();
    time.pass(15_000);
    answersWith(held().coming);
    const start = time.now();
    const answered: string[] = [];
    const note = (name: string) =>
      get().then(({ headers }) => answered.push(`${name} ${headers.get('Belowline-Stale')}`));
    void note('first');
    await time.until(start + 1_000);
    void note('later');
    await time.until(start + UP_TO_WITH_COPY - 1);
    expect(answered).toEqual([]);
    await time.until(start + UP_TO_WITH_COPY);
    expect(answered.sort()).toEqual(['first 1', 'later 1']);
    expect(asked).toHaveLength(2);
  });

  test('joins the last that was asked, also when an older one comes at last', async () => {
    const { get, time, asked, answersWith } = openCache();
    const start = time.now();
    const [older, newer] = [held(), held()];
    answersWith(older.coming);
    void get().catch(() => undefined);
    await time.until(start + 1);
    answersWith(newer.coming);
    const second = get();
    await time.until(start + UP_TO + 10);
    expect(asked).toHaveLength(2);
    older.fail();
    await time.until(start + UP_TO + 20);
    const third = get();
    await time.until(start + UP_TO + 30);
    expect(asked).toHaveLength(2);
    newer.come(await page('newer'));
    await time.until(start + UP_TO + 40);
    expect([await (await second).text(), await (await third).text()]).toEqual(['"newer"', '"newer"']);
  });

  test('does not lose it when the first who asked has gone: it is seen through, and its fault ends there', async () => {
    const { get, background, answersWith } = openCache();
    answersWith(() => Promise.reject(new Error('gone')));
    await expect(get()).rejects.toThrow('gone');
    expect(await Promise.all(background)).toEqual([undefined]);
  });
});

/** A handler's answer to a request. */
const handled = async <Value>(handler: (c: Parameters<typeof heldVersions>[0]) => Value, headers = {}, given = {}) => {
  let value: Value | undefined;
  const app = new Hono<AppEnv>().get('*', (c) => {
    value = handler(c);
    return c.body(null);
  });
  await app.request(ADDRESS, { headers }, given as Dependencies);
  return value;
};

test.each([
  [versionTag(7), [7]],
  [` ${versionTag(7)} , ${versionTag(12)}`, [7, 12]],
  [`"other", ${versionTag(3)}`, [3]],
  ['W/"0.7"', []],
  ['W/"99.7"', []],
  ['W/"2.7', []],
  ['"2.7"', []],
  ['W/"2"', []],
  ['W/"2.x"', []],
  ['xW/"2.7"', []],
  ['W/"2.7"x', []],
  ['', []],
])('whoever sends the tags %s holds the versions %j', async (tags, versions) => {
  expect(await handled(heldVersions, { 'If-None-Match': tags })).toEqual(versions);
});

test('whoever sends no tag holds no version', async () => {
  expect(await handled(heldVersions)).toEqual([]);
});

test('a purge takes out the pages of its articles and the lists of their site; one of no article takes out none', async () => {
  const pages = createPageCache();
  const kept = (tag: string) => {
    const headers = new Headers({ 'Cache-Tag': encodeURIComponent(tag) });
    pages.insert(tag, { body: '', headers, storedAt: 0, age: null, isOfNothing: false });
  };
  const tags = [articleTag('demo', 'a,b'), articleTag('demo', 'c'), 'site:demo', 'site:other'];
  for (const tag of tags) kept(tag);
  const purge = (keys: string[]) => handled((c) => purgeArticles(c, 'demo', keys), {}, { pages, purger: () => {} });
  await purge([]);
  expect([pages.purges(), tags.filter((tag) => pages.find(tag))]).toEqual([0, tags]);
  await purge(['a,b']);
  expect([pages.purges(), tags.filter((tag) => pages.find(tag))]).toEqual([1, [articleTag('demo', 'c'), 'site:other']]);
});

test('a 304 of an answer that is tagged by its text has every header that a reader elsewhere or a cache needs', async () => {
  const app = new Hono<AppEnv>().get('*', tagged, (c) => {
    c.header('Access-Control-Allow-Origin', '*');
    c.header('Access-Control-Expose-Headers', 'ETag');
    return publicJson(c, TAG, 'text');
  });
  const whole = await app.request(ADDRESS);
  const tag = whole.headers.get('ETag') ?? '';
  expect(tag).toMatch(/^W\/"/);
  const short = await app.request(ADDRESS, { headers: { 'If-None-Match': tag } });
  expect([short.status, await short.text()]).toEqual([304, '']);
  expect(Object.fromEntries(short.headers)).toEqual({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag',
    'cache-control': 'public, max-age=15, s-maxage=15, stale-while-revalidate=300, stale-if-error=86400',
    'cache-tag': encodeURIComponent(TAG),
    'cdn-cache-control': 'public, max-age=15, stale-if-error=86400',
    etag: tag,
    vary: 'Accept-Encoding',
  });
});
