import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import type { Attempt } from '../../src/core/rate-limit/attempt.ts';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import { createCoolDowns } from '../../src/store/cool-downs.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

const openWith = async (kv?: KVNamespace) => {
  const room = await openNewsroom({ moderation: 'post' }, kv === undefined ? {} : { kv });
  await room.publisher.putArticle();
  // Half an hour before noon, so that no hour turns in between.
  room.clock.now = (Math.floor(room.clock.now / 86_400_000) + 1) * 86_400_000 + 11.5 * 3_600_000;
  const { body: comment } = await room.reader().at('198.51.100.1').post('The ferry was late again.');
  return { room, id: comment.id };
};

const keysOf = async (room: Newsroom) =>
  (await env.KV.list({ prefix: `cd:${room.site}` })).keys.map(({ name }) => name);

const flag = (room: Newsroom, id: string, n = 0) => room.reader().at(`203.0.113.${n}`).flag(id, 'spam');

/** Reports until the day is full, a minute's worth at a time; answers the first refusal. */
const fillDay = async (room: Newsroom, id: string) => {
  for (let n = 0; n < LIMITS.flagByNetwork.aDay; n += 1) {
    expect((await flag(room, id)).status).toBe(204);
    room.clock.tick(6);
  }
  return flag(room, id);
};

/** A KV that counts its calls, and refuses or never answers while it is told to. */
const openKv = () => {
  const state: { calls: string[]; answer: 'real' | 'refuse' | 'silent' } = { calls: [], answer: 'real' };
  const kv = new Proxy(env.KV, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      return (...parts: unknown[]) => {
        state.calls.push(String(name));
        if (state.answer === 'refuse') throw new Error('KV PUT failed: 429 Too Many Requests');
        return state.answer === 'silent' ? new Promise(() => undefined) : member.apply(target, parts);
      };
    },
  });
  return { kv, state };
};

test('what is admitted, from wherever, writes nothing to KV and reads one key of it in a minute', async () => {
  const { kv, state } = openKv();
  const { room, id } = await openWith(kv);
  room.clock.tick(60);
  state.calls.length = 0;
  const ada = room.reader();
  const { body: comment } = await ada.post('The bus was late, too.');
  await ada.edit(comment, 'The bus was late as well.');
  await room.reader().at('2001:db8:7::1').vote(id, 1);
  await room.reader().at('203.0.113.9').flag(id, 'spam');
  await room.public.preview('Some text.');
  await room.public.askForLink('nils@news.example');
  await room.public.redeem('A'.repeat(43));
  await ada.erase(comment);
  expect(state.calls).toEqual(['get']);
  room.clock.tick(60);
  await room.reader().vote(id, 1);
  expect(state.calls).toEqual(['get', 'get']);
});

test('a minute that is full is remembered where it was refused, without a look at D1 or KV, and written nowhere', async () => {
  const { room, id } = await openWith();
  for (let n = 0; n < LIMITS.flagByNetwork.count; n += 1) expect((await flag(room, id)).status).toBe(204);
  expect((await flag(room, id)).status).toBe(429);
  room.meter.take();
  const again = await flag(room, id);
  expect([again.status, again.headers.get('Retry-After')]).toEqual([429, '60']);
  expect(room.meter.take()).toEqual({ roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 0 });
  expect((await flag(room, id, 1)).status).toBe(204);
  expect(await keysOf(room)).toEqual([]);
  room.clock.tick(60);
  expect((await flag(room, id)).status).toBe(204);
});

test('a day that is full is written once, and known to other isolates before they ask D1', async () => {
  const { room, id } = await openWith();
  const refused = await fillDay(room, id);
  expect(refused.body).toMatchObject({ reason: 'rate-limited', limit: LIMITS.flagByNetwork.aDay });
  expect(refused.headers.get('RateLimit-Policy')).toBe(`"flag";q=${LIMITS.flagByNetwork.aDay};w=86400`);
  const noon = Math.ceil(room.clock.now / 3_600_000) * 3_600_000;
  expect((refused.body as { retryAt?: string }).retryAt).toBe(new Date(noon + 24 * 3_600_000).toISOString());
  const [key = ''] = await keysOf(room);
  expect(await keysOf(room)).toHaveLength(1);
  const { keys } = await env.KV.list({ prefix: key });
  expect(keys[0]?.expiration).toBeGreaterThan(Date.now() / 1_000 + 23 * 3_600);

  // An isolate of its own, with a memory of its own.
  const other = await openNewsroom();
  other.clock.now = room.clock.now;
  await other.loadDayKeys();
  other.meter.take();
  const elsewhere = await other.request('POST', room.at.flags(id), {
    headers: { ...other.reader().headers, 'CF-Connecting-IP': '203.0.113.0' },
    body: { reason: 'spam' },
  });
  expect([elsewhere.status, elsewhere.body]).toEqual([429, { ...refused.body, requestId: expect.any(String) }]);
  expect(other.meter.take()).toEqual({ roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 1 });
  expect((await flag(room, id, 1)).status).toBe(204);
});

