import { describe, expect, test } from 'vitest';
import { deedAfter, type Event } from '../../../src/core/event/event.ts';
import { readLog } from '../../../src/core/event/read-log.ts';
import { hashOf } from '../../../src/core/event/seal.ts';
import { sealEvents } from '../../../src/core/event/seal-events.ts';
import { verifyLog } from '../../../src/core/event/verify-log.ts';
import { lowestIdAt, sortableId } from '../../../src/core/platform/sortable-id.ts';
import { ids } from '../../../src/platform/ids.ts';
import { done, type House, openHouse } from '../../support/memory/house.ts';

const seal = (house: House) => sealEvents(house.deps, house.by({ kind: 'job', name: 'seal' }));

const verify = async (house: House, after: string | null = null) =>
  done(await verifyLog(house.deps, house.operator(), { after }));

/** The log of a house with so many events in it, one a deed, the last of them this long ago. */
const addEvents = ({ clock, tables }: House, events: number, millis = 60_000): House['tables']['events'] => {
  const [one] = tables.events;
  if (one === undefined) throw new Error('no event');
  return Array.from({ length: events }, (_, n) => ({ ...one, id: lowestIdAt(clock.now() - millis - n) }));
};

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

test.each([
  ['before it', '1m84ghm4z0000001', '1m84ghm500000000'],
  ['at its own id', '1m84ghm4z0000002', '1m84ghm500000000'],
  ['after it', '1m84ghm4z0000004', '1m84ghm4z0000004'],
])('a deed that was asked for %s comes after the event that it follows', async (_, asked, id) => {
  const house = await openHouse();
  const deed = deedAfter('1m84ghm4z0000002', house.operator(), {
    sortable: (at) => (at === house.clock.now() ? asked : sortableId(at, new Uint8Array(7))),
  });
  expect(deed).toEqual({
    site: house.site,
    id,
    actor: { kind: 'operator', id: null, name: null },
    now: house.clock.now(),
  });
});

test('two deeds that follow one event have ids of their own', async () => {
  const house = await openHouse();
  const last = ids.sortable(house.clock.now() + 500);
  const [one, other] = [deedAfter(last, house.operator(), ids), deedAfter(last, house.operator(), ids)];
  expect([one.id > last, other.id > last, one.id === other.id]).toEqual([true, true, false]);
});

describe('a seal', () => {
  test('waits until what was begun is written, and holds each event once', async () => {
    const house = await openHouse();
    expect(await seal(house)).toEqual({ done: 0, isMore: false });
    house.clock.tick(61);
    expect(await seal(house)).toEqual({ done: 3, isMore: false });
    expect(await seal(house)).toEqual({ done: 0, isMore: false });
  });

  test.each([
    ['a minute ago', 60_000, 1],
    ['less than a minute ago', 59_999, 0],
  ])('takes %s for settled or not', async (_, millis, sealed) => {
    const house = await openHouse();
    house.tables.events = addEvents(house, 1, millis);
    expect(await seal(house)).toEqual({ done: sealed, isMore: false });
  });

  test.each([
    [499, 499, false],
    [500, 500, true],
    [501, 500, true],
  ])('of %i events holds %i, and whether there may be more', async (events, sealed, isMore) => {
    const house = await openHouse();
    house.tables.events = addEvents(house, events);
    expect(await seal(house)).toEqual({ done: sealed, isMore });
  });

  test('is the hash of each event as one line, below the hash before it: it is the same in every version', async () => {
    const log: Event[] = [
      {
        ...{ site: 'news', id: '1m84ghm4z0000001', verb: 'article.closed' },
        ...{ actor: { kind: 'moderator', id: 'ada', name: 'Ada' }, subject: { kind: 'article', id: 'ferry' } },
        ...{ articleKey: 'ferry', facts: { to: 'closed', from: 'open' } },
      },
    ];
    const hashing = { digest: async (text: string) => text };
    const line =
      '["news","1m84ghm4z0000001","article.closed","article","ferry","moderator","ada","Ada","ferry",{"from":"open","to":"closed"}]';
    expect(await hashOf(hashing, null, log)).toBe(`\n${line}`);
    const previous = { lastId: '0', events: 1, hash: 'before', sealedAt: 0 };
    expect(await hashOf(hashing, previous, [...log, ...log])).toBe(`before\n${line}\n${line}`);
  });

  test('that another has set first is not counted again', async () => {
    const house = await openHouse();
    house.clock.tick(61);
    const log = { ...house.deps.log, insertSeal: async () => false };
    const late = { ...house, deps: { ...house.deps, log } };
    expect(await seal(late)).toEqual({ done: 0, isMore: false });
  });

  test('that stands is found whole', async () => {
    const verified = await verify(await openSealed());
    expect(verified).toMatchObject({ seals: 2, events: 6, broken: [], next: null });
    expect(verified.last?.events).toBe(3);
  });

  test('is read with no more of the others than a call needs, and looked for only by who goes on from it', async () => {
    const house = await openSealed();
    const reads: unknown[] = [];
    const listSeals: House['deps']['log']['listSeals'] = (site, from, limit) => {
      reads.push([from, limit]);
      return house.deps.log.listSeals(site, from, limit);
    };
    const counted = { ...house, deps: { ...house.deps, log: { ...house.deps.log, listSeals } } };
    await verify(counted);
    expect(reads.splice(0)).toEqual([[null, 21]]);
    const { lastId = '' } = house.tables.seals[0] ?? {};
    await verify(counted, lastId);
    expect(reads).toEqual([
      [lastId, 1],
      [lastId, 22],
    ]);
  });

  test('is not looked at again by who goes on from it', async () => {
    const house = await openSealed();
    const [first, second] = house.tables.seals;
    const rest = await verify(house, first?.lastId);
    expect(rest).toMatchObject({ seals: 1, events: 3, broken: [], next: null });
    expect(rest.last?.lastId).toBe(second?.lastId);
    expect(await verify(house, second?.lastId)).toMatchObject({ seals: 0, events: 0, next: null });
  });

  test('that is gone is no place to go on from: all is looked at again', async () => {
    const house = await openSealed();
    expect(await verify(house, '0')).toMatchObject({ seals: 2, events: 6 });
  });

  test.each([
    [20, 20, null],
    [21, 20, 19],
  ])('is one of %i of which a call checks %i and tells where to go on', async (seals, checked, next) => {
    const house = await openHouse();
    house.clock.tick(61);
    const events = addEvents(house, seals).reverse();
    house.tables.events = [];
    for (const event of events) {
      house.tables.events.push(event);
      await seal(house);
    }
    const verified = await verify(house);
    expect(verified).toMatchObject({ seals: checked, events: checked, broken: [] });
    expect(verified.next).toBe(next === null ? null : events[next]?.id);
    expect(await verify(house, verified.last?.lastId)).toMatchObject({ seals: seals - checked, next: null });
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
