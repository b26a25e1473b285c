import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { VoteRuling } from '../../src/contract/moderation.ts';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import { NEWS, type Newsroom, openNewsroom, type Reader } from '../support/newsroom.ts';
import { newerThan } from '../support/store-contract/scene.ts';

const { count: BURST } = LIMITS.votesOnOneComment;

let room: Newsroom;
let id: string;
beforeEach(async () => {
  room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  id = (await room.reader().post('What does the school think of the ferry?')).body.id;
});

const vote = (reader: Reader, value: 1 | 0 | -1, network = '203.0.113.7') => {
  // Two seconds apart: slowly enough for the network's own limit, and for all of them to fall into one burst.
  room.clock.tick(2);
  return reader.at(network).vote(id, value);
};

/** Votes from one network: the first six count, the others are set aside. */
const burst = async (count: number, sideOf: (i: number) => 1 | -1 = () => 1) => {
  const readers = Array.from({ length: count }, () => room.reader());
  for (const [i, reader] of readers.entries()) expect((await vote(reader, sideOf(i))).status).toBe(200);
  return readers;
};

const rule = (ruling: VoteRuling) => room.desk().ruleOnVotes(id, ruling);

const dossier = async () => (await room.desk().dossier(id)).body;

const first = async () => (await room.public.thread()).body.comments[0];
const etag = async () => (await room.public.thread()).headers.get('ETag');

/** Writes votes as the product would have left them; `quarantined` 1 is set aside, 0 counts. */
const fill = async (count: number, quarantined: 0 | 1, name: string) => {
  const column = quarantined === 1 ? 'quarantined_votes' : 'up_votes';
  await env.DB.batch([
    env.DB.prepare(
      `WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ?2)
      INSERT INTO votes (site_id, reader_id, article_key, comment_id, value, created_at, quarantined)
      SELECT ?1, ?3 || n, 'ferry', ?4, 1, 0, ?5 FROM series`,
    ).bind(room.site, count, name, id, quarantined),
    env.DB.prepare(`UPDATE comments SET ${column} = ${column} + ?1 WHERE site_id = ?2 AND id = ?3`).bind(
      count,
      room.site,
      id,
    ),
  ]);
};

/** The comment's counters, and the same counted again. */
const counters = async () => {
  const kept = await env.DB.prepare(
    'SELECT up_votes, down_votes, quarantined_votes FROM comments WHERE site_id = ? AND id = ?',
  )
    .bind(room.site, id)
    .first();
  const again = await env.DB.prepare(
    `SELECT coalesce(sum(value = 1 AND quarantined = 0), 0) AS up_votes,
      coalesce(sum(value = -1 AND quarantined = 0), 0) AS down_votes,
      coalesce(sum(quarantined = 1), 0) AS quarantined_votes FROM votes WHERE site_id = ? AND comment_id = ?`,
  )
    .bind(room.site, id)
    .first();
  return { kept, again };
};

const scoreOf = (comment: string) =>
  env.DB.prepare('SELECT score FROM comments WHERE site_id = ? AND id = ?').bind(room.site, comment).first('score');

