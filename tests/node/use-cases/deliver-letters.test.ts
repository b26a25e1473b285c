import { describe, expect, test } from 'vitest';
import { deliverLetters, type Receiver, waitAfter } from '../../../src/core/outbox/deliver-letters.ts';
import { lowestIdAt } from '../../../src/core/platform/sortable-id.ts';
import { createOutbox } from '../../support/memory/outbox.ts';
import { createTables } from '../../support/memory/tables.ts';

const NOW = 1_795_000_000_000;

/** A site where letters wait, each claimed so many times before. */
const openWaiting = () => {
  const tables = createTables();
  const heard: string[] = [];
  const note: Receiver = async ({ receiver }) => void heard.push(receiver);
  const put = (receiver: string, letters: number, { attempt = 0, age = 61_000 } = {}) => {
    for (let n = 0; n < letters; n += 1) {
      const subject = { kind: 'key', id: `${receiver} ${n}` } as const;
      const id = lowestIdAt(NOW - age - n);
      tables.outbox.push({ site: 'news', receiver, id, verb: 'key.created', subject, attempt, notBefore: 0 });
    }
  };
  const deliver = (hear: Receiver = note) => {
    const receivers = new Map(['ears', 'eyes'].map((name) => [name, hear]));
    return deliverLetters(
      { outbox: createOutbox(tables), receivers, clock: { now: () => NOW }, random: () => 0 },
      'news',
    );
  };
  return { tables, heard, put, deliver };
};

const deaf: Receiver = () => Promise.reject(new Error('gone'));

describe('a step', () => {
  test.each([
    [19, 19, false],
    [20, 20, true],
    [21, 20, true],
  ])('of %i letters delivers %i, and says whether there may be more', async (letters, done, isMore) => {
    const { put, deliver } = openWaiting();
    put('ears', letters);
    expect(await deliver()).toEqual({ done, isMore });
  });

  test.each([
    ['ears', 'eyes'],
    ['eyes', 'ears'],
  ])('that leaves more for %s says so, whatever is left for %s', async (busy, idle) => {
    const { heard, put, deliver } = openWaiting();
    put(busy, 25);
    put(idle, 2);
    expect(await deliver()).toEqual({ done: 22, isMore: true });
    expect(heard.filter((name) => name === idle)).toHaveLength(2);
    expect(await deliver()).toEqual({ done: 5, isMore: false });
  });

  test.each([
    [60_001, 1],
    [60_000, 0],
  ])('delivers of letters %i ms old %i: the log has to settle', async (age, done) => {
    const { put, deliver } = openWaiting();
    put('ears', 1, { age });
    expect(await deliver()).toEqual({ done, isMore: false });
  });
});

describe('a letter that does not arrive', () => {
  test('waits, and those after it with it', async () => {
    const { tables, put, deliver } = openWaiting();
    put('ears', 2, { attempt: 10 });
    expect(await deliver(deaf)).toEqual({ done: 0, isMore: false });
    expect(tables.outbox.map(({ attempt }) => attempt).sort()).toEqual([10, 11]);
    expect(tables.outbox.find(({ attempt }) => attempt === 11)?.notBefore).toBe(NOW + 3 * 3_600_000);
    expect(tables.deadLetters).toEqual([]);
  });

  test('waits also where its receiver is unknown to this version', async () => {
    const { tables, put, deliver } = openWaiting();
    put('nose', 1);
    expect(await deliver()).toEqual({ done: 0, isMore: false });
    expect(tables.outbox).toMatchObject([{ receiver: 'nose', attempt: 1, notBefore: NOW + 15_000 }]);
  });

  test('at its twelfth attempt is given up', async () => {
    const { tables, put, deliver } = openWaiting();
    put('ears', 1, { attempt: 11 });
    expect(await deliver(deaf)).toEqual({ done: 0, isMore: false });
    expect(tables.outbox).toEqual([]);
    expect(tables.deadLetters).toMatchObject([{ attempt: 12, diedAt: NOW }]);
  });

  test('at its twelfth attempt may arrive yet; one whose deliverers have all ended is tried by nobody', async () => {
    const { tables, heard, put, deliver } = openWaiting();
    put('ears', 1, { attempt: 11 });
    put('eyes', 1, { attempt: 12 });
    expect(await deliver()).toEqual({ done: 1, isMore: false });
    expect(heard).toEqual(['ears']);
    expect(tables.deadLetters).toMatchObject([{ receiver: 'eyes', diedAt: NOW }]);
  });

  test('is claimed for two minutes, in which nobody else takes it up', async () => {
    const { tables, put, deliver } = openWaiting();
    put('ears', 1);
    let until = 0;
    await deliver(async () => {
      until = tables.outbox[0]?.notBefore ?? 0;
    });
    expect(until).toBe(NOW + 120_000);
  });

  test.each([
    [1, 0, 15_000],
    [1, 0.5, 22_500],
    [2, 0, 30_000],
    [10, 0, 7_680_000],
    [11, 0, 10_800_000],
    [12, 0, 10_800_000],
  ])('waits after attempt %i, cut at random by %d, %i ms', (attempt, random, millis) => {
    expect(waitAfter(attempt, () => random)).toBe(millis);
  });
});
