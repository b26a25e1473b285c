import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { guestKey, type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** What each write takes out of the page cache of its isolate, and out of the cache in front of the Worker. */

const asReader = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });

/** A newsroom with pages of two articles and a list in its page cache, and a cache in front of it. */
const openBehindCache = async (purge: (tags: string[]) => Promise<unknown> = async () => undefined) => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.putArticle('ferry');
  await room.putArticle('bridge');
  const ada = guestKey();
  const ferry = (await room.post(ada, 'About the ferry.')).body.id;
  const bridge = (await room.post(ada, 'About the bridge.', { article: 'bridge' })).body.id;
  await room.asModerator();

  const purged: string[][] = [];
  const { fetch } = room.app;
  room.app.fetch = async (request, dependencies) => {
    const context = createExecutionContext();
    const cache = {
      purge: ({ tags = [] }: { tags?: string[] }) => {
        purged.push(tags);
        return purge(tags);
      },
    };
    const answer = await fetch(request, dependencies, Object.defineProperty(context, 'cache', { value: cache }));
    await waitOnExecutionContext(context);
    return answer;
  };

  const kept = ['articles/ferry', 'articles/bridge', 'articles'];
  const { pages } = room.dependencies;
  for (const path of kept) {
    const { headers } = await room.request('GET', `${room.base}/${path}`);
    pages.insert(path, { body: '{}', headers, storedAt: room.clock.now, age: null });
  }
  return { room, ada, ferry, bridge, purged, left: () => kept.filter((path) => pages.find(path) !== null) };
};

type Opened = Awaited<ReturnType<typeof openBehindCache>>;

const tagsOf = (room: Newsroom, keys: string[]) =>
  [`site:${room.site}`, ...keys.map((key) => `article:${room.site}:${key}`)].map(encodeURIComponent).sort();

const decideBoth = async ({ room, ferry, bridge }: Opened) =>
  room.request('POST', `${room.base}/decisions`, {
    headers: await room.asModerator(),
    body: {
      decision: 'reject',
      comments: [ferry, bridge].map((id) => ({ id, expectedStatus: 'published', revision: 1 })),
    },
  });

const WRITES: [name: string, keys: string[], write: (opened: Opened) => Promise<{ status: number }>][] = [
  [
    'an edit',
    ['ferry'],
    ({ room, ada, ferry }) =>
      room.request('PATCH', `${room.base}/comments/${ferry}`, { ...asReader(ada), body: { body: 'Changed.' } }),
  ],
  [
    'a deletion',
    ['ferry'],
    ({ room, ada, ferry }) => room.request('DELETE', `${room.base}/comments/${ferry}`, asReader(ada)),
  ],
  ['the PUT of an article', ['ferry'], ({ room }) => room.putArticle('ferry', { commenting: 'closed' })],
  [
    'the PATCH of an article',
    ['ferry'],
    ({ room }) =>
      room.request('PATCH', `${room.base}/articles/ferry`, {
        headers: room.asPublisher,
        body: { commenting: 'closed' },
      }),
  ],
  ['a decision', ['ferry'], ({ room, ferry }) => room.decide(ferry, 'reject', 'published')],
  ['several decisions at once', ['ferry', 'bridge'], decideBoth],
];

test.each(WRITES)('%s purges the pages of %j and the lists of the site, everywhere', async (_, keys, write) => {
  const opened = await openBehindCache();
  expect((await write(opened)).status).toBeLessThan(300);
  expect(opened.purged.map((tags) => [...tags].sort())).toEqual([tagsOf(opened.room, keys)]);
  expect(opened.left()).toEqual(['articles/ferry', 'articles/bridge'].filter((path) => !keys.includes(path.slice(9))));
});

test('an undo purges what its decisions purged', async () => {
  const opened = await openBehindCache();
  const { room, ferry, bridge, purged } = opened;
  await decideBoth(opened);
  const undone = await room.request('POST', `${room.base}/decisions/undo`, {
    headers: await room.asModerator(),
    body: { comments: [ferry, bridge] },
  });
  expect(undone.status).toBe(200);
  expect(purged).toHaveLength(2);
  expect(purged[1]?.sort()).toEqual(purged[0]?.sort());
});

test('what changes nothing purges nothing', async () => {
  const { room, ferry, purged, left } = await openBehindCache();
  const writes = [
    await room.decide(ferry, 'approve', 'pending'),
    await room.request('DELETE', `${room.base}/comments/${ferry}`, asReader(guestKey())),
    await room.request('PATCH', `${room.base}/articles/nowhere`, { headers: room.asPublisher, body: { section: 'X' } }),
  ];
  expect(writes.map(({ status }) => status)).toEqual([409, 404, 404]);
  expect([purged, left()]).toEqual([[], ['articles/ferry', 'articles/bridge', 'articles']]);
});

test('a cache that refuses the purge is logged, and the write is done', async () => {
  const { room, ferry, left } = await openBehindCache(() => Promise.reject(new Error('429')));
  expect((await room.decide(ferry, 'reject', 'published')).status).toBe(200);
  expect(room.logged).toEqual([JSON.stringify({ event: 'purge-failed', site: room.site })]);
  expect(left()).toEqual(['articles/bridge']);
});
