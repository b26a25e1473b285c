import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { Meter } from '../../src/bench/meter.ts';
import { admit } from '../../src/core/rate-limit/admit.ts';
import { LIMITS, type Limit } from '../../src/core/rate-limit/limits.ts';
import { createRateLimitLog } from '../../src/store/rate-limit-log.ts';
import { guestKey, type Newsroom, openNewsroom } from '../support/newsroom.ts';

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

/** A KV that can be made to fail, as its daily quota makes it. */
const brittleKv = () => {
  const state = { broken: false };
  const kv = new Proxy(env.KV, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      return (...parts: unknown[]) => {
        if (state.broken) throw new Error('KV PUT failed: 429 Too Many Requests');
        return member.apply(target, parts);
      };
    },
  });
  return { kv, state };
};

/** A KV that can be made to answer nothing at all. */
const silentKv = () => {
  const state = { broken: false };
  const kv = new Proxy(env.KV, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      return (...parts: unknown[]) => (state.broken ? new Promise(() => undefined) : member.apply(target, parts));
    },
  });
  return { kv, state };
};

const openWith = async (...parts: Parameters<typeof openNewsroom>) => {
  const room = await openNewsroom(...parts);
  await room.putArticle();
  // In the middle of a minute, so that the counters by the minute do not turn over in between.
  room.clock.now = Math.ceil(room.clock.now / WINDOW) * WINDOW + 20_000;
  return room;
};

let spoken = 0;
const say = (room: Newsroom, guest: string, options: Parameters<Newsroom['post']>[2] = {}) => {
  spoken += 1;
  return room.post(guest, `Sentence number ${spoken}.`, options);
};

const retryAtOf = (answer: { body: unknown }): number => Date.parse((answer.body as { retryAt: string }).retryAt);

describe('the event log in KV', () => {
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
    const ada = guestKey();
    for (let i = 0; i < count; i += 1) {
      expect((await say(room, ada)).status).toBe(201);
      room.clock.tick(1);
    }
    const refused = await say(room, ada);
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
    expect((await say(room, guestKey())).status).toBe(201);
  });

  test('may post in the very millisecond of retryAt, and not in the one before', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    for (let i = 0; i < count; i += 1) {
      await say(room, ada);
      room.clock.tick(3);
    }
    const retryAt = retryAtOf(await say(room, ada));
    room.clock.now = retryAt - 1;
    expect((await say(room, ada)).status).toBe(429);
    room.clock.now = retryAt;
    expect((await say(room, ada)).status).toBe(201);
  });

  test('is held to the limit at every address, and without any KV', async () => {
    const { kv, state } = brittleKv();
    const room = await openWith({ moderation: 'post' }, { kv });
    state.broken = true;
    const ada = guestKey();
    const statuses = [];
    for (let i = 0; i <= count; i += 1) {
      const headers = { 'CF-Connecting-IP': `198.51.100.${i}` };
      statuses.push((await say(room, ada, { headers })).status);
    }
    expect(statuses).toEqual([...Array<number>(count).fill(201), 429]);
  });

  test('is not counted for what was refused', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    for (let i = 0; i < count + 3; i += 1) expect((await room.post(ada, '')).status).toBe(422);
    expect((await say(room, ada)).status).toBe(201);
  });
});

describe('a network', () => {
  const { count } = LIMITS.commentByNetwork;

  const fill = async (room: Newsroom) => {
    for (let i = 0; i < count; i += 1) {
      expect((await say(room, guestKey())).status).toBe(201);
      room.clock.tick(0.5);
    }
  };

  test(`posts ${count} comments a minute, whoever writes them; another network is free`, async () => {
    const room = await openWith({ moderation: 'post' });
    await fill(room);
    const refused = await say(room, guestKey());
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ limit: count });
    expect((await say(room, guestKey(), { headers: { 'CF-Connecting-IP': '198.51.100.1' } })).status).toBe(201);
    room.clock.now = retryAtOf(refused) - 1;
    expect((await say(room, guestKey())).status).toBe(429);
    room.clock.now += 1;
    expect((await say(room, guestKey())).status).toBe(201);
  });

  test('is held to it by the database alone while KV does not answer', async () => {
    const { kv, state } = brittleKv();
    const room = await openWith({ moderation: 'post' }, { kv });
    state.broken = true;
    await fill(room);
    const refused = await say(room, guestKey());
    expect(refused.status).toBe(429);
    room.clock.now = retryAtOf(refused) - 1;
    expect((await say(room, guestKey())).status).toBe(429);
    room.clock.now += 1;
    expect((await say(room, guestKey())).status).toBe(201);
  });

  test('does not wait for a KV that never answers', async () => {
    const kv = new Proxy(env.KV, { get: () => () => new Promise(() => undefined) });
    const room = await openWith({ moderation: 'post' }, { kv });
    expect((await say(room, guestKey())).status).toBe(201);
  });

  test('sends the same comment again with its Idempotency-Key as often as it must', async () => {
    const room = await openWith({ moderation: 'post' });
    const ada = guestKey();
    for (let i = 0; i < count + 5; i += 1) {
      expect((await room.post(ada, 'Did you get this?', { key: 'key-retried' })).status).toBe(201);
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
    expect((await say(room, guestKey())).status).toBe(201);
    const refused = await say(room, guestKey());
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ limit: limit.count });
    const nextMinute = (Math.floor(room.clock.now / WINDOW) + 1) * WINDOW;
    expect(retryAtOf(refused)).toBe(nextMinute);
    room.clock.now = nextMinute - 1;
    expect((await say(room, guestKey())).status).toBe(429);
    room.clock.now = nextMinute;
    expect((await say(room, guestKey())).status).toBe(201);
    expect((await room.thread()).body.article.commentCount).toBe(2);
  });
});

