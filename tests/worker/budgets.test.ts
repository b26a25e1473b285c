import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { VoteRuling } from '../../src/contract/moderation.ts';
import { MAX_DEPTH } from '../../src/core/comment/comment.ts';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import { fillArticle } from '../support/crowd.ts';
import { guestKey, type Newsroom, ORIGIN, openNewsroom, type Reader, tokenOf } from '../support/newsroom.ts';

/** The most that a request may cost, whatever is stored: rows from D1's own figures, round trips and KV calls counted. */
describe.each([
  { stored: '1 comment', topLevel: 1, repliesEach: 0, pageRows: 4 },
  { stored: '20 comments', topLevel: 20, repliesEach: 0, pageRows: 23 },
  { stored: '10,000 comments', topLevel: 1_000, repliesEach: 9, pageRows: 149 },
])('with $stored under the article', ({ topLevel, repliesEach, pageRows }) => {
  let room: Newsroom;

  beforeAll(async () => {
    room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    await fillArticle({ site: room.site, article: 'ferry', topLevel, repliesEach });
    await room.loadDayKeys();
  });

  test.each(['newest', 'oldest', 'top'])('a thread page, %s first', async (sort) => {
    room.meter.take();
    const { body } = await room.public.thread(`sort=${sort}`);
    const cost = room.meter.take();
    const returned = body.comments.reduce((sum, comment) => sum + 1 + comment.replies.length, 0);
    expect(returned).toBe(Math.min(20, topLevel) * (1 + Math.min(5, repliesEach)));
    expect(cost.roundTrips).toBe(1);
    expect(cost.rowsRead).toBeLessThanOrEqual(pageRows);
    expect(cost.kvOperations).toBe(0);
    expect(cost.rowsWritten).toBe(0);
  });

  test.each(['newest', 'oldest', 'top'])(
    'the thread as HTML and its page, %s first: what the thread costs',
    async (sort) => {
      room.meter.take();
      const { headers } = await room.public.thread(`sort=${sort}`);
      const cost = room.meter.take();
      for (const read of [room.public.threadHtml, room.public.commentsPage]) {
        await read(`sort=${sort}`);
        expect(room.meter.take()).toEqual(cost);
      }
      const holder = room.public.with({ 'If-None-Match': headers.get('ETag') ?? '' });
      expect((await holder.threadHtml(`sort=${sort}`)).status).toBe(304);
      expect(room.meter.take()).toMatchObject({ roundTrips: 1, rowsRead: 1 });
    },
  );

  test('the last thread page', async () => {
    let page = await room.public.thread();
    while (page.body.next !== null) {
      room.meter.take();
      page = await room.public.thread(`limit=50&cursor=${page.body.next}`);
    }
    const cost = room.meter.take();
    const returned = page.body.comments.reduce((sum, comment) => sum + 1 + comment.replies.length, 0);
    expect(cost.rowsRead).toBeLessThanOrEqual(2.5 * returned + 10);
  });

  test('an unchanged thread, asked for with its ETag', async () => {
    const { headers } = await room.public.thread();
    room.meter.take();
    const again = await room.public.with({ 'If-None-Match': headers.get('ETag') ?? '' }).thread();
    expect(again.status).toBe(304);
    expect(room.meter.take()).toEqual({ roundTrips: 1, rowsRead: 1, rowsWritten: 0, kvOperations: 0 });
  });

  test('a feed of the article: a row each, the article, and one round trip', async () => {
    room.meter.take();
    const { status, headers } = await room.request('GET', `${room.at.article()}/feed.json`);
    expect(status).toBe(200);
    const shown = Math.min(20, topLevel * (1 + repliesEach));
    expect(room.meter.take()).toEqual({ roundTrips: 1, rowsRead: shown + 1, rowsWritten: 0, kvOperations: 0 });
    await room.request('GET', `${room.at.article()}/feed.atom`, {
      headers: { 'If-None-Match': headers.get('ETag') ?? '' },
    });
    expect(room.meter.take()).toEqual({ roundTrips: 1, rowsRead: 1, rowsWritten: 0, kvOperations: 0 });
  });

  test('a top-level comment', async () => {
    room.meter.take();
    expect((await room.reader().post('What a crossing that was.', { key: 'key-0001' })).status).toBe(201);
    const { cost, statements } = room.meter.takeWithStatements();
    expect(cost.roundTrips).toBe(2);
    expect(statements.length).toBeLessThanOrEqual(15);
    expect(cost.rowsWritten).toBeLessThanOrEqual(16);
    expect(cost.rowsRead).toBeLessThanOrEqual(40);
    expect(cost.kvOperations).toBeLessThanOrEqual(1);
  });

  test('a reply by a reader and a network that are one short of their limits', async () => {
    const network = '198.51.100.9';
    const guest = room.reader().at(network);
    room.clock.tick(61);
    for (let i = 0; i < 11; i += 1) {
      expect((await room.reader().at(network).post(`Somebody else says ${i} things here.`)).status).toBe(201);
    }
    for (let i = 0; i < 4; i += 1) {
      expect((await guest.post(`I say ${i} things in a row here.`)).status).toBe(201);
    }
    const [parent] = (await room.public.thread('limit=1')).body.comments;
    room.meter.take();
    const reply = await guest.post('And a reply.', { parentId: parent?.id ?? '', key: 'key-0002' });
    expect(reply.status).toBe(201);
    const cost = room.meter.take();
    expect(cost.roundTrips).toBe(2);
    expect(cost.rowsWritten).toBeLessThanOrEqual(16);
    // Each post of the network in the last minute, and each of the reader in the last day, is counted one by one.
    expect(cost.rowsRead).toBeLessThanOrEqual(60 + 4 * 15);
    expect(cost.kvOperations).toBeLessThanOrEqual(1);
  });

  test('a decision, the session check included', async () => {
    const { body: posted } = await room.reader().post('Please decide on this.');
    const { body: reply } = await room.reader().post('And on the answer to it.', { parentId: posted.id });
    const { body: last } = await room.reader().post('And on the other answer.', { parentId: reply.id });
    await room.desk().headers();
    for (const id of [last.id, posted.id, reply.id]) {
      room.meter.take();
      expect((await room.desk().decide(id, 'reject', 'published')).status).toBe(200);
      const cost = room.meter.take();
      expect(cost.roundTrips).toBeLessThanOrEqual(2);
      expect(cost.rowsWritten).toBeLessThanOrEqual(12);
      expect(cost.rowsRead).toBeLessThanOrEqual(100);
      expect(cost.kvOperations).toBe(0);
    }
    // Three rows more where a removed comment comes back as the tombstone above its reply: it stands in two lists, and
    // the reply again among its article's visible comments.
    room.meter.take();
    expect((await room.desk().decide(reply.id, 'approve', 'rejected')).status).toBe(200);
    expect(room.meter.take().rowsWritten).toBeLessThanOrEqual(16);
    // Nothing that is seen changes: what stands above the reply is not written.
    expect((await room.desk().decide(reply.id, 'approve', 'approved')).status).toBe(200);
    expect(room.meter.take().rowsWritten).toBeLessThanOrEqual(6);
  });

  test('an edit', async () => {
    const guest = room.reader();
    const { body: posted } = await guest.post('This is not yet as it should be.');
    room.clock.tick(3);
    room.meter.take();
    expect((await guest.edit(posted, 'Now it is as it should be.')).status).toBe(200);
    const cost = room.meter.take();
    expect(cost.roundTrips).toBeLessThanOrEqual(2);
    // One of them is the network's window.
    expect(cost.rowsWritten).toBeLessThanOrEqual(11);
    expect(cost.rowsRead).toBeLessThanOrEqual(110);
    expect(cost.kvOperations).toBeLessThanOrEqual(1);
  });

  test('a reply in bulk', async () => {
    const [above] = (await room.public.thread('limit=1')).body.comments;
    const [id, rootId] = [room.dependencies.ids.sortable(room.clock.now), above?.id ?? ''];
    const place = { id, articleKey: 'ferry', parentId: rootId, rootId, depth: 1, path: id, createdAt: room.clock.now };
    const said = { readerId: 'bea', authorName: 'Bea', authorEmail: null, body: [], source: '', signals: [] };
    const comment = { ...place, ...said, status: 'published' as const, upVotes: 0, downVotes: 0, flags: [] };
    await env.DB.prepare(
      `INSERT INTO articles (site_id, key, url, published_at, created_at, updated_at)
      SELECT ?1, value, '', 0, 0, 0 FROM json_each(?2)`,
    )
      .bind(room.site, JSON.stringify(Array.from({ length: 50 }, (_, i) => `other-${i}`)))
      .run();
    room.meter.take();
    await room.stores().bulk.insertComplete(room.site, [comment]);
    const cost = room.meter.take();
    expect(cost.roundTrips).toBe(1);
    expect(cost.rowsWritten).toBeLessThanOrEqual(12);
    expect(cost.rowsRead).toBeLessThanOrEqual(25);
  });

  test("a reader's own comments", async () => {
    const guest = room.reader();
    await guest.post('Mine, all mine.');
    room.meter.take();
    expect((await guest.mine()).body.comments).toHaveLength(1);
    const cost = room.meter.take();
    expect(cost.roundTrips).toBe(1);
    expect(cost.rowsRead).toBeLessThanOrEqual(10);
  });
});

