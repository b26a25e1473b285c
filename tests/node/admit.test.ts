import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit } from '../../src/core/rate-limit/admit.ts';
import { LIMITS, type Limit } from '../../src/core/rate-limit/limits.ts';
import type { RateLimitLog } from '../../src/core/rate-limit/rate-limit-log.ts';
import { createRateLimitLog } from '../support/memory/rate-limit-log.ts';

const limit: Limit = { operation: 'try', actor: 'network', count: 3, windowSeconds: 60, withoutKv: 'admit' };
const windowMillis = 60_000;

const createActor = () => {
  const deps = { rateLimits: createRateLimitLog() };
  let tries = 0;
  return async (now: number): Promise<number | null> => {
    tries += 1;
    const result = await admit(deps, { limit, actorKey: 'a', mark: String(tries), now });
    if (result.ok) return null;
    if (result.problem.reason !== 'rate-limited') throw new Error(result.problem.reason);
    return result.problem.retryAt;
  };
};

const pauses = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 60 });

test('in no window of time are more admitted than the limit says', async () => {
  await fc.assert(
    fc.asyncProperty(pauses, async (steps) => {
      const attempt = createActor();
      const admitted: number[] = [];
      let now = 1_000_000;
      for (const step of steps) {
        now += step;
        if ((await attempt(now)) === null) admitted.push(now);
      }
      for (const at of admitted) {
        expect(admitted.filter((other) => other > at - windowMillis && other <= at).length).toBeLessThanOrEqual(3);
      }
    }),
  );
});

test('whoever is refused is admitted when retryAt has come, however often they tried before', async () => {
  await fc.assert(
    fc.asyncProperty(pauses, async (steps) => {
      const attempt = createActor();
      let now = 1_000_000;
      for (const step of steps) {
        now += step;
        const retryAt = await attempt(now);
        if (retryAt === null) continue;
        expect(retryAt).toBeGreaterThan(now);
        expect(retryAt).toBeLessThanOrEqual(now + windowMillis);
        now = retryAt;
        expect(await attempt(now)).toBeNull();
      }
    }),
  );
});

test('whoever is refused is told the very moment at which there is room again, their own attempt counted', async () => {
  const attempt = createActor();
  const start = 1_000_000;
  for (const at of [0, 10_000, 20_000]) expect(await attempt(start + at)).toBeNull();
  expect(await attempt(start + 30_000)).toBe(start + 10_000 + windowMillis);
});

test.each([
  ['admit', { ok: true, value: null }],
  ['refuse', { ok: false, problem: { reason: 'unavailable', retryAfterSeconds: 30 } }],
] as const)(
  'while the log does not answer, a limit that says so (%s) lets through or refuses',
  async (withoutKv, result) => {
    const outage = () => Promise.reject(new Error('KV'));
    const rateLimits = { findCoolDown: outage, insertCoolDown: outage, insertAndList: outage };
    const attempt = { limit: { ...limit, withoutKv }, actorKey: 'a', mark: 'a', now: 1_000_000 };
    expect(await admit({ rateLimits }, attempt)).toEqual(result);
  },
);

test('of attempts that overrun a limit at once, one alone writes the cool-down: KV takes one write a second for a key', async () => {
  const log = createRateLimitLog();
  let written = 0;
  const rateLimits: RateLimitLog = {
    ...log,
    insertCoolDown: async (...coolDown) => {
      written += 1;
      await log.insertCoolDown(...coolDown);
    },
  };
  const marks = [...'abcdefgh'];
  const results = await Promise.all(
    marks.map((mark) => admit({ rateLimits }, { limit, actorKey: 'a', mark, now: 1_000_000 })),
  );
  expect(results.map(({ ok }) => ok)).toEqual(marks.map((_, n) => n < limit.count));
  expect(written).toBe(1);
});

test.each<[keyof typeof LIMITS, count: number, windowSeconds: number]>([
  ['commentByReader', 5, 60],
  ['commentByNetwork', 20, 60],
  ['commentByArticle', 300, 60],
  ['commentBySite', 1_200, 60],
  ['editByNetwork', 30, 60],
  ['flagByNetwork', 12, 60],
  ['voteByNetwork', 60, 60],
  ['votesOnOneComment', 6, 600],
  ['previewByNetwork', 60, 60],
  ['linkByAddress', 3, 900],
  ['linkByNetwork', 10, 900],
  ['sessionByNetwork', 20, 900],
])('%s lets through %i in %i s and no more', async (name, count, windowSeconds) => {
  const start = 1_000_000;
  const end = start + windowSeconds * 1_000;
  /** Whether there is room at this time, after so many attempts at the start. */
  const hasRoom = async (attempts: number, now: number): Promise<boolean> => {
    const rateLimits = createRateLimitLog();
    const attempt = (mark: string, at: number) =>
      admit({ rateLimits }, { limit: LIMITS[name], actorKey: 'a', mark, now: at });
    for (let n = 0; n < attempts; n += 1) await attempt(String(n), start);
    return (await attempt('last', now)).ok;
  };
  expect(await hasRoom(count - 1, end - 1)).toBe(true);
  expect(await hasRoom(count, end - 1)).toBe(false);
  expect(await hasRoom(count, end)).toBe(true);
});

test('every limit has a window that KV can keep and room for at least one, and those that guard sign-in or tell a burst fail closed', () => {
  for (const [name, { count, windowSeconds, withoutKv, operation }] of Object.entries(LIMITS)) {
    expect(windowSeconds, name).toBeGreaterThanOrEqual(60);
    // The log lists a thousand attempts; those of the article and the site are counted by D1 alone.
    if (!['commentByArticle', 'commentBySite'].includes(name)) expect(count, name).toBeLessThan(1_000);
    expect(count, name).toBeGreaterThan(0);
    expect(withoutKv, name).toBe(
      ['sign-in-link', 'session', 'votes-on-one-comment'].includes(operation) ? 'refuse' : 'admit',
    );
  }
  const { commentByReader, commentByNetwork, commentByArticle, commentBySite } = LIMITS;
  const inOrder = [commentByReader, commentByNetwork, commentByArticle, commentBySite].map(({ count }) => count);
  expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
});
