import { describe, expect, test } from 'vitest';
import type { OpenStores } from './scene.ts';

export function healthContract(open: OpenStores): void {
  describe('the record of runs', () => {
    test('keeps the last run, and of each job that fails since when it does', async () => {
      const { health } = open();
      const runs = [
        { now: 1_000, failed: [], failing: {} },
        { now: 2_000, failed: ['relist', 'end-bans'], failing: { relist: 2_000, 'end-bans': 2_000 } },
        { now: 3_000, failed: ['relist', 'turn-hour'], failing: { relist: 2_000, 'turn-hour': 3_000 } },
        { now: 4_000, failed: ['end-bans'], failing: { 'end-bans': 4_000 } },
        { now: 5_000, failed: [], failing: {} },
      ];
      let before: unknown;
      for (const { now, failed, failing } of runs) {
        const recorded = await health.recordRun(now, failed);
        if (before !== undefined) expect(recorded.before).toEqual(before);
        expect(recorded.bytes).toBeGreaterThanOrEqual(0);
        before = { at: now, failing };
        expect(await health.probe(now)).toMatchObject({ written: now, run: before });
      }
    });

    test('reads back what a check has written, and knows the last migration', async () => {
      const { health } = open();
      expect((await health.probe(7)).written).toBe(7);
      expect((await health.probe(6)).written).toBe(6);
      expect((await health.findLastMigration())?.name).toBe(health.knownMigration);
      await health.readKv();
    });
  });
}
