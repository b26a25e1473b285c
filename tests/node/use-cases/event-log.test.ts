import { describe, expect, test } from 'vitest';
import { readLog } from '../../../src/core/event/read-log.ts';
import { sealEvents } from '../../../src/core/event/seal-events.ts';
import { verifyLog } from '../../../src/core/event/verify-log.ts';
import { done, type House, openHouse } from '../../support/memory/house.ts';

const seal = (house: House) => sealEvents(house.deps, house.by({ kind: 'job', name: 'seal' }));

const verify = async (house: House, after: string | null = null) =>
  done(await verifyLog(house.deps, house.operator(), { after }));

/** Two seals, the second of which holds what was done to the article. */
const openSealed = async () => {
  const house = await openHouse();
  house.clock.tick(61);
  await seal(house);
  for (const commenting of ['closed', 'open', 'closed'] as const) await house.putFerry({ commenting });
  house.clock.tick(61);
  await seal(house);
  return house;
};

describe('the log', () => {
  test('tells who did what, and is read by name', async () => {
    const house = await openHouse();
    await house.putFerry({ commenting: 'closed' });
    const read = async (by: string | null) => {
      const { events } = done(await readLog(house.deps, house.operator(), { since: null, by, limit: 10, after: null }));
      return events.map(({ verb }) => verb);
    };
    expect(await read(null)).toEqual(['site.created', 'settings.changed', 'article.created', 'article.closed']);
    expect(await read('operator')).toHaveLength(4);
    expect(await read('Ada')).toEqual([]);
  });
});

describe('a seal', () => {
  test('waits until what was begun is written, and holds each event once', async () => {
    const house = await openHouse();
    expect(await seal(house)).toEqual({ done: 0, isMore: false });
    house.clock.tick(61);
    expect(await seal(house)).toEqual({ done: 3, isMore: false });
    expect(await seal(house)).toEqual({ done: 0, isMore: false });
  });

  test('holds what is a minute old, and nothing of the last minute', async () => {
    const house = await openHouse();
    house.clock.tick(59.999);
    expect(await seal(house)).toEqual({ done: 0, isMore: false });
    house.clock.tick(0.002);
    expect(await seal(house)).toEqual({ done: 3, isMore: false });
  });

  test('holds five hundred events at most, and says whether there may be more', async () => {
    const house = await openHouse();
    const [event] = house.tables.events;
    if (event === undefined) throw new Error('A new house has no event.');
    for (let n = 0; n < 498; n += 1) {
      house.tables.events.push({ ...event, id: house.deps.ids.sortable(house.clock.now()) });
    }
    house.clock.tick(61);
    expect(await seal(house)).toEqual({ done: 500, isMore: true });
    expect(await seal(house)).toEqual({ done: 1, isMore: false });
  });

  test('that another has made meanwhile is made once', async () => {
    const house = await openHouse();
    house.clock.tick(61);
    house.deps.log = { ...house.deps.log, insertSeal: async () => false };
    expect(await seal(house)).toEqual({ done: 0, isMore: false });
  });

  test('is one of twenty that a call checks, and the next call goes on from there', async () => {
    const house = await openHouse();
    for (let n = 0; n < 22; n += 1) {
      if (n > 0) await house.putFerry({ commenting: n % 2 === 1 ? 'closed' : 'open' });
      house.clock.tick(61);
      await seal(house);
    }
    const first = await verify(house);
    expect(first).toMatchObject({ seals: 20, events: 22, broken: [], next: first.last?.lastId });
    const rest = await verify(house, first.next);
    expect(rest).toMatchObject({ seals: 2, events: 2, broken: [], next: null, last: { events: 1 } });
    expect(await verify(house, rest.last?.lastId)).toMatchObject({ seals: 0, events: 0, last: rest.last, next: null });
    const between = `${first.next?.slice(0, -1)}0`;
    expect(await verify(house, between)).toMatchObject({ seals: 20, events: 22, last: first.last });
  });

  test('that stands is found whole', async () => {
    const verified = await verify(await openSealed());
    expect(verified).toMatchObject({ seals: 2, events: 6, broken: [], next: null });
    expect(verified.last?.events).toBe(3);
  });

  test.each<['changed' | 'missing' | 'inserted', (house: House) => void]>([
    [
      'changed',
      ({ tables }) => {
        const last = tables.events.at(-1);
        if (last !== undefined) last.actor = { kind: 'moderator', id: 'ben', name: 'Ben' };
      },
    ],
    ['missing', ({ tables }) => void tables.events.pop()],
    [
      'inserted',
      ({ tables }) => {
        const last = tables.events.at(-1);
        if (last !== undefined) tables.events.push({ ...last, verb: 'article.opened' });
      },
    ],
  ])('is broken by an event that is %s, and no other seal with it', async (fault, tamper) => {
    const house = await openSealed();
    tamper(house);
    const { broken } = await verify(house);
    expect(broken).toMatchObject([{ fault, upTo: house.tables.seals[1]?.lastId }]);
  });
});