describe.each([
  ['report', 'POST', 'flags', { reason: 'spam' }, LIMITS.flagByNetwork, 204],
  ['vote', 'PUT', 'vote', { value: 1 }, LIMITS.voteByNetwork, 200],
] as const)('%s', (_, method, path, body, limit, status) => {
  test(`is taken ${limit.count} times a minute from one network and then refused with 429`, async () => {
    const room = await openWith({ moderation: 'post' });
    const { body: comment } = await say(room, guestKey());
    const send = () =>
      room.request(method, `${room.base}/comments/${comment.id}/${path}`, {
        headers: { Authorization: `Bearer ${guestKey()}` },
        body,
      });
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

  const vote = (room: Newsroom, id: string, guest: string, value: 1 | 0 | -1 = 1) => {
    room.clock.now += 1;
    return room.request('PUT', `${room.base}/comments/${id}/vote`, {
      headers: { Authorization: `Bearer ${guest}` },
      body: { value },
    });
  };
  const votesOf = async (room: Newsroom) => {
    const [item] = (await room.queue('unmoderated')).body.items;
    return [item?.upVotes, item?.downVotes, item?.quarantinedVotes];
  };

  test(`count for ${count} readers of one network; the others are set aside`, async () => {
    const room = await openWith({ moderation: 'post' });
    const { body: comment } = await say(room, guestKey());
    for (let i = 0; i < count; i += 1) await vote(room, comment.id, guestKey());
    expect(await votesOf(room)).toEqual([count, 0, 0]);
    await vote(room, comment.id, guestKey());
    expect(await votesOf(room)).toEqual([count, 0, 1]);
  });

  test.each([
    ['refuses', () => brittleKv()],
    ['never answers', () => silentKv()],
  ])('are all set aside while KV %s, and none is lost; what counted before goes on counting', async (_, open) => {
    const { kv, state } = open();
    const room = await openWith({ moderation: 'post' }, { kv });
    const { body: comment } = await say(room, guestKey());
    const [ada, ben] = [guestKey(), guestKey()];
    await vote(room, comment.id, ada);
    await vote(room, comment.id, ben);
    await room.asModerator();
    state.broken = true;
    const answers = await Promise.all(Array.from({ length: 10 }, () => vote(room, comment.id, guestKey())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await votesOf(room)).toEqual([2, 0, 10]);
    await vote(room, comment.id, ada, -1);
    await vote(room, comment.id, ben, 0);
    expect(await votesOf(room)).toEqual([0, 1, 10]);

    const ruled = await room.request('POST', `${room.base}/comments/${comment.id}/vote-ruling`, {
      headers: await room.asModerator(),
      body: { ruling: 'count-votes' },
    });
    expect(ruled.body).toEqual({ votes: 10, quarantinedVotes: 0, upVotes: 10, downVotes: 1 });
    state.broken = false;
    await vote(room, comment.id, guestKey());
    expect(await votesOf(room)).toEqual([11, 1, 0]);
  });
});

describe('edits and deletions', () => {
  const { count, operation } = LIMITS.editByNetwork;

  const change = (room: Newsroom, guest: string, id: string, body: string | null, address = '203.0.113.7') =>
    room.request(body === null ? 'DELETE' : 'PATCH', `${room.base}/comments/${id}`, {
      headers: { Authorization: `Bearer ${guest}`, 'CF-Connecting-IP': address },
      ...(body !== null && { body: { body } }),
    });

  test(`are taken ${count} times a minute from one network; the next is told when, whichever of the two it is`, async () => {
    const room = await openWith({ moderation: 'post' });
    const [ada, ben] = [guestKey(), guestKey()];
    const [{ body: hers }, { body: his }] = [await say(room, ada), await say(room, ben)];
    const statuses = [(await change(room, ben, his.id, null)).status];
    const first = room.clock.now;
    for (let i = 1; i < count; i += 1) {
      room.clock.tick(1);
      statuses.push((await change(room, ada, hers.id, `Version ${i}.`)).status);
    }
    expect(statuses).toEqual([204, ...Array<number>(count - 1).fill(200)]);

    for (const body of ['One too many.', null]) {
      const refused = await change(room, ada, hers.id, body);
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({ reason: 'rate-limited', limit: count });
      expect(refused.headers.get('RateLimit-Policy')).toBe(`"${operation}";q=${count};w=60`);
      // What was refused stands in the log, too: two have to leave it.
      expect(retryAtOf(refused)).toBe(first + 1_000 + WINDOW);
      expect(refused.headers.get('Retry-After')).toBe(String(60 - count + 2));
    }
    expect((await room.mine(ada)).body.comments[0].source).toBe(`Version ${count - 1}.`);
    expect((await change(room, ada, hers.id, 'From elsewhere.', '198.51.100.1')).status).toBe(200);
    room.clock.now = first + 1_000 + WINDOW;
    expect((await change(room, ada, hers.id, 'Once more.')).status).toBe(200);
  });

  test('go on while KV does not answer', async () => {
    const { kv, state } = brittleKv();
    const room = await openWith({ moderation: 'post' }, { kv });
    state.broken = true;
    const ada = guestKey();
    const { body: comment } = await say(room, ada);
    expect((await change(room, ada, comment.id, 'Changed.')).status).toBe(200);
    expect((await change(room, ada, comment.id, null)).status).toBe(204);
  });
});