test('days that are full in many networks are written once a minute, all of them', async () => {
  const { kv, state } = openKv();
  const { room } = await openWith(kv);
  const coolDowns = createCoolDowns(kv, () => undefined);
  const limit = LIMITS.flagByNetwork;
  const attemptFrom = (n: number): Attempt => {
    const name = `${n}.${n}.${n}`;
    return {
      siteId: room.site,
      operation: 'flag',
      network: { today: name, yesterday: name },
      id: '',
      now: room.clock.now,
      isStranger: false,
    };
  };
  const refusal = { limit, count: limit.aDay, windowSeconds: 86_400, retryAt: room.clock.now + 80_000_000 };
  state.calls.length = 0;
  for (let n = 0; n < 400; n += 1) await coolDowns.start(attemptFrom(n), refusal);
  expect(state.calls).toEqual(['get', 'put']);
  room.clock.tick(60);
  await coolDowns.start(attemptFrom(400), refusal);
  expect(state.calls).toEqual(['get', 'put', 'get', 'put']);
  const elsewhere = createCoolDowns(kv, () => undefined);
  for (let n = 0; n <= 400; n += 1) expect(await elsewhere.find(attemptFrom(n))).toEqual(refusal);
  expect(await elsewhere.find(attemptFrom(401))).toBe(null);
});

test('links and sign-ins beyond a limit write KV once, and other isolates know before they count', async () => {
  const { kv, state } = openKv();
  const { room } = await openWith(kv);
  const ask = (as: Newsroom) =>
    as.request('POST', room.at.signInLinks, { body: { email: 'nobody@news.example' } }).then(({ status }) => status);
  const redeem = (as: Newsroom) =>
    as.request('POST', room.at.sessions, { body: { token: 'A'.repeat(43) } }).then(({ status }) => status);
  state.calls.length = 0;
  for (let n = 0; n < LIMITS.linkByNetwork.count + 20; n += 1) expect(await ask(room)).toBe(202);
  expect(state.calls).toEqual(['put']);
  room.clock.tick(60);
  for (let n = 0; n < LIMITS.sessionByNetwork.count; n += 1) expect(await redeem(room)).toBe(401);
  for (let n = 0; n < 20; n += 1) expect(await redeem(room)).toBe(429);
  expect(state.calls).toEqual(['put', 'get', 'put']);

  // An isolate of its own, with a memory of its own.
  const other = await openNewsroom();
  other.clock.now = room.clock.now;
  await other.loadDayKeys();
  other.meter.take();
  expect([await ask(other), await redeem(other)]).toEqual([202, 429]);
  const { roundTrips, rowsRead, rowsWritten, kvOperations } = other.meter.take();
  expect([roundTrips, rowsWritten, kvOperations]).toEqual([2, 0, 1]);
  expect(rowsRead).toBeLessThanOrEqual(10);
});

test.each(['refuse', 'silent'] as const)(
  'a KV that would %s every call for a day changes nothing but for a line in the log each minute',
  async (answer) => {
    const { kv, state } = openKv();
    const { room, id } = await openWith(kv);
    state.answer = answer;
    state.calls.length = 0;
    room.logged.length = 0;
    room.clock.tick(61);
    const ada = room.reader().at('198.51.100.9');
    const began = Date.now();
    const { status, body: comment } = await ada.post('KV is out of order, they say.');
    expect(status).toBe(201);
    expect((await ada.edit(comment, 'KV is out of order, we hear.')).status).toBe(200);
    expect((await room.reader().vote(id, 1)).status).toBe(200);
    const [item] = (await room.desk('Nora').queue('unmoderated')).body.items.filter((one) => one.id === id);
    expect([item?.upVotes, item?.setAsideVotes]).toEqual([1, 0]);
    expect(room.logged.map((line) => JSON.parse(line))).toEqual([{ event: 'kv-unavailable', call: 'get' }]);
    // One call, and the others of that minute spare themselves the wait.
    expect(state.calls).toHaveLength(1);
    expect(Date.now() - began).toBeLessThan(10_000);

    expect((await fillDay(room, id)).status).toBe(429);
    expect((await flag(room, id)).status).toBe(429);
    expect((await flag(room, id, 1)).status).toBe(204);
    const minutes = (LIMITS.flagByNetwork.aDay * 6) / 60;
    expect(state.calls.length).toBeLessThanOrEqual(minutes + 2);
    expect(room.logged.length).toBe(state.calls.length);
    expect(room.logged.join()).not.toMatch(/203|198|Ada/);

    state.answer = 'real';
    room.clock.tick(60);
    expect((await room.reader().at('198.51.100.77').vote(id, 1)).status).toBe(200);
    expect(room.logged.length).toBeLessThanOrEqual(minutes + 2);
  },
);
