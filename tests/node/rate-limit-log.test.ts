import { afterEach, expect, test, vi } from 'vitest';
import { createRateLimitLog } from '../../src/store/rate-limit-log.ts';

/** A KV that tells how long it was to keep what it was given. */
const openLog = () => {
  const kept = new Map<string, number>();
  const kv = {
    put: async (key: string, _: string, { expirationTtl }: { expirationTtl: number }) =>
      void kept.set(key, expirationTtl),
    list: async () => ({ keys: [...kept.keys()].sort().map((name) => ({ name })) }),
  };
  return {
    log: createRateLimitLog(kv as unknown as KVNamespace),
    lives: () => [...kept.values()],
    keys: () => [...kept.keys()],
  };
};

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  [1, 60],
  [60, 60],
  [61, 61],
])('with a window of %i s a key lives for %i s, as KV takes no shorter life', async (windowSeconds, seconds) => {
  const { log, lives } = openLog();
  await log.insertAndList('scope', { at: 1, mark: 'one' }, windowSeconds);
  await log.insertCoolDown('scope', 1, windowSeconds);
  expect(lives()).toEqual([seconds, seconds]);
});

test('an attempt is a key with nine digits of its time, as the Worker before this one wrote it', async () => {
  const { log, keys } = openLog();
  await log.insertAndList('scope', { at: 35, mark: 'mark' }, 60);
  expect(keys()).toEqual(['rl:scope:00000000zmark']);
});

test('attempts are in the order of time, however many digits it has', async () => {
  const { log } = openLog();
  const attempts = [35, 36, 36 ** 8 - 1, 36 ** 8].map((at) => ({ at, mark: 'mark' }));
  for (const attempt of attempts.toReversed()) await log.insertAndList('scope', attempt, 60);
  expect(await log.insertAndList('scope', { at: 35, mark: 'mark' }, 60)).toEqual(attempts);
});

test('a KV that has not answered after a second has failed, and not before', async () => {
  vi.useFakeTimers();
  const log = createRateLimitLog({ get: () => new Promise(() => {}) } as unknown as KVNamespace);
  let fault: unknown = null;
  const asked = log.findCoolDown('scope').catch((error: unknown) => {
    fault = error;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(fault).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  await asked;
  expect(fault).toEqual(new Error('KV did not answer in time'));
});

test('a KV that has answered is waited for no longer', async () => {
  vi.useFakeTimers();
  const log = createRateLimitLog({ get: async () => null } as unknown as KVNamespace);
  expect(await log.findCoolDown('scope')).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});
