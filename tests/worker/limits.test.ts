import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { Meter } from '../../src/bench/meter.ts';
import { admit } from '../../src/core/rate-limit/admit.ts';
import { LIMITS, type Limit } from '../../src/core/rate-limit/limits.ts';
import { createRateLimitLog } from '../../src/store/rate-limit-log.ts';
import { type Newsroom, openNewsroom, type PostOptions, type Reader } from '../support/newsroom.ts';

const FIVE: Limit = { operation: 'try', actor: 'network', count: 5, windowSeconds: 60, withoutKv: 'admit' };
const WINDOW = 60_000;
const START = 1_790_000_000_000;

/** Attempts of one actor against the real log in KV; each answers null, or when the next is allowed. */
const createActor = (actorKey: string, limit: Limit = FIVE) => {
  const meter = new Meter();
  const rateLimits = createRateLimitLog(meter.namespace(env.KV));
  let tries = 0;
  const attempt = async (now: number, mark?: string): Promise<number | null> => {
    tries += 1;
    const result = await admit({ rateLimits }, { limit, actorKey, mark: mark ?? `mark-${tries}`, now });
    if (result.ok) return null;
    return result.problem.reason === 'rate-limited' ? result.problem.retryAt : Number.NaN;
  };
  return { attempt, meter };
};

/** A KV whose calls can be made to end otherwise. */
const brokenKv = (answer: () => unknown) => {
  const state = { broken: false };
  const kv = new Proxy(env.KV, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      return (...parts: unknown[]) => (state.broken ? answer() : member.apply(target, parts));
    },
  });
  return { kv, state };
};

/** A KV that can be made to fail, as its daily quota makes it. */
const brittleKv = () =>
  brokenKv(() => {
    throw new Error('KV PUT failed: 429 Too Many Requests');
  });

/** A KV that can be made to answer nothing at all. */
const silentKv = () => brokenKv(() => new Promise(() => undefined));

const openWith = async (...parts: Parameters<typeof openNewsroom>) => {
  const room = await openNewsroom(...parts);
  await room.publisher.putArticle();
  // In the middle of a minute, so that the counters by the minute do not turn over in between.
  room.clock.now = Math.ceil(room.clock.now / WINDOW) * WINDOW + 20_000;
  return room;
};

let spoken = 0;
const say = (reader: Reader, options: PostOptions = {}) => {
  spoken += 1;
  return reader.post(`Sentence number ${spoken}.`, options);
};

const retryAtOf = (answer: { body: unknown }): number => Date.parse((answer.body as { retryAt: string }).retryAt);

describe('the attempt log in KV', () => {
  test('admits the fourth and the fifth and refuses the sixth', async () => {
    const { attempt } = createActor('sequence');
    const answers = [];
    for (let i = 0; i < 6; i += 1) answers.push(await attempt(START + i));
    expect(answers.slice(0, 5)).toEqual([null, null, null, null, null]);
    expect(answers[5]).toBeGreaterThan(START);
  });

  test('slides: what is a window old has left it, what is a millisecond younger has not', async () => {
    const { attempt } = createActor('sliding');
    for (let i = 0; i < 5; i += 1) expect(await attempt(START + i * 10_000)).toBeNull();
    const young = createActor('sliding-too');
    for (let i = 0; i < 5; i += 1) await young.attempt(START + i * 10_000);
    expect(await attempt(START + WINDOW)).toBeNull();
    expect(await young.attempt(START + WINDOW - 1)).not.toBeNull();
  });

  test('says when the next is allowed, and keeps its word to the millisecond', async () => {
    const { attempt } = createActor('promise');
    for (let i = 0; i < 5; i += 1) await attempt(START + i * 1_000);
    const retryAt = await attempt(START + 10_000);
    expect(await attempt((retryAt ?? 0) - 1)).toBe(retryAt);
    expect(await attempt(retryAt ?? 0)).toBeNull();
  });

  test('costs an admitted attempt three calls, and a refused one that is cooling down a single read', async () => {
    const { attempt, meter } = createActor('cheap');
    await attempt(START);
    expect(meter.take().kvOperations).toBe(3);
    for (let i = 1; i < 6; i += 1) await attempt(START + i);
    meter.take();
    expect(await attempt(START + 100)).not.toBeNull();
    expect(meter.take().kvOperations).toBe(1);
  });

  test('counts attempts with the same mark once', async () => {
    const { attempt } = createActor('retries');
    for (let i = 0; i < 8; i += 1) expect(await attempt(START + i, 'same')).toBeNull();
    for (let i = 0; i < 4; i += 1) expect(await attempt(START + 10 + i)).toBeNull();
    expect(await attempt(START + 20)).not.toBeNull();
  });

  test('keeps actors and operations apart', async () => {
    const one = createActor('apart');
    for (let i = 0; i < 6; i += 1) await one.attempt(START + i);
    expect(await createActor('apart-').attempt(START + 10)).toBeNull();
    expect(await createActor('apart', { ...FIVE, operation: 'other' }).attempt(START + 10)).toBeNull();
  });

  test.each([
    ['admit', true],
    ['refuse', false],
  ] as const)('where KV does not answer, does what the limit says: %s', async (withoutKv, isAdmitted) => {
    const { kv, state } = brittleKv();
    state.broken = true;
    const rateLimits = createRateLimitLog(kv);
    const result = await admit(
      { rateLimits },
      { limit: { ...FIVE, withoutKv }, actorKey: 'dark', mark: 'a', now: START },
    );
    expect(result.ok).toBe(isAdmitted);
    if (!result.ok) expect(result.problem.reason).toBe('unavailable');
  });
});