describe('of a reader with 5,000 deleted comments and 5,000 votes under one article', () => {
  let room: Newsroom;
  let ada: Reader;
  const ids = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${10_000 + i}`);

  beforeAll(async () => {
    room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    ada = room.reader();
    const reader = await ada.id();
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO comments (site_id, id, article_key, root_id, depth, path, reader_id, author_name, body, source,
          text_hash, status, listed, created_at)
        SELECT ?1, value, 'ferry', value, 0, '', ?2, iif(value > '~2', '', 'Ada'), '[]', '', '',
          iif(value > '~2', 'deleted', 'published'), value < '~2', 0 FROM json_each(?3)`,
      ).bind(room.site, reader, JSON.stringify([...ids('~1', 51), ...ids('~2', 5_000)])),
      env.DB.prepare(
        `INSERT INTO votes (site_id, reader_id, article_key, comment_id, value, created_at)
        SELECT ?1, ?2, 'ferry', value, 1, 0 FROM json_each(?3)`,
      ).bind(room.site, reader, JSON.stringify(ids('~3', 5_000))),
    ]);
  });

  test('the own comments are the 50 newest of those left, and the votes those on the 500 newest comments, at the cost of what is shown', async () => {
    room.meter.take();
    const { body } = await ada.mine();
    const cost = room.meter.take();
    expect(body.comments.map(({ id }) => id)).toEqual(ids('~1', 51).slice(-50).reverse());
    expect(Object.keys(body.votes).sort()).toEqual(ids('~3', 5_000).slice(-500));
    expect(cost.roundTrips).toBe(1);
    expect(cost.rowsRead).toBeLessThanOrEqual(3 * 50 + 500 + 5);
  });

  test('a vote, and a ruling on it, are at the cost of anybody’s', async () => {
    const { body: comment } = await room.reader().post('Vote for this.');
    for (const value of [1, 0] as const) {
      room.meter.take();
      expect((await ada.vote(comment, value)).status).toBe(200);
      expect(room.meter.take().rowsRead).toBeLessThanOrEqual(35 + 6);
    }
    for (let i = 0; i < LIMITS.votesOnOneComment.count; i += 1) await room.reader().vote(comment, 1);
    for (const value of [1, -1] as const) {
      room.meter.take();
      expect((await ada.vote(comment, value)).status).toBe(200);
      expect(room.meter.take().rowsRead).toBeLessThanOrEqual(35 + 6 * 10);
    }
    await room.desk().headers();
    room.meter.take();
    expect((await room.desk().ruleOnVotes(comment, 'count-votes')).body).toMatchObject({ votes: 2, downVotes: 1 });
    expect(room.meter.take().rowsRead).toBeLessThanOrEqual(2 * 7 + 20);
  });
});