describe('votes set aside', () => {
  test('are counted by a moderator: the totals, the score, the page and the history say so', async () => {
    await burst(40, (i) => (i % 4 === 3 ? -1 : 1));
    const before = await etag();
    expect(await first()).toMatchObject({ upVotes: 5, downVotes: 1 });
    const { status, body } = await rule('count-votes');
    expect([status, body]).toEqual([200, { votes: 34, setAsideVotes: 0, upVotes: 30, downVotes: 10 }]);
    expect(await first()).toMatchObject({ upVotes: 30, downVotes: 10 });
    expect(await etag()).not.toBe(before);
    const { kept, again } = await counters();
    expect(kept).toEqual(again);

    // As if each of them had come from a network of its own.
    const counted = id;
    id = (await room.reader().post('And what does the town think?')).body.id;
    for (let i = 0; i < 40; i += 1) await vote(room.reader(), i % 4 === 3 ? -1 : 1, `198.51.${i}.1`);
    expect(await scoreOf(counted)).toBe(await scoreOf(id));
    id = counted;

    const { item, events } = await dossier();
    expect(item).toMatchObject({ upVotes: 30, downVotes: 10, setAsideVotes: 0 });
    expect(events).toMatchObject([{ kind: 'count-votes', by: 'Mara', votes: 34, from: null, to: null, reason: '' }]);
  });

  test('are discarded by a moderator: nothing that is seen changes, and who cast them still reads the own vote', async () => {
    const guests = await burst(9);
    const before = await etag();
    const { body } = await rule('discard-votes');
    expect(body).toEqual({ votes: 3, setAsideVotes: 0, upVotes: 6, downVotes: 0 });
    expect(await etag()).toBe(before);
    expect((await dossier()).events).toMatchObject([{ kind: 'discard-votes', by: 'Mara', votes: 3 }]);

    const last = guests[8] as Reader;
    expect((await last.mine()).body.votes).toEqual({ [id]: 1 });
    expect((await vote(last, -1, '198.51.100.1')).body).toEqual({ upVotes: 6, downVotes: 1, value: -1 });
    expect((await counters()).kept).toEqual({ up_votes: 6, down_votes: 0, quarantined_votes: 0 });
    expect((await rule('count-votes')).body.votes).toBe(0);
    await vote(last, 0);
    await vote(last, 1, '198.51.100.1');
    expect((await counters()).kept).toEqual({ up_votes: 7, down_votes: 0, quarantined_votes: 0 });
  });

  test('are ruled on once: the same again finds none, changes nothing and leaves no second entry', async () => {
    await burst(8);
    await room.desk().headers();
    const [one, two] = await Promise.all([rule('count-votes'), rule('count-votes')]);
    expect([one.body.votes, two.body.votes].sort()).toEqual([0, 2]);
    const before = await etag();
    expect((await rule('count-votes')).body).toEqual({ votes: 0, setAsideVotes: 0, upVotes: 8, downVotes: 0 });
    expect((await rule('discard-votes')).body).toEqual({ votes: 0, setAsideVotes: 0, upVotes: 8, downVotes: 0 });
    expect(await etag()).toBe(before);
    expect((await dossier()).events).toHaveLength(1);
  });

  test('are exact while others vote, change and withdraw at the same time', async () => {
    const guests = await burst(12);
    await room.desk().headers();
    const rulings: VoteRuling[] = ['count-votes', 'discard-votes', 'count-votes'];
    await Promise.all([
      ...Array.from({ length: 30 }, (_, i) => vote(room.reader(), i % 3 === 0 ? -1 : 1)),
      ...rulings.map((ruling) => rule(ruling)),
      ...guests.map((guest, i) => vote(guest, i % 2 === 0 ? 0 : -1)),
      ...rulings.map((ruling) => rule(ruling)),
      ...Array.from({ length: 30 }, (_, i) => vote(room.reader(), 1, `198.51.100.${i}`)),
    ]);
    const { kept, again } = await counters();
    expect(kept).toEqual(again);
    await rule('count-votes');
    const after = await counters();
    expect(after.kept).toEqual(after.again);
    expect(after.kept?.quarantined_votes).toBe(0);
  });

  test('that come later in the same burst are set aside again, and wait for another ruling', async () => {
    await burst(8);
    await rule('count-votes');
    await vote(room.reader(), 1);
    expect((await counters()).kept).toEqual({ up_votes: 8, down_votes: 0, quarantined_votes: 1 });
    room.clock.tick(LIMITS.votesOnOneComment.windowSeconds);
    await vote(room.reader(), 1);
    expect((await counters()).kept).toEqual({ up_votes: 9, down_votes: 0, quarantined_votes: 1 });
  });

  test('that were counted are votes as any other: changed and withdrawn they move the totals', async () => {
    const guests = await burst(8);
    await rule('count-votes');
    expect((await vote(guests[7] as Reader, -1)).body).toEqual({ upVotes: 7, downVotes: 1, value: -1 });
    expect((await vote(guests[6] as Reader, 0)).body).toEqual({ upVotes: 6, downVotes: 1, value: 0 });
    expect((await counters()).kept).toEqual({ up_votes: 6, down_votes: 1, quarantined_votes: 0 });
  });

  test('on what nobody sees are counted without a new version of the page', async () => {
    await burst(8);
    await room.desk().decide(id, 'reject', 'published');
    const before = await etag();
    expect((await rule('count-votes')).body.votes).toBe(2);
    expect(await etag()).toBe(before);
  });

  test('make a new version of their own article alone, and none where there are none to count', async () => {
    await room.publisher.putArticle('harbour');
    await room.reader().post('This stands first of all.', { article: 'harbour' });
    id = (await room.reader().post('And what does the town think?')).body.id;
    const versions = async () =>
      (await env.DB.prepare('SELECT key, version FROM articles WHERE site_id = ? ORDER BY key').bind(room.site).all())
        .results;
    const before = await versions();
    expect((await rule('count-votes')).body.votes).toBe(0);
    expect(await versions()).toEqual(before);
    await fill(1, 1, 'pupil-');
    expect((await rule('count-votes')).body.votes).toBe(1);
    const [ferry, harbour] = before;
    expect(await versions()).toEqual([{ ...ferry, version: newerThan(Number(ferry?.version)) }, harbour]);
  });

  test('are ruled on a thousand at a time, to the last one', async () => {
    await fill(2_001, 1, 'pupil-');
    const left = [];
    for (let i = 0; i < 4; i += 1) left.push((await rule('count-votes')).body);
    expect(left.map(({ votes, setAsideVotes }) => [votes, setAsideVotes])).toEqual([
      [1_000, 1_001],
      [1_000, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(await first()).toMatchObject({ upVotes: 2_001 });
    expect((await dossier()).events.map(({ votes }) => votes)).toHaveLength(3);
  });
});

describe('the answer to a vote', () => {
  /** Six votes have been cast; then one reader changes their mind at every step, and reads what is theirs. */
  const walk = async (networkOf: (i: number) => string) => {
    id = (await room.reader().post(`Vote as often as you like, ${networkOf(1)}.`)).body.id;
    for (let i = 0; i < BURST; i += 1) await vote(room.reader(), i === 0 ? -1 : 1, networkOf(i));
    const reader = room.reader();
    const steps = [];
    for (const value of [0, 1, 1, -1, -1, 1, 0, 0, -1] as const) {
      const { status, headers, body } = await vote(reader, value, '203.0.113.7');
      const names = [...headers].filter(([name]) => name !== 'x-request-id' && name !== 'belowline-bookmark');
      const mine = (await reader.mine()).body.votes[id] ?? 0;
      steps.push({ status, names: names.map(([name]) => name), body, mine });
    }
    return steps;
  };

  test('tells nobody that it was set aside: not at once, and not when it is repeated, changed and withdrawn', async () => {
    const counted = await walk((i) => `198.51.100.${i}`);
    const aside = await walk(() => '203.0.113.7');
    expect(aside).toEqual(counted);
    expect(aside.map(({ body, mine }) => [body.upVotes, body.downVotes, body.value, mine])).toEqual([
      [5, 1, 0, 0],
      [6, 1, 1, 1],
      [6, 1, 1, 1],
      [5, 2, -1, -1],
      [5, 2, -1, -1],
      [6, 1, 1, 1],
      [5, 1, 0, 0],
      [5, 1, 0, 0],
      [5, 2, -1, -1],
    ]);
    expect((await counters()).kept).toEqual({ up_votes: 5, down_votes: 1, quarantined_votes: 1 });
  });

  test('that was set aside leaves the page as it is: the same text, the same ETag', async () => {
    await burst(BURST);
    const before = await room.public.thread();
    const reader = room.reader();
    for (const value of [1, -1, 0, 1] as const) {
      await vote(reader, value);
      const after = await room.public.thread();
      expect(after.headers.get('ETag')).toBe(before.headers.get('ETag'));
      expect(after.body).toEqual(before.body);
    }
    expect((await counters()).kept).toEqual({ up_votes: BURST, down_votes: 0, quarantined_votes: 1 });
    await vote(reader, 1, '198.51.100.1');
    expect((await room.public.thread()).headers.get('ETag')).toBe(before.headers.get('ETag'));
    await vote(room.reader(), 1, '198.51.100.1');
    expect((await room.public.thread()).headers.get('ETag')).not.toBe(before.headers.get('ETag'));
  });
});

describe.each<VoteRuling>(['count-votes', 'discard-votes'])('%s', (ruling) => {
  test.each([0, 114])('costs what is set aside, whatever is counted already: %d votes', async (aside) => {
    await fill(5_000, 0, 'citizen-');
    if (aside > 0) await fill(aside, 1, 'pupil-');
    await room.desk().headers();
    room.meter.take();
    expect((await rule(ruling)).body.votes).toBe(aside);
    const cost = room.meter.take();
    expect(cost.roundTrips).toBeLessThanOrEqual(2);
    expect(cost.rowsWritten).toBeLessThanOrEqual(aside === 0 ? 0 : aside + 5);
    expect(cost.rowsRead).toBeLessThanOrEqual(7 * aside + 20);
    expect(cost.kvOperations).toBe(0);
  });

  test('is a moderator’s alone, from a page of our own, in JSON, about a comment of the site', async () => {
    await burst(8);
    const path = room.at.voteRuling(id);
    const mara = await room.desk().headers();
    const other = await openNewsroom();
    const send = (headers: Record<string, string>, body: unknown = { ruling }, address = path) =>
      room.request('POST', address, { headers, body });
    const refused: [number, Promise<{ status: number }>][] = [
      [401, send({})],
      [401, send(room.reader().headers)],
      [403, send(room.asPublisher)],
      [403, send(room.asOperator)],
      [401, send(await other.desk().headers())],
      [401, send({ ...mara, ...room.asPublisher })],
      [403, send({ Cookie: mara.Cookie ?? '' })],
      [403, send({ Cookie: mara.Cookie ?? '', Origin: NEWS })],
      [415, send({ ...mara, 'Content-Type': 'text/plain' })],
      [400, send(mara, { ruling: 'count' })],
      [400, send(mara, {})],
      [400, send(mara, { ruling, votes: 5 })],
      [404, send(mara, { ruling }, room.at.voteRuling('0000000000000000'))],
      [404, send(await other.desk().headers(), { ruling }, other.at.voteRuling(id))],
    ];
    expect(await Promise.all(refused.map(async ([, answer]) => (await answer).status))).toEqual(
      refused.map(([status]) => status),
    );
    expect((await counters()).kept).toEqual({ up_votes: BURST, down_votes: 0, quarantined_votes: 2 });
    expect((await dossier()).events).toEqual([]);
    expect((await rule(ruling)).body.votes).toBe(2);
  });
});