describe('a reader', () => {
  const { count } = LIMITS.commentByReader;

  test(`posts ${count} comments a minute; one more is told when, in the body and in every header`, async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    for (let i = 0; i < count; i += 1) {
      expect((await say(ada)).status).toBe(201);
      room.clock.tick(1);
    }
    const refused = await say(ada);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ reason: 'rate-limited', limit: count });
    expect(retryAtOf(refused)).toBe(room.clock.now - count * 1_000 + WINDOW);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '55',
      ratelimit: '"comment";r=0;t=55',
      'ratelimit-policy': `"comment";q=${count};w=60`,
      'cache-control': 'no-store',
      'content-type': 'application/problem+json',
    });
    expect((await say(room.reader())).status).toBe(201);
  });

  test('may post in the very millisecond of retryAt, and not in the one before', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    for (let i = 0; i < count; i += 1) {
      await say(ada);
      room.clock.tick(3);
    }
    const retryAt = retryAtOf(await say(ada));
    room.clock.now = retryAt - 1;
    expect((await say(ada)).status).toBe(429);
    room.clock.now = retryAt;
    expect((await say(ada)).status).toBe(201);
  });

  test('is held to the limit at every address, and without any KV', async () => {
    const { kv, state } = brittleKv();
    const room = await openWith({ moderation: 'post' }, { kv });
    state.broken = true;
    const ada = room.reader();
    const statuses = [];
    for (let i = 0; i <= count; i += 1) {
      statuses.push((await say(ada.at(`198.51.100.${i}`))).status);
    }
    expect(statuses).toEqual([...Array<number>(count).fill(201), 429]);
  });

  test('is not counted for what was refused', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    for (let i = 0; i < count + 3; i += 1) expect((await ada.post('')).status).toBe(422);
    expect((await say(ada)).status).toBe(201);
  });
});

describe('a network', () => {
  const { count } = LIMITS.commentByNetwork;

  const fill = async (room: Newsroom) => {
    for (let i = 0; i < count; i += 1) {
      expect((await say(room.reader())).status).toBe(201);
      room.clock.tick(0.5);
    }
  };

  test(`posts ${count} comments a minute, whoever writes them; another network is free`, async () => {
    const room = await openWith({ moderation: 'post' });
    await fill(room);
    const refused = await say(room.reader());
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ limit: count });
    expect((await say(room.reader().at('198.51.100.1'))).status).toBe(201);
    room.clock.now = retryAtOf(refused) - 1;
    expect((await say(room.reader())).status).toBe(429);
    room.clock.now += 1;
    expect((await say(room.reader())).status).toBe(201);
  });

  test('is held to it by the database alone while KV does not answer', async () => {
    const { kv, state } = brittleKv();
    const room = await openWith({ moderation: 'post' }, { kv });
    state.broken = true;
    await fill(room);
    const refused = await say(room.reader());
    expect(refused.status).toBe(429);
    room.clock.now = retryAtOf(refused) - 1;
    expect((await say(room.reader())).status).toBe(429);
    room.clock.now += 1;
    expect((await say(room.reader())).status).toBe(201);
  });

  test('does not wait for a KV that never answers', async () => {
    const kv = new Proxy(env.KV, { get: () => () => new Promise(() => undefined) });
    const room = await openWith({ moderation: 'post' }, { kv });
    expect((await say(room.reader())).status).toBe(201);
  });

  test('sends the same comment again with its Idempotency-Key as often as it must', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = room.reader();
    for (let i = 0; i < count + 5; i += 1) {
      expect((await ada.post('Did you get this?', { key: 'key-retried' })).status).toBe(201);
    }
  });
});

describe.each([
  ['article', 'UPDATE articles SET minute = ?, minute_count = ? WHERE site_id = ?', LIMITS.commentByArticle],
  ['site', 'UPDATE sites SET minute = ?, minute_count = ? WHERE id = ?', LIMITS.commentBySite],
] as const)('%s', (_, statement, limit) => {
  test(`takes ${limit.count} comments in a minute by the clock, and the next when the minute is over`, async () => {
    const room = await openWith({ moderation: 'post' });
    await env.DB.prepare(statement)
      .bind(Math.floor(room.clock.now / WINDOW), limit.count - 1, room.site)
      .run();
    expect((await say(room.reader())).status).toBe(201);
    const refused = await say(room.reader());
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ limit: limit.count });
    const nextMinute = (Math.floor(room.clock.now / WINDOW) + 1) * WINDOW;
    expect(retryAtOf(refused)).toBe(nextMinute);
    room.clock.now = nextMinute - 1;
    expect((await say(room.reader())).status).toBe(429);
    room.clock.now = nextMinute;
    expect((await say(room.reader())).status).toBe(201);
    expect((await room.public.thread()).body.article.commentCount).toBe(2);
  });
});