describe('with 10,000 comments in the queue', () => {
  let room: Newsroom;

  beforeAll(async () => {
    room = await openNewsroom({ moderation: 'pre' });
    await room.publisher.putArticle();
    await fillArticle({ site: room.site, article: 'ferry', topLevel: 1_000, repliesEach: 9, status: 'pending' });
    await room.desk().headers();
  });

  test('a queue page of 50 with its context', async () => {
    const first = await room.desk().queue('pending');
    room.meter.take();
    // Newest first: these are replies, each with a parent to show.
    const page = await room.desk().queue('pending', 'order=newest');
    expect(page.body.items).toHaveLength(50);
    expect(page.body.items[0]?.parent).not.toBeNull();
    expect(first.body.items[0]?.parent).toBeNull();
    const cost = room.meter.take();
    expect(cost.roundTrips).toBeLessThanOrEqual(2);
    expect(cost.rowsRead).toBeLessThanOrEqual(260);
  });

  test('100 decisions in bulk', async () => {
    const [one, two] = [await room.desk().queue('pending'), await room.desk().queue('pending', 'order=newest')];
    const comments = [...one.body.items, ...two.body.items];
    expect(comments).toHaveLength(100);
    room.meter.take();
    const { body } = await room.desk().decideMany(
      'approve',
      comments.map(({ id, revision }) => ({ comment: id, revision })),
    );
    const cost = room.meter.take();
    expect(new Set(body.results.map((result) => result.outcome))).toEqual(new Set(['done']));
    expect(body.counts).toMatchObject({ pending: 9_900, approved: 100 });
    expect(cost.roundTrips).toBeLessThanOrEqual(6);
    expect(cost.rowsRead).toBeLessThanOrEqual(100 * 100);
  });
});

