import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { createPurger } from '../../src/http/cache/purger.ts';
import { type CommentRef, type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** Each write takes pages out of the page cache of its isolate, and out of the cache in front of the Worker. */

/** A newsroom with pages of two articles and a list in its page cache, and a cache in front of it. */
const openBehindCache = async (purge: (tags: string[]) => Promise<unknown> = async () => ({ success: true })) => {
  const room = await openNewsroom({ moderation: 'post' });
  const { log } = room.dependencies;
  room.dependencies.purger = createPurger({ clock: { now: () => room.clock.now }, log }, () => scheduler.wait(0));
  await room.publisher.putArticle('ferry');
  await room.publisher.putArticle('bridge');
  const ada = room.reader();
  const ferry = (await ada.post('About the ferry.')).body.id;
  const bridge = (await ada.post('About the bridge.', { article: 'bridge' })).body.id;
  await room.desk().headers();

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

  const kept = {
    ferry: () => room.public.article('ferry'),
    bridge: () => room.public.article('bridge'),
    articles: () => room.public.articles(),
  };
  const { pages } = room.dependencies;
  for (const [name, read] of Object.entries(kept)) {
    const { headers } = await read();
    pages.insert(name, { body: '{}', headers, storedAt: room.clock.now, age: null, isOfNothing: false });
  }
  return {
    room,
    ada,
    ferry,
    bridge,
    purged,
    left: () => Object.keys(kept).filter((name) => pages.find(name) !== null),
  };
};

type Opened = Awaited<ReturnType<typeof openBehindCache>>;

const tagsOf = (room: Newsroom, keys: string[]) =>
  [`site:${room.site}`, ...keys.map((key) => `article:${room.site}:${key}`)].map(encodeURIComponent).sort();

const decideBoth = async ({ room, ferry, bridge }: Opened) =>
  room.desk().decideMany(
    'reject',
    [ferry, { id: bridge, article: 'bridge' }].map((comment) => ({ comment, expectedStatus: 'published' as const })),
  );

/** Seven votes from one network: the last is set aside. */
const setOneVoteAside = async ({ room, ferry }: Opened) => {
  for (let n = 0; n < 7; n += 1) await room.reader().vote(ferry, 1);
};

const countOneVote = async (opened: Opened) => {
  await setOneVoteAside(opened);
  return opened.room.desk().ruleOnVotes(opened.ferry, 'count-votes');
};

const WRITES: [name: string, keys: string[], write: (opened: Opened) => Promise<{ status: number }>][] = [
  ['another key', ['ferry', 'second'], ({ room }) => room.publisher.rekeyArticle('ferry', 'second')],
  ['a removal', ['ferry'], ({ room }) => room.publisher.removeArticle()],
  ['an edit', ['ferry'], ({ ada, ferry }) => ada.edit(ferry, 'Changed.')],
  ['a deletion', ['ferry'], ({ ada, ferry }) => ada.erase(ferry)],
  ['the PUT of an article', ['ferry'], ({ room }) => room.publisher.putArticle('ferry', { commenting: 'closed' })],
  ['the PATCH of an article', ['ferry'], ({ room }) => room.publisher.patchArticle('ferry', { commenting: 'closed' })],
  ['a decision', ['ferry'], ({ room, ferry }) => room.desk().decide(ferry, 'reject', 'published')],
  ['several decisions at once', ['ferry', 'bridge'], decideBoth],
  ['one vote that a moderator counts', ['ferry'], countOneVote],
];

test.each(WRITES)('%s purges the pages of %j and the lists of the site, everywhere', async (_, keys, write) => {
  const opened = await openBehindCache();
  expect((await write(opened)).status).toBeLessThan(300);
  expect(opened.purged.map((tags) => [...tags].sort())).toEqual([tagsOf(opened.room, keys)]);
  expect(opened.left()).toEqual(['ferry', 'bridge'].filter((key) => !keys.includes(key)));
});

const WRITES_BY_ANOTHER_KEY: [
  name: string,
  write: (opened: Opened, comment: CommentRef) => Promise<{ status: number }>,
][] = [
  ['an edit', ({ ada }, comment) => ada.edit(comment, 'Changed.')],
  ['a deletion', ({ ada }, comment) => ada.erase(comment)],
  ['a decision, in the console by the first', ({ room, ferry }) => room.desk().decide(ferry, 'reject', 'published')],
];

test.each(WRITES_BY_ANOTHER_KEY)('%s purges an article’s pages by whatever key they were read', async (_, write) => {
  const opened = await openBehindCache();
  const { room, ferry } = opened;
  const { pages } = room.dependencies;
  await room.reader().post('An answer.', { parentId: ferry });
  await room.publisher.rekeyArticle('ferry', 'second');
  const comment = { id: ferry, article: 'second' };
  const answers = {
    thread: await room.public.thread('', 'second'),
    permalink: await room.public.permalink(comment),
    replies: await room.public.replies(comment),
    byTheOldKey: await room.public.replies(ferry),
  };
  for (const [name, { status, headers }] of Object.entries(answers)) {
    expect([name, status]).toEqual([name, 200]);
    pages.insert(name, { body: '{}', headers, storedAt: room.clock.now, age: null, isOfNothing: false });
  }
  expect((await write(opened, comment)).status).toBeLessThan(300);
  expect(Object.keys(answers).filter((name) => pages.find(name) !== null)).toEqual([]);
});

test('an undo purges what its decisions purged', async () => {
  const opened = await openBehindCache();
  const { room, ferry, bridge, purged } = opened;
  await decideBoth(opened);
  const undone = await room.desk().undo([ferry, { id: bridge, article: 'bridge' }]);
  expect(undone.status).toBe(200);
  expect(purged).toHaveLength(2);
  expect(purged[1]?.sort()).toEqual(purged[0]?.sort());
});

test('an article with another key is purged by whatever is written about it under any of its keys', async () => {
  const { room, ada, purged } = await openBehindCache();
  const { body: top } = await ada.post('A question.');
  await room.publisher.rekeyArticle('ferry', 'second');
  const under = (id: string) => ({ id, article: 'second' });
  const pages = [room.at.thread('second'), room.at.replies(under(top.id)), room.at.comment(under(top.id))];
  const tags = await Promise.all(pages.map(async (path) => (await room.request('GET', path)).headers.get('Cache-Tag')));
  expect(new Set(tags)).toEqual(new Set([encodeURIComponent(`article:${room.site}:ferry`)]));
  for (const write of [
    () => ada.edit(under(top.id), 'Another question.'),
    () => ada.erase(under(top.id)),
    () => room.publisher.patchArticle('second', { commenting: 'closed' }),
  ]) {
    purged.length = 0;
    expect((await write()).status).toBeLessThan(300);
    expect(purged.flat()).toContain(tags[0]);
  }
});

test('what changes nothing purges nothing', async () => {
  const opened = await openBehindCache();
  const { room, ferry, purged, left } = opened;
  const counted = await room.desk().ruleOnVotes(ferry, 'count-votes');
  await setOneVoteAside(opened);
  const discarded = await room.desk().ruleOnVotes(ferry, 'discard-votes');
  expect([counted.body.votes, discarded.body.votes]).toEqual([0, 1]);
  const writes = [
    await room.desk().decide(ferry, 'approve', 'pending'),
    await room.reader().erase(ferry),
    await room.publisher.patchArticle('nowhere', { section: 'X' }),
  ];
  expect(writes.map(({ status }) => status)).toEqual([409, 404, 404]);
  expect([purged, left()]).toEqual([[], ['ferry', 'bridge', 'articles']]);
});

test('a cache that answers that it has not purged is logged', async () => {
  const { room, ferry } = await openBehindCache(async () => ({ success: false, errors: [{ code: 1, message: 'x' }] }));
  expect((await room.desk().decide(ferry, 'reject', 'published')).status).toBe(200);
  expect(room.logged).toEqual([JSON.stringify({ event: 'purge-failed', tags: 2, code: 1 })]);
});

test('a cache that refuses the purge is logged, also after the answer, and the write is done', async () => {
  const refuse = () => scheduler.wait(0).then(() => Promise.reject(new Error('429')));
  const { room, ferry, left } = await openBehindCache(refuse);
  expect((await room.desk().decide(ferry, 'reject', 'published')).status).toBe(200);
  expect(room.logged).toEqual([expect.stringMatching(/^{"event":"purge-failed","tags":2,"error":"Error","stack":/)]);
  expect(left()).toEqual(['bridge']);
});