describe.each([
  ['report', (reader: Reader, comment: string) => reader.flag(comment, 'spam'), LIMITS.flagByNetwork, 204],
  ['vote', (reader: Reader, comment: string) => reader.vote(comment, 1), LIMITS.voteByNetwork, 200],
] as const)('%s', (_, act, limit, status) => {
  test(`is taken ${limit.count} times a minute from one network and then refused with 429`, async () => {
    const room = await openWith({ moderation: 'post' });
    const { body: comment } = await say(room.reader());
    const send = () => act(room.reader(), comment.id);
    const statuses = [];
    for (let i = 0; i < limit.count; i += 1) {
      statuses.push((await send()).status);
      room.clock.now += 1;
    }
    expect(new Set(statuses)).toEqual(new Set([status]));
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('RateLimit-Policy')).toBe(`"${limit.operation}";q=${limit.count};w=60`);
  });
});

describe('votes on one comment', () => {
  const { count } = LIMITS.votesOnOneComment;

  const votesOf = async (room: Newsroom) => {
    const [item] = (await room.desk().queue('unmoderated')).body.items;
    return [item?.upVotes, item?.downVotes, item?.setAsideVotes];
  };

  test(`count for ${count} readers of one network; the others are set aside`, async () => {
    const room = await openWith({ moderation: 'post' });
    const { body: comment } = await say(room.reader());
    for (let i = 0; i < count; i += 1) await room.reader().vote(comment, 1);
    expect(await votesOf(room)).toEqual([count, 0, 0]);
    await room.reader().vote(comment, 1);
    expect(await votesOf(room)).toEqual([count, 0, 1]);
  });

  test.each([
    ['refuses', () => brittleKv()],
    ['never answers', () => silentKv()],
  ])('are all set aside while KV %s, and none is lost; what counted before goes on counting', async (_, open) => {
    const { kv, state } = open();
    const room = await openWith({ moderation: 'post' }, { kv });
    const { body: comment } = await say(room.reader());
    const [ada, ben] = [room.reader(), room.reader()];
    await ada.vote(comment, 1);
    await ben.vote(comment, 1);
    await room.desk().headers();
    state.broken = true;
    const answers = await Promise.all(Array.from({ length: 10 }, () => room.reader().vote(comment, 1)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await votesOf(room)).toEqual([2, 0, 10]);
    await ada.vote(comment, -1);
    await ben.vote(comment, 0);
    expect(await votesOf(room)).toEqual([0, 1, 10]);

    const ruled = await room.desk().ruleOnVotes(comment, 'count-votes');
    expect(ruled.body).toEqual({ votes: 10, setAsideVotes: 0, upVotes: 10, downVotes: 1 });
    state.broken = false;
    await room.reader().vote(comment, 1);
    expect(await votesOf(room)).toEqual([11, 1, 0]);
  });
});

describe('edits and deletions', () => {
  const { count, operation } = LIMITS.editByNetwork;

  /** Null erases. */
  const change = (reader: Reader, comment: string, text: string | null) =>
    text === null ? reader.erase(comment) : reader.edit(comment, text);

  test(`are taken ${count} times a minute from one network; the next is told when, whichever of the two it is`, async () => {
    const room = await openWith({ moderation: 'post' });
    const [ada, ben] = [room.reader(), room.reader()];
    const [{ body: hers }, { body: his }] = [await say(ada), await say(ben)];
    const statuses = [(await ben.erase(his)).status];
    const first = room.clock.now;
    for (let i = 1; i < count; i += 1) {
      room.clock.tick(1);
      statuses.push((await ada.edit(hers, `Version ${i}.`)).status);
    }
    expect(statuses).toEqual([204, ...Array<number>(count - 1).fill(200)]);

    for (const body of ['One too many.', null]) {
      const refused = await change(ada, hers.id, body);
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({ reason: 'rate-limited', limit: count });
      expect(refused.headers.get('RateLimit-Policy')).toBe(`"${operation}";q=${count};w=60`);
      // What was refused stands in the log, too: two have to leave it.
      expect(retryAtOf(refused)).toBe(first + 1_000 + WINDOW);
      expect(refused.headers.get('Retry-After')).toBe(String(60 - count + 2));
    }
    expect((await ada.mine()).body.comments[0]?.source).toBe(`Version ${count - 1}.`);
    expect((await ada.at('198.51.100.1').edit(hers, 'From elsewhere.')).status).toBe(200);
    room.clock.now = first + 1_000 + WINDOW;
    expect((await ada.edit(hers, 'Once more.')).status).toBe(200);
  });

  test('go on while KV does not answer', async () => {
    const { kv, state } = brittleKv();
    const room = await openWith({ moderation: 'post' }, { kv });
    state.broken = true;
    const ada = room.reader();
    const { body: comment } = await say(ada);
    expect((await ada.edit(comment, 'Changed.')).status).toBe(200);
    expect((await ada.erase(comment)).status).toBe(204);
  });
});