test.each<{ first: 'approved' | 'posted'; edits: number }>([
  { first: 'approved', edits: 0 },
  { first: 'approved', edits: 300 },
  { first: 'posted', edits: 300 },
])('a decision on a comment that was $first and then edited $edits times', async ({ first, edits }) => {
  const room = await openNewsroom({ moderation: 'post', editWindowMinutes: 1_440 });
  await room.publisher.putArticle();
  const ada = room.reader();
  const { body: comment } = await ada.post('The first of many versions.');
  room.clock.tick(1);
  if (first === 'approved') expect((await room.desk().decide(comment.id, 'approve', 'published')).status).toBe(200);
  for (let i = 0; i < edits; i += 1) {
    room.clock.tick(3);
    const { status } = await ada.edit(comment, `Version ${i}.`);
    if (status !== 200) throw new Error(`edit ${i}: ${status}`);
  }
  const standing = async () => {
    const [item] = (await room.desk().queue('approved')).body.items;
    return item?.reader.approvedCount;
  };
  room.clock.tick(3);
  await room.desk().headers();
  room.meter.take();
  const decided = await room
    .desk()
    .decide(comment.id, 'approve', edits === 0 ? 'approved' : 'published', { revision: edits + 1 });
  const cost = room.meter.take();
  expect(decided.status).toBe(200);
  expect(cost.roundTrips).toBeLessThanOrEqual(2);
  expect(cost.rowsWritten).toBeLessThanOrEqual(12);
  expect(cost.rowsRead).toBeLessThanOrEqual(100);
  // One approval in all, whether the comment was approved before its edits or not.
  expect(await standing()).toBe(1);
});

test('the counts of 50 articles: one round trip, a row each and the site', async () => {
  const room = await openNewsroom();
  const keys = Array.from({ length: 50 }, (_, i) => `article-${i}`);
  for (const key of keys) await room.publisher.putArticle(key);
  room.meter.take();
  const { body } = await room.public.counts(keys);
  expect(Object.keys(body.counts)).toHaveLength(50);
  const cost = room.meter.take();
  expect(cost.roundTrips).toBe(1);
  expect(cost.rowsRead).toBeLessThanOrEqual(51);
  expect(cost.kvOperations).toBe(0);
});

