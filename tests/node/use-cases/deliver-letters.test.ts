import { describe, expect, test } from 'vitest';
import { deliverLetters, MOST_ATTEMPTS, waitAfter } from '../../../src/core/outbox/deliver-letters.ts';
import type { Letter } from '../../../src/core/outbox/outbox.ts';
import { type House, openHouse } from '../../support/memory/house.ts';
import { insertLetters } from '../../support/memory/outbox.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A house with so many settled letters to one receiver, `ears`. */
const openWithLetters = async (letters: number) => {
  const house = await openHouse();
  await house.deps.outbox.listen(house.site, 'ears', ['key.created']);
  for (let n = 0; n < letters; n += 1) {
    const id = house.deps.ids.sortable(house.clock.now());
    insertLetters(house.tables, { site: house.site, id, verb: 'key.created', subject: { kind: 'key', id: String(n) } });
  }
  house.clock.tick(61);
  return house;
};

const deliver = (house: House, receiver: (letter: Letter) => Promise<void>) => {
  const receivers = new Map([['ears', receiver]]);
  return deliverLetters({ outbox: house.deps.outbox, clock: house.clock, receivers, random: () => 0 }, house.site);
};

const hear = async () => undefined;

const fail = async () => {
  throw new Error('away');
};

describe('a step', () => {
  test('delivers twenty letters to a receiver at most, and says whether there may be more', async () => {
    const house = await openWithLetters(21);
    expect(await deliver(house, hear)).toEqual({ done: 20, isMore: true });
    expect(await deliver(house, hear)).toEqual({ done: 1, isMore: false });
    expect(await deliver(house, hear)).toEqual({ done: 0, isMore: false });
  });

  test('ends at a letter that does not arrive, which waits before it is tried again', async () => {
    const house = await openWithLetters(2);
    expect(await deliver(house, fail)).toEqual({ done: 0, isMore: false });
    house.clock.tick(14.999);
    expect(await deliver(house, hear)).toEqual({ done: 0, isMore: false });
    house.clock.tick(0.001);
    expect(await deliver(house, hear)).toEqual({ done: 2, isMore: false });
  });

  test('leaves a letter to its deliverer for two minutes, and not a millisecond longer', async () => {
    const house = await openWithLetters(1);
    await new Promise<void>((begun) => {
      void deliver(house, () => {
        begun();
        return new Promise(() => undefined);
      });
    });
    house.clock.tick(119.999);
    expect(await deliver(house, hear)).toEqual({ done: 0, isMore: false });
    house.clock.tick(0.001);
    expect(await deliver(house, hear)).toEqual({ done: 1, isMore: false });
  });

  test('gives a letter up after the last attempt, and goes on with the next', async () => {
    const house = await openWithLetters(2);
    const refused: Letter[] = [];
    const first = house.tables.outbox[0]?.subject.id;
    const onlyOthers = async (letter: Letter) => {
      if (letter.subject.id !== first) return;
      refused.push(letter);
      throw new Error('never');
    };
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) {
      expect(await deliver(house, onlyOthers)).toEqual({ done: 0, isMore: false });
      house.clock.tick(6 * 3_600);
    }
    expect(await deliver(house, onlyOthers)).toEqual({ done: 1, isMore: false });
    expect(refused.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(house.tables.outbox).toEqual([]);
  });
});

test('the waits double from half a minute to six hours, and chance takes up to half of each', () => {
  const whole = (attempt: number) => waitAfter(attempt, () => 1);
  expect([1, 2, 3, 10].map(whole)).toEqual([0.5 * MINUTE, 1 * MINUTE, 2 * MINUTE, 256 * MINUTE]);
  expect([11, 12].map(whole)).toEqual([6 * HOUR, 6 * HOUR]);
  expect([1, 11].map((attempt) => waitAfter(attempt, () => 0))).toEqual([0.25 * MINUTE, 3 * HOUR]);
  expect(waitAfter(1, () => 0.5)).toBe(22_500);
});
