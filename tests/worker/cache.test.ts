import { env, exports } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/core/platform/store-unavailable.ts';
import type { Place } from '../../src/core/site/directory.ts';
import { createPageCache } from '../../src/http/cache/page-cache.ts';
import { createPublicCache } from '../../src/http/cache/public-cache.ts';
import { publicAddressOf } from '../../src/http/cache/public-read.ts';
import { addressesOf, NEWS, type Newsroom, ORIGIN, openNewsroom } from '../support/newsroom.ts';

/**
 * The app behind its page cache, as worker.ts puts them together; the database can be made to fail.
 * @param isolate whether what the test decides and posts goes through the same isolate or through another one
 */
const openCached = async (
  settings: Record<string, unknown> = { moderation: 'post' },
  isolate: 'same' | 'another' = 'another',
) => {
  const room = await openNewsroom(settings);
  await room.publisher.putArticle();
  let down = false;
  let stalled = false;
  let onItsWay: (response: Response) => Response | Promise<Response> = (response) => response;
  const dependencies = {
    ...room.dependencies,
    pages: isolate === 'same' ? room.dependencies.pages : createPageCache(),
    openStores: (place: Place, start: string) => {
      if (!down) return room.dependencies.openStores(place, start);
      const outage = () => Promise.reject(new StoreUnavailable('outage', 'D1_ERROR'));
      const failing = new Proxy({}, { get: () => outage });
      return {
        ...room.dependencies.openStores(place, start),
        threads: failing,
        articles: failing,
        comments: failing,
      } as never;
    },
    log: () => undefined,
  };
  const answer = async (request: Request) =>
    stalled ? new Promise<Response>(() => undefined) : onItsWay(await room.app.fetch(request, dependencies));
  const fromCache = createPublicCache(dependencies, answer);
  const background: Promise<unknown>[] = [];
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const request = new Request(`${ORIGIN}${path}`, { method, headers });
    const address = publicAddressOf(request);
    return address === null ? answer(request) : fromCache(request, address, (work) => background.push(work));
  };
  return {
    room,
    get,
    settle: () => Promise.all(background),
    fail: (isDown: boolean) => (down = isDown),
    stall: () => (stalled = true),
    /** The next answer has been made when `isMade`, and comes when it is let go. */
    hold: () => {
      let letGo = () => {};
      const isFree = new Promise<void>((free) => {
        letGo = free;
      });
      const isMade = new Promise<void>((made) => {
        onItsWay = (response) => {
          made();
          return isFree.then(() => response);
        };
      });
      return { isMade, letGo: () => letGo() };
    },
  };
};

const texts = async (response: Response) => {
  const { comments } = (await response.json()) as { comments: { body: unknown }[] };
  return JSON.stringify(comments);
};

test('a hit costs no query, up to the last millisecond of 15 seconds; then an unchanged thread costs one row', async () => {
  const { room, get } = await openCached();
  await get(room.at.thread());
  room.meter.take();
  room.clock.now += 14_999;
  const hit = await get(room.at.thread());
  expect(hit.status).toBe(200);
  expect(hit.headers.get('Age')).toBe('14');
  expect(room.meter.take()).toEqual({ roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 0 });

  room.clock.now += 1;
  expect((await get(room.at.thread())).status).toBe(200);
  expect(room.meter.take()).toEqual({ roundTrips: 1, rowsRead: 1, rowsWritten: 0, kvOperations: 0 });
  room.clock.now += 14_999;
  await get(room.at.thread());
  expect(room.meter.take().roundTrips).toBe(0);
});

test('a reader who holds the page gets 304 from the cache', async () => {
  const { room, get } = await openCached();
  const first = await get(room.at.thread());
  room.meter.take();
  const again = await get(room.at.thread(), { 'If-None-Match': first.headers.get('ETag') ?? '' });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
  expect(room.meter.take().roundTrips).toBe(0);
});

const unzipped = async (response: Response): Promise<string> => {
  expect(response.headers.get('Content-Encoding')).toBe('gzip');
  const zipped = new Response(await response.arrayBuffer());
  return new Response(zipped.body?.pipeThrough(new DecompressionStream('gzip'))).text();
};

