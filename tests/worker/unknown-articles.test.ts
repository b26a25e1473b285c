import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import { createPublicCache } from '../../src/http/cache/public-cache.ts';
import { publicAddressOf } from '../../src/http/cache/public-read.ts';
import { type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';

const { count } = LIMITS.unknownByNetwork;
const HOME = '198.51.100.7';
const NOTHING = { roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 0 };

const threadOf = ({ site }: Newsroom, article: string) => `/v1/sites/${site}/articles/${article}/thread`;

/** The app behind its page cache. */
const openRoom = async (...parts: Parameters<typeof openNewsroom>) => {
  const room = await openNewsroom(...parts);
  await room.publisher.putArticle();
  const fromCache = createPublicCache(room.dependencies, async (request) => room.app.fetch(request, room.dependencies));
  const get = async (path: string, network = HOME): Promise<Response> => {
    const request = new Request(`${ORIGIN}${path}`, { headers: { 'CF-Connecting-IP': network } });
    return fromCache(request, publicAddressOf(request) ?? '', () => undefined);
  };
  let invented = 0;
  const readUnknown = (network = HOME): Promise<Response> => {
    invented += 1;
    return get(threadOf(room, `invented-${invented}`), network);
  };
  const statuses = async (reads: number, read: (n: number) => Promise<Response>): Promise<number[]> => {
    const answers = await Promise.all(Array.from({ length: reads }, (_, n) => read(n)));
    return answers.map(({ status }) => status);
  };
  /** Uses up what the network may read of what is not there. */
  const spend = async (reads: number = count) => {
    expect(new Set(await statuses(reads, () => readUnknown())).has(429)).toBe(false);
  };
  return { room, get, readUnknown, statuses, spend };
};

const settings = { moderation: 'post' };

describe('reads of articles that are not there', () => {
  test.each(['register', 'refuse'])(
    `are ${count} a minute from one network, to the last of any number at once, where the site would %s them`,
    async (unknownArticles) => {
      const { statuses, readUnknown } = await openRoom({ ...settings, unknownArticles });
      const answers = await statuses(count + 200, () => readUnknown());
      expect(answers.filter((status) => status === 429)).toHaveLength(200);
      expect(answers.filter((status) => status === (unknownArticles === 'refuse' ? 404 : 200))).toHaveLength(count);
    },
  );

  test('say when the next is allowed, and cost neither D1 nor KV until then', async () => {
    const { room, spend, readUnknown } = await openRoom(settings);
    await spend();
    room.clock.tick(20);
    room.meter.take();
    const refused = await readUnknown();
    expect(room.meter.take()).toEqual(NOTHING);
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '40',
      ratelimit: '"unknown-article";r=0;t=40',
      'ratelimit-policy': `"unknown-article";q=${count};w=60`,
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    expect(await refused.json()).toMatchObject({
      reason: 'rate-limited',
      detail: 'Too many pages without comments were asked for from your network. Try again in 40 seconds.',
    });
    room.clock.tick(39.999);
    expect((await readUnknown()).status).toBe(429);
    room.clock.tick(0.001);
    expect((await readUnknown()).status).toBe(200);
  });

  test('are of one range when they come from many networks', async () => {
    const { statuses, readUnknown } = await openRoom(settings);
    const { count: ofRange } = LIMITS.unknownByRange;
    const answers = await statuses(ofRange + 40, (n) => readUnknown(`198.51.100.${n % 200}`));
    expect(answers.filter((status) => status === 429)).toHaveLength(40);
    expect((await readUnknown('198.51.101.1')).status).toBe(200);
  });

  test('are one kind, whatever is asked for under the key', async () => {
    const { room, get, statuses } = await openRoom(settings);
    const under = ['', '/thread', '/comments/1m84ghm4z0000001', '/comments/1m84ghm4z0000001/replies'];
    const answers = await statuses(count + 40, (n) =>
      get(`/v1/sites/${room.site}/articles/never-${n}${under[n % under.length]}`),
    );
    expect(answers.filter((status) => status === 429)).toHaveLength(40);
  });

  test('write nothing', async () => {
    const { room, spend, readUnknown } = await openRoom(settings);
    room.meter.take();
    await spend();
    await readUnknown();
    expect(room.meter.take()).toMatchObject({ rowsWritten: 0, kvOperations: 0 });
  });

  test('that the database did not answer are not counted', async () => {
    const { room, spend, readUnknown, statuses } = await openRoom(settings);
    const { openStores } = room.dependencies;
    room.dependencies.openStores = (...parts) =>
      ({ ...openStores(...parts), threads: { findPage: () => Promise.reject(new Error('away')) } }) as never;
    expect(new Set(await statuses(count, () => readUnknown()))).toEqual(new Set([500]));
    room.dependencies.openStores = openStores;
    await spend();
  });
});

describe('whoever shares the network', () => {
  test('reads the articles that are there, and every page that is kept', async () => {
    const { room, get, spend } = await openRoom(settings);
    const comment = await room.reader().say();
    await get(threadOf(room, 'ferry'));
    await spend(count - 1);
    await get(threadOf(room, 'of-nobody'));
    room.meter.take();
    for (const kept of ['ferry', 'of-nobody']) expect((await get(threadOf(room, kept))).status).toBe(200);
    expect(room.meter.take()).toEqual(NOTHING);
    // Pages that no cache has, of an article that is known.
    const paths = [room.at.thread('ferry'), room.at.article('ferry'), `${room.at.comment(comment.id)}`];
    for (const path of [...paths, `${threadOf(room, 'ferry')}?sort=top`]) expect((await get(path)).status).toBe(200);
    expect(room.meter.take().roundTrips).toBeGreaterThan(0);
  });

  test('gets the page of before where there is one, marked stale', async () => {
    const { room, get, spend } = await openRoom(settings);
    await spend(count - 1);
    await get(threadOf(room, 'of-nobody'));
    room.clock.tick(20);
    room.meter.take();
    for (const _ of ['once', 'again']) {
      const answer = await get(threadOf(room, 'of-nobody'));
      expect([answer.status, answer.headers.get('Belowline-Stale')]).toEqual([200, '1']);
    }
    expect(room.meter.take()).toEqual(NOTHING);
  });

  test('reads everything as soon as the minute is over, and any number of real articles in it', async () => {
    const { room, get, statuses, spend } = await openRoom(settings);
    const keys = Array.from({ length: count + 20 }, (_, n) => `real-${n}`);
    await env.DB.prepare(
      `INSERT INTO articles (site_id, key, url, published_at, created_at, updated_at)
      SELECT ?1, value, '', 0, 0, 0 FROM json_each(?2)`,
    )
      .bind(room.site, JSON.stringify(keys))
      .run();
    for (const key of keys) expect((await get(threadOf(room, key))).status).toBe(200);
    await spend();
    expect(new Set(await statuses(keys.length, (n) => get(`${threadOf(room, keys[n] ?? '')}?sort=top`)))).toEqual(
      new Set([200]),
    );
  });
});

describe('another network', () => {
  test('is not refused for it', async () => {
    const { spend, readUnknown } = await openRoom(settings);
    await spend();
    expect([(await readUnknown()).status, (await readUnknown('203.0.113.7')).status]).toEqual([429, 200]);
  });

  test('gets the page that a refused reader has asked for at the same moment', async () => {
    const { room, get, spend } = await openRoom(settings);
    await spend();
    const asked = [HOME, '203.0.113.7', HOME, '203.0.113.8'].map((network) => get(threadOf(room, 'same'), network));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([429, 200, 200, 200]);
  });
});

test('the binding counts them, too, where one isolate sees but a part: what it says is remembered', async () => {
  const asked: string[] = [];
  const limit = async ({ key }: { key: string }) => {
    asked.push(key);
    return { success: asked.length < 3 };
  };
  const { room, get, readUnknown } = await openRoom(settings, {
    rateLimiters: { 'unknown-article': { network: { limit } } },
  });
  await get(threadOf(room, 'ferry'));
  expect(asked).toEqual([]);
  const answers = [];
  for (let n = 0; n < 5; n += 1) answers.push((await readUnknown()).status);
  // The third was asked for already when the binding said no.
  expect(answers).toEqual([200, 200, 200, 429, 429]);
  expect([asked.length, new Set(asked).size]).toEqual([3, 1]);
  expect(asked[0]).not.toContain(HOME);
});
