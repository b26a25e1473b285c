import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Attempt, refusalOf } from '../../src/core/rate-limit/attempt.ts';
import { LIMITS, type Limit, limitFor, networkLimits } from '../../src/core/rate-limit/limits.ts';
import { MILLIS_A_DAY, type Network } from '../../src/core/rate-limit/network.ts';
import { createBursts } from '../../src/platform/bursts.ts';
import { count, windowsFor } from '../support/memory/limit-windows.ts';
import { networkNamed } from '../support/memory/platform.ts';
import { createTables } from '../support/memory/tables.ts';

const START = Date.UTC(2026, 0, 2, 21, 30);

const attemptAt = (now: number, network: Network = networkNamed('a school', now)): Attempt => ({
  ...{ siteId: 'news', operation: 'flag', id: String(now), now, network, isStranger: false },
});

/** Tries, each a while after the one before; answers the times of those that were let through. */
const run = (pauses: number[], onRefused: (retryAt: number, now: number) => number = (_, now) => now) => {
  const tables = createTables();
  const admitted: number[] = [];
  let now = START;
  for (const pause of pauses) {
    now += pause;
    const attempt = attemptAt(now);
    const refusal = refusalOf(attempt, windowsFor(tables, attempt));
    if (refusal === null) {
      count(tables, attempt);
      admitted.push(now);
    } else {
      now = onRefused(refusal.retryAt, now);
    }
  }
  return { tables, admitted };
};

/** Quick ones and slow ones, which fill a minute and a day, and cross midnight. */
const pauses = fc.array(fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900_000 })), {
  minLength: 1,
  maxLength: 300,
});

test('in no minute and in no 24 hours are more let through than the limit says', () => {
  const { count: aMinute, aDay } = LIMITS.flagByNetwork;
  fc.assert(
    fc.property(pauses, (steps) => {
      const { admitted } = run(steps);
      for (const at of admitted) {
        const within = (millis: number) => admitted.filter((other) => other > at - millis && other <= at).length;
        expect(within(60_000)).toBeLessThanOrEqual(aMinute);
        expect(within(MILLIS_A_DAY)).toBeLessThanOrEqual(aDay);
      }
    }),
  );
});

test('whoever is refused is told a moment, within a day and an hour, at which they are let through', () => {
  fc.assert(
    fc.property(pauses, (steps) => {
      const seen: [number, number][] = [];
      const { tables } = run(steps, (retryAt, now) => {
        seen.push([now, retryAt]);
        return now;
      });
      const last = seen.at(-1);
      if (last === undefined || steps.length === 0) return;
      const [now, retryAt] = last;
      expect(retryAt).toBeGreaterThan(now);
      expect(retryAt).toBeLessThanOrEqual(now + MILLIS_A_DAY + 3_600_000);
      const refusalAt = (at: number) => refusalOf(attemptAt(at), windowsFor(tables, attemptAt(at)));
      const final = refusalAt(retryAt - 1);
      expect(refusalAt(final?.retryAt ?? retryAt)).toBeNull();
    }),
  );
});

test('every operation has room for one try, no narrower tier has more than a wider one, and no minute more than a day', () => {
  for (const [name, limit] of Object.entries<Limit>(LIMITS)) {
    const { count: aWindow, aDay, windowSeconds } = limit;
    const strangers = limitFor(limit, true);
    expect(aWindow, name).toBeGreaterThan(0);
    if (aDay !== undefined) expect(aDay, name).toBeGreaterThan(aWindow);
    for (const [most, all] of [
      [strangers.count, aWindow],
      [strangers.aDay, aDay],
    ]) {
      if (most === undefined || all === undefined) continue;
      expect(Number.isInteger(most), name).toBe(true);
      if (limit.operation === 'comment' && limit.actor !== 'reader') expect(most, name).toBeLessThan(all);
      else expect(most, name).toBe(all);
    }
    expect(windowSeconds, name).toBeLessThan(86_400);
  }
  for (const operation of ['comment', 'edit', 'flag', 'vote', 'sign-in-link', 'session'] as const) {
    const limits = networkLimits(operation);
    expect(limits.map(({ actor }) => actor)).toEqual(['network', 'block', 'range']);
    // One window for all tiers of an operation, which is the one that its tries are kept for.
    expect(new Set(limits.map(({ windowSeconds }) => windowSeconds)).size).toBe(1);
    for (const counts of [limits.map(({ count: n }) => n), limits.map(({ aDay = 0 }) => aDay)]) {
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
      expect(counts[0]).toBeGreaterThan(0);
    }
  }
});

test('bursts are forgotten with the networks that were seen first, so that memory has a bound', async () => {
  const bursts = createBursts({});
  const preview = (name: string) => {
    const now = START;
    return bursts.admit({ operation: 'preview', now, network: networkNamed(name, now).today });
  };
  for (let n = 0; n < LIMITS.previewByNetwork.count; n += 1) expect(await preview('first')).toBeNull();
  expect(await preview('first')).toMatchObject({ limit: LIMITS.previewByNetwork });
  for (let n = 0; n < 5_000; n += 1) await preview(`network ${n}`);
  expect(await preview('first')).toBeNull();
});

test('a burst that a binding sees and the isolate does not is refused for the time of its window', async () => {
  const asked: string[] = [];
  const limiter = (success: boolean) => ({
    limit: async ({ key }: { key: string }) => {
      asked.push(key);
      return { success };
    },
  });
  const network = networkNamed('a school', START).today;
  const attempt = { operation: 'preview', network, now: START } as const;
  const countedBy = (network: boolean, range: boolean) =>
    createBursts({ preview: { network: limiter(network), range: limiter(range) } });
  expect(await countedBy(true, true).admit(attempt)).toBeNull();
  expect(new Set(asked).size).toBe(2);
  const { previewByRange: limit } = LIMITS;
  const bursts = countedBy(true, false);
  const refusal = { limit, count: limit.count, windowSeconds: 60, retryAt: START + 60_000 };
  expect(await bursts.admit(attempt)).toEqual(refusal);
  const askedBefore = asked.length;
  expect(await bursts.admit({ ...attempt, now: START + 59_999 })).toEqual(refusal);
  expect(asked).toHaveLength(askedBefore);
  await bursts.admit({ ...attempt, now: START + 60_000 });
  expect(asked.length).toBeGreaterThan(askedBefore);
});