test.each<{ vote: string; most: number; earlier: number; ruling: VoteRuling | null }>([
  { vote: 'that counts', most: 5, earlier: 0, ruling: null },
  { vote: 'that is set aside', most: 4, earlier: 6, ruling: null },
  { vote: 'that was set aside and then counted', most: 5, earlier: 6, ruling: 'count-votes' },
  { vote: 'that was discarded', most: 4, earlier: 6, ruling: 'discard-votes' },
])(
  'a vote $vote writes at most $most rows, cast, changed and withdrawn, and none repeated',
  async ({ most, earlier, ruling }) => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const { body: comment } = await room.reader().post('Vote for this.');
    const cast = (reader: Reader, value: 1 | 0 | -1) => {
      room.clock.tick(1);
      return reader.vote(comment, value);
    };
    for (let i = 0; i < earlier; i += 1) await cast(room.reader(), 1);
    const voter = room.reader();
    const values = [1, 1, -1, 0, 0, -1] as const;
    for (const [step, value] of values.entries()) {
      const changesNothing = value === values[step - 1];
      room.meter.take();
      expect((await cast(voter, value)).status).toBe(200);
      const cost = room.meter.take();
      expect(cost.roundTrips).toBe(1);
      expect(cost.rowsWritten).toBeLessThanOrEqual(changesNothing ? 1 : most);
      // Each try of the network in the last ten minutes is looked at for its own sake and for the burst's.
      expect(cost.rowsRead).toBeLessThanOrEqual(35 + 6 * (earlier + step));
      expect(cost.kvOperations).toBeLessThanOrEqual(1);
      if (step > 0 || ruling === null) continue;
      await room.desk().ruleOnVotes(comment, ruling);
    }
  },
);

describe('a permalink: one round trip, and no row more for what else is stored', () => {
  const costOf = async (room: Newsroom, id: string) => {
    room.meter.take();
    const { body } = await room.public.permalink(id);
    const { earlier, later } = body.siblings;
    return { body, siblings: earlier.length + later.length, cost: room.meter.take() };
  };

  test.each([20, 100_000])('to one of %i replies to the same comment, and to that comment', async (replies) => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    await fillArticle({ site: room.site, article: 'ferry', topLevel: 1, repliesEach: replies });
    const [famous] = (await room.public.thread()).body.comments;
    const { body } = await room.public.replies(famous?.id ?? '', 'limit=10');
    const to = await costOf(room, body.replies[9]?.id ?? '');
    expect([to.body.ancestors.length, to.siblings]).toEqual([1, 6]);
    expect(to.cost).toEqual({ roundTrips: 1, rowsRead: 42, rowsWritten: 0, kvOperations: 0 });
    const top = await costOf(room, famous?.id ?? '');
    expect([top.body.replies.length, top.siblings]).toEqual([5, 0]);
    expect(top.cost).toEqual({ roundTrips: 1, rowsRead: 26, rowsWritten: 0, kvOperations: 0 });
  });

  test.each([10, 5_000])('to one of %i top-level comments with replies', async (topLevel) => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    await fillArticle({ site: room.site, article: 'ferry', topLevel, repliesEach: 9 });
    const { comments } = (await room.public.thread('sort=oldest&limit=5')).body;
    const { siblings, cost } = await costOf(room, comments[4]?.id ?? '');
    expect(siblings).toBe(6);
    expect(cost).toEqual({ roundTrips: 1, rowsRead: 42, rowsWritten: 0, kvOperations: 0 });
  });

  test('and replies, asked for with their ETag while nothing has changed: two rows', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    await fillArticle({ site: room.site, article: 'ferry', topLevel: 1, repliesEach: 100 });
    const [top] = (await room.public.thread()).body.comments;
    const reads = [
      (as: Newsroom['public']) => as.permalink(top?.id ?? ''),
      (as: Newsroom['public']) => as.replies(top?.id ?? '', 'limit=20'),
    ];
    for (const read of reads) {
      const { headers } = await read(room.public);
      room.meter.take();
      const again = await read(room.public.with({ 'If-None-Match': headers.get('ETag') ?? '' }));
      expect(again.status).toBe(304);
      expect(room.meter.take()).toEqual({ roundTrips: 1, rowsRead: 2, rowsWritten: 0, kvOperations: 0 });
    }
  });

  test('at the greatest depth, each answer on the way having others beside it', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const say = async (parentId?: string) => {
      room.clock.tick(61);
      const reader = room.reader().at(`198.51.100.${room.clock.now % 250}`);
      return (await reader.post(`At ${room.clock.now}.`, parentId === undefined ? {} : { parentId })).body.id;
    };
    let deepest = await say();
    for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
      const beside = [await say(deepest), await say(deepest), await say(deepest)];
      deepest = beside[1] ?? '';
    }
    const { body, siblings, cost } = await costOf(room, deepest);
    expect([body.ancestors.length, siblings]).toEqual([31, 2]);
    expect(cost.roundTrips).toBe(1);
    // Two for each ancestor, one of them in the list that they are looked up by.
    expect(cost.rowsRead).toBeLessThanOrEqual(2 * 31 + 60);
  });
});

