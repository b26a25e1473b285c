import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { VerificationView } from '../../src/contract/log.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

const verify = async (room: Newsroom): Promise<VerificationView> => {
  let whole = (await room.operator.verify()).body;
  while (whole.next !== null) {
    const { body } = await room.operator.verify(whole.next);
    whole = {
      ...body,
      seals: whole.seals + body.seals,
      events: whole.events + body.events,
      broken: [...whole.broken, ...body.broken],
    };
  }
  return whole;
};

/** A site whose log has so many seals, each of one new word; answers the id of each word's event. */
const openSealed = async (seals: number) => {
  const room = await openNewsroom();
  const ada = room.desk('Ada', 'admin');
  const words: string[] = [];
  for (let i = 0; i < seals; i += 1) {
    words.push(`word${i}`);
    await ada.changeSettings({ suspectWords: words });
    room.clock.tick(61);
    await room.runJobs();
  }
  const ids = (await room.operator.wholeLog('by=Ada')).map(({ id }) => id);
  expect(ids).toHaveLength(seals);
  return { room, ids };
};

test('every event that is a minute old is sealed once, also the whole of a large deed', async () => {
  const room = await openNewsroom();
  const words = Array.from({ length: 1_200 }, (_, i) => `w${i}`);
  await room.desk('Ada', 'admin').changeSettings({ bannedWords: words });
  await room.runJobs();
  expect(await verify(room)).toMatchObject({ seals: 0, events: 0, last: null });
  room.clock.tick(61);
  await Promise.all([room.runJobs(), room.runJobs()]);
  const sealed = await verify(room);
  expect(sealed).toMatchObject({ events: (await room.operator.wholeLog()).length, broken: [] });
  await room.runJobs();
  expect(await verify(room)).toEqual(sealed);
});

describe('the log is found to be another than the one that was sealed, and between which deeds, where', () => {
  test.each([
    ['somebody else did it', 'changed', `UPDATE events SET actor_name = 'Eve' WHERE site_id = ?1 AND id = ?2`, 1],
    ['a fact is another', 'changed', `UPDATE events SET facts = '{"list":"x"}' WHERE site_id = ?1 AND id = ?2`, 1],
    ['an event is gone', 'missing', 'DELETE FROM events WHERE site_id = ?1 AND id = ?2', 1],
    [
      'an event has been put in',
      'inserted',
      `INSERT INTO events (site_id, subject_kind, subject_id, id, verb, actor_kind)
      VALUES (?1, 'word', 'never', ?2, 'word.added', 'operator')`,
      1,
    ],
    // The next seal stands on this one, and is no longer what it was either.
    ['a seal is another', 'changed', `UPDATE seals SET hash = 'another' WHERE site_id = ?1 AND last_id = ?2`, 2],
    ['a seal is gone', 'inserted', 'DELETE FROM seals WHERE site_id = ?1 AND last_id = ?2', 1],
  ])('%s', async (_, fault, statement, faults) => {
    const { room, ids } = await openSealed(4);
    expect(await verify(room)).toMatchObject({ seals: 4, broken: [] });
    await env.DB.prepare(statement)
      .bind(room.site, ids[2] ?? '')
      .run();
    const { broken } = await verify(room);
    expect(broken).toHaveLength(faults);
    const upTo = statement.startsWith('DELETE FROM seals') ? ids[3] : ids[2];
    expect(broken[0]).toMatchObject({ fault, after: ids[1], upTo });
  });
});

test('a fault of long ago is found among many seals, and no later one is made by it', async () => {
  const { room, ids } = await openSealed(24);
  const damage = env.DB.prepare("UPDATE events SET verb = 'word.removed' WHERE site_id = ? AND id = ?");
  await damage.bind(room.site, ids[1] ?? '').run();
  await room.desk('Ada', 'admin').changeSettings({ maxLinks: 7 });
  room.clock.tick(61);
  await room.runJobs();
  const { broken, seals, last } = await verify(room);
  expect(seals).toBe(25);
  expect(broken.map(({ upTo }) => upTo)).toEqual([ids[1]]);
  expect(last?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test('where nothing was done there is nothing to seal, and to see that reads three rows a site', async () => {
  const { room } = await openSealed(2);
  const sites = (await env.DB.prepare('SELECT count(*) AS n FROM sites').first<number>('n')) ?? 0;
  room.meter.take();
  const upTo = room.dependencies.ids.sortable(room.clock.now);
  expect(await room.stores().log.findSitesToSeal(upTo, 100)).not.toContain(room.site);
  expect(room.meter.take().rowsRead).toBeLessThanOrEqual(3 * sites + 1);
});

test('the last seal is found at the cost of one row', async () => {
  const { room } = await openSealed(2);
  room.meter.take();
  expect(await room.stores().log.findLastSeal(room.site)).not.toBeNull();
  expect(room.meter.take().rowsRead).toBeLessThanOrEqual(1);
});

test('a log is not looked at from a seal that is gone: what it held is found missing', async () => {
  const { room, ids } = await openSealed(3);
  const [, second = ''] = ids;
  expect((await room.operator.verify(second)).body).toMatchObject({ seals: 1, broken: [] });
  for (const [table, id] of [
    ['events', 'id'],
    ['seals', 'last_id'],
  ]) {
    await env.DB.prepare(`DELETE FROM ${table} WHERE site_id = ? AND ${id} = ?`).bind(room.site, second).run();
  }
  expect((await room.operator.verify(second)).body.broken).toHaveLength(1);
});
