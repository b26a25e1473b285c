import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/env.ts';
import type { Dependencies } from '../../src/http/dependencies.ts';
import { guestKey, type Newsroom, openNewsroom, type Reader } from '../support/newsroom.ts';
import { dumpTables } from '../support/table-dump.ts';

const DAY = 86_400_000;
const HOME = '198.51.100.7';
const NOON = Date.UTC(2026, 10, 20, 12);

beforeEach(async () => {
  await env.DB.prepare('DELETE FROM day_keys').run();
});

/** The stores of another isolate, which has the databases and the secrets of this one and none of its memory. */
const isolateOf = (room: Newsroom): Dependencies['openStores'] => {
  const config = readConfig({ ...env, DB: room.meter.database(env.DB), KV: room.meter.namespace(env.KV) });
  return compose(config, { now: () => room.clock.now }, (from, to, raw) => ({ from, to, raw })).openStores;
};

/** From now on requests come to these isolates by turns; named without any, to a new one. */
const serveBy = (room: Newsroom, isolates = [isolateOf(room)]): void => {
  let asked = 0;
  room.dependencies.openStores = (...parts) => {
    asked += 1;
    return (isolates[asked % isolates.length] as Dependencies['openStores'])(...parts);
  };
};

/** Nobody has asked for a key yet. */
const openRoom = async (now = NOON) => {
  const room = await openNewsroom({ moderation: 'post' });
  room.clock.now = now;
  await room.publisher.putArticle();
  return room;
};

const keysByDay = async (): Promise<Record<number, string>> => {
  const { results } = await env.DB.prepare('SELECT day, key FROM day_keys ORDER BY day').all<{
    day: number;
    key: string;
  }>();
  return Object.fromEntries(results.map(({ day, key }) => [day, key]));
};

const namesIn = async (table: string, { site }: Newsroom): Promise<string[]> => {
  const { results } = await env.DB.prepare(
    `SELECT DISTINCT network FROM ${table} WHERE site_id = ? AND network IS NOT NULL ORDER BY network`,
  )
    .bind(site)
    .all<{ network: string }>();
  return results.map(({ network }) => network);
};

const statusesOf = async (count: number, act: () => Promise<{ status: number }>): Promise<number[]> => {
  const statuses = [];
  for (let n = 0; n < count; n += 1) statuses.push((await act()).status);
  return statuses;
};