test('what else an attempt is counted for: a row written for it, one KV read in a minute, and no KV write', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const [author, other] = [room.reader().at('198.51.100.1'), room.reader().at('198.51.100.1')];
  const { body: comment } = await author.post('The ferry was late again.');
  const { body: mine } = await other.post('The bus was late, too.');
  const dora = room.reader();
  const token = async () => {
    const email = `nils${room.clock.tick(1)}@news.example`;
    return tokenOf((await room.operator.invite({ email, name: 'Nils', role: 'moderator' })).body.signInUrl);
  };
  const [good, bad] = [await token(), guestKey()];
  const as = room.public.with({ Origin: ORIGIN });
  // Round trips, rows read and rows written; the row of the network's window is one of these.
  const acts: [string, () => Promise<{ status: number }>, number, number, number][] = [
    ['report', () => dora.flag(comment, 'spam'), 1, 20, 5],
    // It reads its earlier one, in each of three statements.
    ['report again', () => dora.flag(comment, 'spam'), 1, 35, 1],
    ['delete', () => other.erase(mine), 2, 115, 12],
    ['preview', () => room.public.preview('Hello.'), 0, 0, 0],
    ['ask for a link', () => room.public.askForLink('nobody@news.example'), 1, 20, 1],
    ['sign in with a bad link', () => as.redeem(bad), 1, 20, 1],
    ['sign in', () => as.redeem(good), 2, 30, 5],
  ];
  let reads = 0;
  for (const [name, act, roundTrips, rowsRead, rowsWritten] of acts) {
    room.meter.take();
    expect((await act()).status, name).toBeLessThan(429);
    const cost = room.meter.take();
    expect(cost.roundTrips, name).toBeLessThanOrEqual(roundTrips);
    expect(cost.rowsRead, name).toBeLessThanOrEqual(rowsRead);
    expect(cost.rowsWritten, name).toBeLessThanOrEqual(rowsWritten);
    reads += cost.kvOperations;
  }
  expect(reads).toBeLessThanOrEqual(1);
  expect((await env.KV.list({ prefix: `cd:${room.site}` })).keys).toEqual([]);
});

