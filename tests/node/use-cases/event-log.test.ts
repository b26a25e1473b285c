import { describe, expect, test } from 'vitest';
import { readLog } from '../../../src/core/event/read-log.ts';
import { sealEvents } from '../../../src/core/event/seal-events.ts';
import { verifyLog } from '../../../src/core/event/verify-log.ts';
import { done, type House, openHouse } from '../../support/memory/house.ts';

const seal = (house: House) => sealEvents(house.deps, house.by({ kind: 'job', name: 'seal' }));

const verify = async (house: House) => done(await verifyLog(house.deps, house.operator(), { after: null }));

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
