import type { HealthStore, Run } from '../../../src/core/health/health-store.ts';
import { LAST_MIGRATION } from '../../../src/store/health-store.ts';
import type { Tables } from './tables.ts';

/** It takes no room, and has been migrated when the epoch began. */
export function createHealthStore(tables: Tables): HealthStore {
  let checkedAt = 0;
  return {
    knownMigration: LAST_MIGRATION,
    findLastMigration: async () => ({ name: LAST_MIGRATION, appliedAt: 0 }),

    async recordRun(now, failed) {
      const before = tables.run;
      const since = (job: string) => before?.failing[job] ?? now;
      const run: Run = { at: now, failing: Object.fromEntries(failed.map((job) => [job, since(job)])) };
      tables.run = run;
      return { before, bytes: 0 };
    },

    async probe(now) {
      checkedAt = now;
      return { written: checkedAt, run: tables.run, bytes: 0 };
    },

    async readKv() {},
  };
}
