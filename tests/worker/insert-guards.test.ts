import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { CommentToInsert } from '../../src/core/comment/posting.ts';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import { networkNamed } from '../support/memory/platform.ts';
import { NEWS, type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { dumpTables } from '../support/table-dump.ts';

/** The refusals of the INSERT itself: the world changed between the two batches of a post, or a limit is reached there. */

const PAGE = `${NEWS}/bridge`;

const openWithArticle = async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  // In the middle of a minute, so that the counters by the minute do not turn over in between.
  room.clock.now = Math.ceil(room.clock.now / 60_000) * 60_000 + 20_000;
  return room;
};

let made = 0;

/** Writes as a reader and from a network of its own, under an article that this comment would register. */
const insert = async (room: Newsroom, fields: Partial<CommentToInsert> = {}): Promise<string> => {
  made += 1;
  const id = room.dependencies.ids.sortable(room.clock.now);
  const { outcome } = await room.stores().postings.insert({
    siteId: room.site,
    id,
    articleKey: 'bridge',
    parentId: null,
    rootId: id,
    depth: 0,
    path: '',
    readerId: `reader-${made}`,
    authorName: 'Ada',
    authorEmail: null,
    body: [],
    source: 'Hello.',
    textHash: id,
    status: 'published',
    shadowed: false,
    signals: [],
    network: networkNamed(`network-${made}`, room.clock.now),
    isNetworkHeld: false,
    isStranger: false,
    idempotencyKey: null,
    requestHash: null,
    createdAt: room.clock.now,
    registerUrl: PAGE,
    ...fields,
  });
  return outcome;
};

const underFerry = { articleKey: 'ferry', registerUrl: null };

const fillMinute = (room: Newsroom, row: string, count: number) =>
  env.DB.prepare(`UPDATE ${row}`)
    .bind(Math.floor(room.clock.now / 60_000), count, room.site)
    .run();

const rowsOf = async (room: Newsroom, key: string) => {
  const { results } = await env.DB.prepare(
    `SELECT (SELECT count(*) FROM articles WHERE site_id = ?1 AND key = ?2) AS articles,
      (SELECT count(*) FROM article_lists WHERE site_id = ?1 AND article_key = ?2) AS lists,
      (SELECT count(*) FROM comments WHERE site_id = ?1 AND article_key = ?2) AS comments`,
  )
    .bind(room.site, key)
    .all();
  return results[0];
};

describe('an article that nobody registered', () => {
  test('is there with its comment and in the count, and in the list from the next relisting on', async () => {
    const room = await openWithArticle();
    expect(await insert(room)).toBe('inserted');
    expect(await rowsOf(room, 'bridge')).toEqual({ articles: 1, lists: 0, comments: 1 });
    await room.runJobs();
    expect(await rowsOf(room, 'bridge')).toEqual({ articles: 1, lists: 1, comments: 1 });
    expect((await room.public.thread('', 'bridge')).body.article).toMatchObject({ url: PAGE, commentCount: 1 });
  });

  test.each<[string, string, (room: Newsroom) => Promise<Partial<CommentToInsert>>]>([
    [
      'the limit of a reader',
      'limited',
      async (room) => {
        const readerId = 'busy-reader';
        for (let i = 0; i < LIMITS.commentByReader.count; i += 1) await insert(room, { ...underFerry, readerId });
        return { readerId };
      },
    ],
    [
      'the limit of a network',
      'limited',
      async (room) => {
        const network = networkNamed('busy', room.clock.now);
        for (let i = 0; i < LIMITS.commentByNetwork.count; i += 1) await insert(room, { ...underFerry, network });
        return { network };
      },
    ],
    [
      'the limit of the site',
      'limited',
      async (room) => {
        await fillMinute(room, 'sites SET minute = ?1, minute_count = ?2 WHERE id = ?3', LIMITS.commentBySite.count);
        return {};
      },
    ],
    [
      'a parent that is not visible',
      'parent-gone',
      async (room) => {
        const { body: parent } = await room.reader().post('Answer me.');
        await room.desk().decide(parent.id, 'reject', 'published');
        return { parentId: parent.id, rootId: parent.id, depth: 1 };
      },
    ],
    [
      'an idempotency key that names a comment elsewhere',
      'replayed',
      async (room) => {
        const retried = { readerId: 'ada', idempotencyKey: 'key-00000001' };
        await insert(room, { ...underFerry, ...retried });
        return retried;
      },
    ],
  ])('stays unknown when its first comment is refused by %s', async (_, outcome, prepare) => {
    const room = await openWithArticle();
    const refused = await prepare(room);
    const before = await dumpTables();
    expect(await insert(room, refused)).toBe(outcome);
    expect(await dumpTables()).toEqual(before);
    expect(await rowsOf(room, 'bridge')).toEqual({ articles: 0, lists: 0, comments: 0 });
    expect((await room.public.article('bridge')).status).toBe(404);
  });

  test('is the publisher’s when it is put in between, its form and its limit included', async () => {
    const room = await openWithArticle();
    await room.publisher.putArticle('bridge', { commenting: 'closed' });
    expect(await insert(room)).toBe('closed');
    await room.publisher.putArticle('bridge', { commenting: 'open' });
    const { count } = LIMITS.commentByArticle;
    await fillMinute(room, "articles SET minute = ?1, minute_count = ?2 WHERE site_id = ?3 AND key = 'bridge'", count);
    expect(await insert(room)).toBe('limited');
    room.clock.tick(60);
    expect(await insert(room)).toBe('inserted');
    expect(await rowsOf(room, 'bridge')).toEqual({ articles: 1, lists: 1, comments: 1 });
    expect((await room.public.thread('', 'bridge')).body.article).toMatchObject({
      headline: 'About bridge',
      commentCount: 1,
    });
  });
});

test('a comment is refused under an article that was closed, or is gone, since it was read', async () => {
  const room = await openWithArticle();
  expect(await insert(room, underFerry)).toBe('inserted');
  await room.publisher.putArticle('ferry', { commenting: 'closed' });
  const before = await dumpTables();
  expect(await insert(room, underFerry)).toBe('closed');
  expect(await insert(room, { registerUrl: null })).toBe('closed');
  expect(await dumpTables()).toEqual(before);
  expect(await rowsOf(room, 'ferry')).toMatchObject({ comments: 1 });
  expect(await rowsOf(room, 'bridge')).toEqual({ articles: 0, lists: 0, comments: 0 });
});

test.each([
  ['article', "articles SET minute = ?1, minute_count = ?2 WHERE site_id = ?3 AND key = 'ferry'", 'commentByArticle'],
  ['site', 'sites SET minute = ?1, minute_count = ?2 WHERE id = ?3', 'commentBySite'],
] as const)(
  'a comment of the minute before that comes late takes its place in the %s’s minute that has begun',
  async (_, row, limit) => {
    const room = await openWithArticle();
    const late = { ...underFerry, createdAt: room.clock.now - 60_000 };
    await fillMinute(room, row, LIMITS[limit].count - 1);
    expect(await insert(room, late)).toBe('inserted');
    expect(await insert(room, underFerry)).toBe('limited');
    expect(await insert(room, late)).toBe('limited');
  },
);