describe('a day’s key', () => {
  test('is one, whichever of two isolates makes it: their first requests of a day are counted together', async () => {
    const room = await openRoom(NOON + DAY / 2);
    const { body: comment } = await room.reader().at('203.0.113.9').post('The one that it is about.');
    await env.DB.prepare('DELETE FROM day_keys').run();
    serveBy(room, [isolateOf(room), isolateOf(room)]);
    const flags = Array.from({ length: 60 }, () => room.reader().at(HOME).flag(comment, 'spam'));
    const statuses = (await Promise.all(flags)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(12);
    expect(Object.keys(await keysByDay())).toHaveLength(2);
    expect(await namesIn('limit_windows', room)).toHaveLength(2);
  });

  test.each(['the isolate of before', 'a new isolate'])(
    'lets no window begin anew at midnight, for %s',
    async (who) => {
      const room = await openRoom();
      const { body: comment } = await room.reader().at('203.0.113.9').post('The one that it is about.');
      const flag = () => room.reader().at(HOME).flag(comment, 'spam');
      room.clock.now = NOON + DAY / 2 - 10_000;
      await room.runJobs();
      expect(await statusesOf(6, flag)).toEqual(Array(6).fill(204));
      room.clock.tick(20);
      if (who === 'a new isolate') serveBy(room);
      expect(await statusesOf(7, flag)).toEqual([...Array(6).fill(204), 429]);
      const refused = await flag();
      expect(refused.headers.get('Retry-After')).toBe('40');
      room.clock.tick(39.999);
      expect((await flag()).status).toBe(429);
      room.clock.tick(0.001);
      expect((await flag()).status).toBe(204);
    },
  );

  test('is made a day ahead by the job, and deleted when the day after is over', async () => {
    const room = await openRoom();
    const today = NOON / DAY - 0.5;
    await room.runJobs();
    const made = await keysByDay();
    expect(Object.keys(made)).toEqual([`${today}`, `${today + 1}`]);
    room.clock.now += 1.5 * DAY - 1;
    await room.runJobs();
    expect(await keysByDay()).toMatchObject(made);
    room.clock.now += 1;
    await room.runJobs();
    expect(Object.keys(await keysByDay())).toEqual([`${today + 1}`, `${today + 2}`, `${today + 3}`]);
  });

  test('has 256 random bits, and is in no answer, no line of the log and no other table', async () => {
    const room = await openRoom();
    const comment = await room.reader().at(HOME).say();
    await room.runJobs();
    const keys = Object.values(await keysByDay());
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(key).toMatch(/^[\w-]{43}$/);
    const { day_keys: _, ...others } = await dumpTables();
    const kv = (await env.KV.list()).keys.map(({ name }) => name);
    const answers = [];
    for (const path of room.everyGet(comment.id)) {
      answers.push((await room.request('GET', path, { headers: room.asOperator })).body);
    }
    const seen = JSON.stringify([others, kv, answers, room.logged]);
    for (const key of keys) expect(seen).not.toContain(key);
  });
});

test('a site’s names are under the keys of its own database, a sign-in among them', async () => {
  const room = await openNewsroom({ moderation: 'post' }, {}, { database: 'DB_1' });
  await room.desk().headers();
  const { today } = await room.loadDayKeys();
  const day = Math.floor(room.clock.now / DAY);
  const stored = await env.DB_1.prepare('SELECT key FROM day_keys WHERE day = ?').bind(day).first('key');
  const { results } = await env.DB_1.prepare('SELECT network FROM limit_windows WHERE site_id = ?')
    .bind(room.site)
    .all();
  const name = await room.dependencies.hashing.network(room.site, '203.0.113.7', today);
  expect([stored, results, await keysByDay()]).toEqual([today, [{ network: name }], {}]);
});

describe('a stored name of a network', () => {
  /** Everything that leaves a name: a comment, a window and a hold. */
  const leaveNames = async (room: Newsroom) => {
    const troll = room.reader().at(HOME);
    await troll.say();
    await room.desk().ban(await troll.id(), 'ban', null, 24);
    const tables = ['limit_windows', 'comment_traces', 'network_holds'];
    return new Set((await Promise.all(tables.map((table) => namesIn(table, room)))).flat());
  };

  test('is found with the secret and the key of its day, and not with the secret alone', async () => {
    const room = await openRoom();
    const names = await leaveNames(room);
    const under = (key: string | null) => room.dependencies.hashing.network(room.site, HOME, key);
    const day = NOON / DAY - 0.5;
    const guesses = [null, '', `${day}`, new Date(NOON).toISOString().slice(0, 10), guestKey()];
    for (const guess of guesses) expect(names).not.toContain(await under(guess));
    expect(names).toContain(await under((await keysByDay())[day] ?? ''));
  });

  test('cannot be made again once the key is gone, with the same secret, address and day', async () => {
    const room = await openRoom();
    const names = await leaveNames(room);
    const nameOfThatDay = async () => {
      serveBy(room);
      const { today } = await room.stores().dayKeys.find(NOON, room.dependencies.ids.token);
      return room.dependencies.hashing.network(room.site, HOME, today);
    };
    expect(names).toContain(await nameOfThatDay());
    room.clock.now += 1.5 * DAY;
    await room.runJobs();
    expect(names).not.toContain(await nameOfThatDay());
  });
});

describe('costs', () => {
  const costOf = async (room: Newsroom, reader: Reader, comment: { id: string }) => {
    room.meter.take();
    expect((await reader.vote(comment, 1)).status).toBe(200);
    return room.meter.take();
  };

  test('a round trip in the first request of an isolate that needs it, and none after, nor at midnight', async () => {
    const room = await openRoom();
    const { body: comment } = await room.reader().at('203.0.113.9').post('Vote for this.');
    await room.runJobs();
    const usual = await costOf(room, room.reader().at('203.0.113.1'), comment);
    serveBy(room);
    const first = await costOf(room, room.reader().at('203.0.114.1'), comment);
    expect(first.roundTrips).toBe(usual.roundTrips + 1);
    // Those of yesterday, today and tomorrow.
    expect(first.rowsRead).toBeLessThanOrEqual(usual.rowsRead + 8);
    expect(first.rowsWritten).toBe(usual.rowsWritten);
    for (const wait of [0, DAY / 2]) {
      room.clock.tick(wait / 1_000);
      const later = await costOf(room, room.reader().at('203.0.115.1'), comment);
      expect([later.roundTrips, later.rowsWritten]).toEqual([usual.roundTrips, usual.rowsWritten]);
    }
  });

  test('nothing for what is counted in passing, and no row of a job that has nothing to do', async () => {
    const room = await openRoom();
    await room.runJobs();
    serveBy(room);
    room.meter.take();
    expect((await room.public.preview('Text.')).status).toBe(200);
    expect(room.meter.take()).toEqual({ roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 0 });
    await room.stores().dayKeys.turn(room.clock.now, room.dependencies.ids.token);
    const { roundTrips, rowsRead, rowsWritten } = room.meter.take();
    expect([roundTrips, rowsWritten]).toEqual([1, 0]);
    expect(rowsRead).toBeLessThanOrEqual(6);
  });
});