test('a page that is asked for twice goes out as gzip from then on, to whoever takes that', async () => {
  const { room, get, settle, fail } = await openCached();
  await room.reader().post(`${'A wave is not the water. '.repeat(20)} ⛴️ שלום`);
  const text = await (await get(room.at.thread())).text();
  expect(text).toContain('⛴️ שלום');
  expect(await (await get(room.at.thread(), { 'Accept-Encoding': 'gzip' })).text()).toBe(text);
  await settle();

  const expectBoth = async (what: string) => {
    for (const takes of ['gzip, deflate, br', 'br;q=1, GZIP;q=0.5', 'gzip;q=0.001, identity;q=0']) {
      const answer = await get(room.at.thread(), { 'Accept-Encoding': takes });
      expect(answer.headers.get('Vary'), what).toBe('Accept-Encoding');
      expect(await unzipped(answer), what).toBe(text);
    }
    for (const takes of [undefined, 'identity', 'gzip;q=0', 'gzip; q=0.000, br', 'gzip ;q=0', 'xgzip', 'gzipx']) {
      const answer = await get(room.at.thread(), takes === undefined ? {} : { 'Accept-Encoding': takes });
      expect(answer.headers.get('Content-Encoding'), `${what}, ${takes}`).toBeNull();
      expect(await answer.text(), `${what}, ${takes}`).toBe(text);
    }
    const tag = (await get(room.at.thread())).headers.get('ETag') ?? '';
    const unchanged = await get(room.at.thread(), { 'Accept-Encoding': 'gzip', 'If-None-Match': tag });
    expect([unchanged.status, unchanged.headers.get('Content-Encoding')], what).toEqual([304, null]);
  };
  await expectBoth('fresh');
  room.clock.tick(16);
  await expectBoth('asked for again');
  room.clock.tick(16);
  fail(true);
  await expectBoth('stale');
});

test('200 readers at once of one page that nobody has cached ask the database once', async () => {
  const { room, get } = await openCached();
  await room.reader().post('The comment that went around the world.');
  room.meter.take();
  const answers = await Promise.all(Array.from({ length: 200 }, () => get(room.at.thread())));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
  expect(room.meter.take().roundTrips).toBe(1);
});

const HEALTH = 'https://comments.example/v1/health';

/** A page cache in front of an app whose first answer is what the test says. */
const openAnswering = (first: () => Promise<Response>) => {
  let asked = 0;
  const answer = () => {
    asked += 1;
    return asked === 1 ? first() : scheduler.wait(50).then(() => new Response('an answer'));
  };
  const fromCache = createPublicCache({ clock: { now: () => 0 }, pages: createPageCache() }, answer);
  return {
    get: () => fromCache(new Request(HEALTH), HEALTH, () => undefined),
    asked: () => asked,
  };
};