test('a request for a link and a wrong link from a /48 that is full read two rows at most, after the first', async () => {
  const room = await openNewsroom();
  const { now } = room.clock;
  const { today } = await room.loadDayKeys();
  const [range] = (await room.dependencies.hashing.network(room.site, '2001:db8:1::1', today)).split('.');
  for (const limit of [LIMITS.linkByRange, LIMITS.sessionByRange]) {
    await env.DB.prepare(`INSERT INTO limit_windows (day, site_id, operation, network, hours, recent, last)
      WITH RECURSIVE other (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM other WHERE i < ?4)
      SELECT ?1, ?2, ?5, ?3 || '.b' || i || '.n' || i, '{"0":1}', '[]', '0' FROM other`)
      .bind(Math.floor(now / 86_400_000), room.site, range, limit.aDay, limit.operation)
      .run();
  }
  const from = (n: number) => room.public.with({ Origin: ORIGIN, 'CF-Connecting-IP': `2001:db8:1:${n}::1` });
  const acts: [act: (n: number) => Promise<{ status: number }>, status: number][] = [
    [(n) => from(n).askForLink('nobody@news.example'), 202],
    [(n) => from(n).redeem(guestKey()), 429],
  ];
  for (const [act, status] of acts) {
    expect((await act(1)).status).toBe(status);
    room.meter.take();
    for (let n = 2; n < 12; n += 1) expect((await act(n)).status).toBe(status);
    const { roundTrips, rowsRead, rowsWritten, kvOperations } = room.meter.take();
    expect([roundTrips, rowsWritten, kvOperations]).toEqual([10, 0, 0]);
    expect(rowsRead).toBeLessThanOrEqual(10 * 2);
  }
});

test('a post that is refused, beside 200 of the last minute by the same reader', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const guest = room.reader();
  const readerId = await guest.id();
  const said = { readerId, authorName: 'Bea', authorEmail: null, body: [], source: '', signals: [] };
  const top = { ...said, articleKey: 'ferry', parentId: null, depth: 0, path: '', createdAt: room.clock.now };
  const made = Array.from({ length: 200 }, () => room.dependencies.ids.sortable(room.clock.now));
  const shown = { status: 'published' as const, upVotes: 0, downVotes: 0, flags: [] };
  await room.stores().bulk.insertComplete(
    room.site,
    made.map((id) => ({ ...top, ...shown, id, rootId: id })),
  );
  await room.loadDayKeys();
  room.meter.take();
  expect((await guest.post('One more of them.')).status).toBe(429);
  const cost = room.meter.take();
  expect(cost.roundTrips).toBeLessThanOrEqual(3);
  // To tell when the next is allowed, as many comments of the reader's day are looked at as its limit lets in.
  expect(cost.rowsRead).toBeLessThanOrEqual(60 + LIMITS.commentByReader.aDay);
});

test('a step that takes an address out of the comments, with 4,000 stored', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  await fillArticle({ site: room.site, article: 'ferry', topLevel: 4_000, repliesEach: 0 });
  const type = env.DB.prepare(
    `UPDATE comments SET author_email = ?2 WHERE site_id = ?1 AND CAST(substr(id, 3, 7) AS INTEGER) BETWEEN ?3 AND ?4`,
  );
  await env.DB.batch([
    type.bind(room.site, 'few@mail.example', 100, 109),
    type.bind(room.site, 'many@mail.example', 2_000, 3_999),
  ]);
  // In every step 2,000 comments, but for the last one, which finds that there are no more.
  const steps: [string, number, number][] = [
    ['nobody@mail.example', 0, 2_000],
    ['few@mail.example', 10, 2_000],
    ['many@mail.example', 2_000, 2_000],
    ['many@mail.example', 0, 0],
  ];
  let after: string | null = null;
  for (const [email, found, looked] of steps) {
    if (found <= 10 && looked > 0) after = null;
    room.meter.take();
    const { body } = await room.operator.forgetAddress(email, after);
    const cost = room.meter.take();
    expect(body, email).toEqual({ looked, forgotten: found, next: looked === 0 ? null : expect.any(String) });
    expect(cost.roundTrips, email).toBe(found === 0 ? 1 : 2);
    // Whoever has written much costs four rows more for each comment.
    expect(cost.rowsRead, email).toBeLessThanOrEqual(found <= 10 ? 2_050 : 2_005 + 4 * found);
    expect(cost.rowsWritten, email).toBeLessThanOrEqual(found === 0 ? 0 : found + 2);
    after = body.next;
  }
});