test('whoever waits for a request that fails asks once more, all of them together', async () => {
  const { get, asked } = openAnswering(() => scheduler.wait(50).then(() => Promise.reject(new Error('gone'))));
  const [first, ...others] = await Promise.allSettled([get(), get(), get(), get()]);
  expect(first?.status).toBe('rejected');
  expect(others.map((other) => other.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  expect(asked()).toBe(2);
});

test('whoever waits for a request that never ends does not wait for ever', async () => {
  const { get, asked } = openAnswering(() => new Promise(() => undefined));
  void get();
  const others = await Promise.all([get(), get()]);
  expect(others.map((other) => other.status)).toEqual([200, 200]);
  expect(asked()).toBe(2);
});

test('a parameter that the address does not know is refused without a query, so it makes no page of its own', async () => {
  const { room, get } = await openCached();
  const paths = [
    room.at.thread(),
    room.at.articles,
    room.at.article(),
    room.at.counts,
    room.at.mostCommented,
    room.at.newestComments,
  ];
  for (const path of paths) {
    room.meter.take();
    const refused = await get(`${path}?key=ferry&utm_source=somewhere`);
    expect([path, refused.status]).toEqual([path, 400]);
    expect(await refused.json()).toMatchObject({
      errors: expect.arrayContaining([{ field: '', message: expect.stringContaining('"utm_source"') }]),
    });
    expect(room.meter.take().roundTrips).toBe(0);
    expect([path, (await get(`${path}?__proto__=x`)).status]).toEqual([path, 400]);
  }
  await get(`${room.at.thread()}?sort=oldest`);
  expect(room.meter.take().roundTrips).toBe(1);
  await get(`${room.at.thread()}?sort=newest`);
  expect(room.meter.take().roundTrips).toBe(1);
});

test('an approval and a rejection are seen by everyone within 15 seconds, and by the author at once', async () => {
  const { room, get } = await openCached({ moderation: 'pre' });
  const guest = room.reader();
  const { body: comment } = await guest.post('Wait for it.');
  expect(await texts(await get(room.at.thread()))).toBe('[]');
  await room.desk().decide(comment.id, 'approve');
  expect((await guest.mine()).body.comments[0]?.status).toBe('published');
  room.clock.tick(15);
  expect(await texts(await get(room.at.thread()))).toContain('Wait for it.');

  await room.desk().decide(comment.id, 'reject', 'approved');
  expect((await guest.mine()).body.comments[0]?.status).toBe('rejected');
  room.clock.tick(15);
  expect(await texts(await get(room.at.thread()))).toBe('[]');
});

test('a decision is seen at once where it was made, on the thread, its permalink and the lists of the site', async () => {
  const { room, get } = await openCached({ moderation: 'post' }, 'same');
  await room.publisher.putArticle('elsewhere');
  const { body: comment } = await room.reader().post('Gone in a moment.');
  const paths = [room.at.thread(), room.at.comment(comment), room.at.newestComments, `${room.at.counts}?key=ferry`];
  for (const path of paths) expect((await get(path)).status).toBe(200);
  await get(room.at.thread('elsewhere'));
  await room.desk().decide(comment.id, 'reject', 'published');
  const seen = await Promise.all(paths.map(async (path) => (await get(path)).text()));
  expect(seen.join()).not.toContain('Gone in a moment.');
  expect(seen[3]).toContain('"ferry":0');

  room.meter.take();
  await get(room.at.thread('elsewhere'));
  expect(room.meter.take().roundTrips, 'a page of another article stays').toBe(0);
});

/** Puts a comment under an article, and what is done to it then. */
const openWritten = async () => {
  const opened = await openCached({ moderation: 'post' }, 'same');
  const { room } = opened;
  const author = room.reader();
  const { body: comment } = await author.post('As it was.');
  await room.desk().session();
  const setVotesAside = async () => {
    for (let i = 0; i < 9; i += 1) await room.reader().at('203.0.113.7').vote(comment.id, 1);
  };
  return { ...opened, author, comment, setVotesAside };
};

type Written = Awaited<ReturnType<typeof openWritten>>;

const WRITES: [name: string, seen: RegExp, prepare: (on: Written) => unknown, write: (on: Written) => unknown][] = [
  [
    'decisions on many',
    /"comments":\[\]/,
    () => {},
    ({ room, comment }) => room.desk().decideMany('reject', [{ comment, expectedStatus: 'published' }]),
  ],
  [
    'an undo',
    /As it was/,
    ({ room, comment }) => room.desk().decide(comment, 'reject', 'published'),
    ({ room, comment }) => room.desk().undo([comment]),
  ],
  [
    'votes that a moderator counts',
    /"upVotes":9/,
    ({ setVotesAside }) => setVotesAside(),
    ({ room, comment }) => room.desk().ruleOnVotes(comment, 'count-votes'),
  ],
  ['an edit', /As it is/, () => {}, ({ author, comment }) => author.edit(comment.id, 'As it is.')],
  ['a deletion', /"comments":\[\]/, () => {}, ({ author, comment }) => author.erase(comment.id)],
  [
    'an article put again',
    /"commenting":"closed"/,
    () => {},
    ({ room }) => room.publisher.putArticle('ferry', { commenting: 'closed' }),
  ],
  [
    'an article changed',
    /"commenting":"closed"/,
    () => {},
    ({ room }) => room.publisher.patchArticle('ferry', { commenting: 'closed' }),
  ],
];

test.each(WRITES)('%s: seen at once where it was made', async (_, seen, prepare, write) => {
  const on = await openWritten();
  await prepare(on);
  const read = async () => (await on.get(on.room.at.thread())).text();
  expect(await read()).not.toMatch(seen);
  await write(on);
  expect(await read()).toMatch(seen);
});

test('votes that a moderator discards leave the page where it is', async () => {
  const { room, get, comment, setVotesAside } = await openWritten();
  await setVotesAside();
  await get(room.at.thread());
  await room.desk().ruleOnVotes(comment, 'discard-votes');
  room.meter.take();
  await get(room.at.thread());
  expect(room.meter.take().roundTrips).toBe(0);
});

test('a page that is purged while it is being made gzip does not come back by that', async () => {
  const { room, get, settle } = await openCached({ moderation: 'post' }, 'same');
  await get(room.at.thread());
  void get(room.at.thread());
  room.dependencies.pages.purge([encodeURIComponent(`article:${room.site}:ferry`)]);
  await settle();
  room.meter.take();
  await get(room.at.thread());
  expect(room.meter.take().roundTrips).toBe(1);
});

test('a copy is served in an outage up to the last millisecond of 24 hours', async () => {
  const { room, get, fail } = await openCached();
  await get(room.at.thread());
  fail(true);
  room.clock.now += 86_400_000 - 1;
  expect((await get(room.at.thread())).status).toBe(200);
  room.clock.now += 1;
  expect((await get(room.at.thread())).status).toBe(503);
});

test('with the database down, cached pages are served and marked stale; all else answers 503 with Retry-After', async () => {
  const { room, get, fail } = await openCached();
  await room.reader().post('Still here.');
  await get(room.at.thread());
  fail(true);
  room.clock.tick(600);
  const stale = await get(room.at.thread());
  expect(stale.status).toBe(200);
  expect(stale.headers.get('Belowline-Stale')).toBe('1');
  expect(stale.headers.get('Age')).toBe('600');
  // Neither a browser nor another cache holds on to it when the database is back.
  expect([stale.headers.get('Cache-Control'), stale.headers.get('CDN-Cache-Control')]).toEqual(['no-cache', null]);
  expect(await texts(stale)).toContain('Still here.');

  const other = await get(room.at.thread('another'));
  expect(other.status).toBe(503);
  expect(other.headers.get('Retry-After')).toBe('5');
  expect(other.headers.get('Content-Type')).toBe('application/problem+json');

  fail(false);
  const healed = await get(room.at.thread());
  expect(healed.headers.get('Belowline-Stale')).toBeNull();
});

test('an error is not kept', async () => {
  const { room, get } = await openCached();
  expect((await get(room.at.article('unknown'))).status).toBe(404);
  room.meter.take();
  expect((await get(room.at.article('unknown'))).status).toBe(404);
  expect(room.meter.take().roundTrips).toBe(1);
});

test('an article that nobody has commented yet costs the database as little as any other', async () => {
  const { room, get } = await openCached();
  expect((await get(room.at.thread('new'))).status).toBe(200);
  room.meter.take();
  for (let i = 0; i < 3; i += 1) expect((await get(room.at.thread('new'))).status).toBe(200);
  expect(room.meter.take().roundTrips).toBe(0);
  const reader = room.reader().with({ Origin: NEWS });
  expect((await reader.post('The first.', { article: 'new', pageUrl: `${NEWS}/new` })).status).toBe(201);
  room.clock.tick(15);
  expect(await texts(await get(room.at.thread('new')))).toContain('The first.');
});

test('a credential that means nothing here, or another spelling, finds the page that is kept', async () => {
  const { room, get } = await openCached();
  const thread = room.at.thread();
  expect((await get(thread)).status).toBe(200);
  room.meter.take();
  const spellings = [
    `${thread}?`,
    `${thread}?&&`,
    `${thread}?limit=20&sort=newest`,
    thread.replace('ferry', 'f%65rry'),
  ];
  for (const path of [thread, ...spellings]) {
    for (const headers of [
      {},
      { Authorization: 'x' },
      { Authorization: `Bearer ${'a'.repeat(43)}` },
      { Cookie: `__Host-belowline-${room.site}=x` },
    ]) {
      expect((await get(path, headers)).status).toBe(200);
    }
  }
  expect(room.meter.take().roundTrips).toBe(0);
  for (const wrong of ['limit=020', 'limit=0x14', 'cursor=x', 'cursor=WzFd']) {
    expect((await get(`${thread}?${wrong}`, { Authorization: 'x' })).status).toBe(400);
  }
  expect(room.meter.take().roundTrips).toBe(0);
});

test('thousands of articles that nobody has leave the pages that are read where they are', async () => {
  const { room, get } = await openCached();
  expect((await get(room.at.thread())).status).toBe(200);
  for (let n = 0; n < 300; n += 1) {
    const answer = await get(room.at.thread(`unknown-${n}`), { 'CF-Connecting-IP': `10.0.${n % 256}.${n}` });
    expect(answer.status).toBe(200);
  }
  const cost = async (article: string) => {
    room.meter.take();
    await get(room.at.thread(article));
    return room.meter.take().roundTrips;
  };
  expect([await cost('ferry'), await cost('unknown-299'), await cost('unknown-0')]).toEqual([0, 0, 1]);
});

test('a flood of invented cursors, labels and sets of keys leaves the pages where they are that everybody reads', async () => {
  const { room, get } = await openCached();
  for (let n = 0; n < 50; n += 1) {
    await room
      .reader()
      .at(`10.0.${n}.7`)
      .post(`${n} ${'A long sentence that fills a page. '.repeat(100)}`);
  }
  const { at } = room;
  const read = [at.thread(), `${at.thread()}?sort=top`, at.article(), at.newestComments, `${at.counts}?key=ferry`];
  for (const path of read) expect((await get(path)).status, path).toBe(200);
  const { next } = (await (await get(at.thread())).json()) as { next: string };
  const [version, scope] = JSON.parse(atob(next)) as unknown[];
  let bytes = 0;
  for (let n = 0; bytes < 17_000_000; n += 1) {
    const cursor = btoa(JSON.stringify([version, scope, [`z${String(n).padStart(15, '0')}`]]))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
    const page = await get(`${at.thread()}?limit=50&cursor=${cursor}`);
    bytes += (await page.text()).length;
    for (const path of [`${at.newestComments}?section=label-${n}`, `${at.counts}?key=ferry&key=key-${n}`]) {
      expect((await get(path)).status, path).toBe(200);
    }
  }
  room.meter.take();
  for (const path of read) await get(path);
  expect(room.meter.take().roundTrips).toBe(0);
});

test('a list is one page, however the label that it is asked for by is spelled', async () => {
  const { room, get } = await openCached();
  await room.publisher.putArticle('ferry', { section: 'World news', topics: ['Sea'], authors: ['Zoë'] });
  for (const [list, spellings] of [
    [`${room.at.articles}?section=`, ['World%20news', 'World%09%20news%E2%80%8B', '%00World%C2%A0news%EF%BB%BF']],
    [`${room.at.newestComments}?topic=`, ['Sea', 'Sea%00%20', '%C2%ADS%E2%81%A0ea']],
    [`${room.at.mostCommented}?author=`, ['Zo%C3%AB', 'Zoe%CC%88', '%20Zo%C3%AB%0A']],
  ] as const) {
    const [first, ...others] = spellings.map((spelling) => list + spelling) as [string, ...string[]];
    const page = await (await get(first)).text();
    room.meter.take();
    for (const other of others) expect(await (await get(other)).text(), other).toBe(page);
    expect(room.meter.take().roundTrips, list).toBe(0);
  }
  const { articles } = (await (await get(`${room.at.articles}?section=%20World%0Anews`)).json()) as {
    articles: unknown[];
  };
  expect(articles).toHaveLength(1);
});

test('what a page is does not depend on who asked first: of their request only the network reaches the app', async () => {
  const asked: Request[] = [];
  const fromCache = createPublicCache({ clock: { now: () => 0 }, pages: createPageCache() }, async (request) => {
    asked.push(request);
    return new Response('an answer');
  });
  const url = `${ORIGIN}${addressesOf('x').thread('y')}?sort=top`;
  const headers = {
    Cookie: '_ga=1',
    'CF-Connecting-IP': '203.0.113.7',
    'Belowline-Bookmark': 'f'.repeat(60),
    'If-None-Match': 'W/"1.1"',
    Range: 'bytes=0-1',
  };
  await fromCache(new Request(url, { method: 'HEAD', headers }), url, () => undefined);
  expect(asked.map((request) => [request.method, request.url, [...request.headers]])).toEqual([
    ['GET', url, [['cf-connecting-ip', '203.0.113.7']]],
  ]);
});

test('a HEAD says what the GET says, from the same page', async () => {
  const { room, get } = await openCached();
  const page = await get(room.at.thread());
  room.meter.take();
  const head = await get(room.at.thread(), {}, 'HEAD');
  expect(room.meter.take().roundTrips).toBe(0);
  expect([head.status, await head.text()]).toEqual([200, '']);
  for (const name of ['ETag', 'Cache-Control', 'Content-Type'])
    expect(head.headers.get(name)).toBe(page.headers.get(name));
});

test('a tag that was made weak on its way is still held', async () => {
  const { room, get } = await openCached();
  for (const path of [room.at.thread(), `${room.at.counts}?key=ferry`]) {
    const tag = (await get(path)).headers.get('ETag')?.replace(/^W\//, '') ?? '';
    const held = [tag, `W/${tag}`, `"other", W/${tag}`];
    const statuses = await Promise.all(held.map(async (one) => (await get(path, { 'If-None-Match': one })).status));
    expect(statuses, path).toEqual([304, 304, 304]);
    expect((await get(path, { 'If-None-Match': 'W/"other"' })).status).toBe(200);
  }
});

test('a page that was read before a decision is not kept after it', async () => {
  const { room, get, hold } = await openCached({ moderation: 'post' }, 'same');
  const { body: comment } = await room.reader().post('Gone in a moment.');
  const { isMade, letGo } = hold();
  const reading = Promise.resolve(get(room.at.thread()));
  await isMade;
  await room.desk().decide(comment, 'reject', 'published');
  letGo();
  expect(await texts(await reading)).toContain('Gone in a moment.');
  expect(await texts(await get(room.at.thread()))).toBe('[]');
});

test('what the database has said to be gone is answered so at once, and does not come back in an outage', async () => {
  const { room, get, fail } = await openCached();
  const { body: comment } = await room.reader().post('Gone for good.');
  const permalink = room.at.comment(comment);
  expect(await (await get(permalink)).text()).toContain('Gone for good.');
  await room.desk().decide(comment, 'reject', 'published');
  room.clock.tick(15);
  const gone = await get(permalink);
  expect([gone.status, gone.headers.get('Belowline-Stale')]).toEqual([404, null]);
  fail(true);
  expect((await get(permalink)).status).toBe(503);
});

test('a reader who holds a page that this isolate has yet to fetch gets 304, too', async () => {
  const { room, get } = await openCached();
  await room.reader().post('Read elsewhere.');
  const tag = (await room.public.thread()).headers.get('ETag') ?? '';
  const answer = await get(room.at.thread(), { 'If-None-Match': tag });
  expect([answer.status, await answer.text(), answer.headers.get('ETag')]).toEqual([304, '', tag]);
  expect(await texts(await get(room.at.thread()))).toContain('Read elsewhere.');
});

test('while the database takes its time, the last page is served, to the first reader and to those who come later', async () => {
  const { room, get, stall } = await openCached();
  await get(room.at.thread());
  room.clock.tick(16);
  stall();
  const answers = await Promise.all([get(room.at.thread()), get(room.at.thread())]);
  answers.push(await get(room.at.thread()));
  expect(answers.map((answer) => [answer.status, answer.headers.get('Belowline-Stale')])).toEqual(
    Array(3).fill([200, '1']),
  );
  expect(answers[0]?.headers.get('CDN-Cache-Control')).toBeNull();
});

/** The Worker itself; its type is known only where wrangler has generated it. */
const worker = (exports as unknown as { default: Fetcher }).default;

const seed = async (room: Newsroom) => {
  await room.publisher.putArticle();
  await room.reader().post('Through the front door.');
};

test('the whole Worker serves a page twice from one query, and 200 requests of their own at once', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await seed(room);
  const url = `${ORIGIN}${room.at.thread()}`;
  const answers = await Promise.all(Array.from({ length: 200 }, () => worker.fetch(url)));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  await env.DB.prepare('DELETE FROM comments WHERE site_id = ?').bind(room.site).run();
  expect(await texts(await worker.fetch(url))).toContain('Through the front door.');
});
