import type { TraceStore } from '../../../src/core/comment/trace-store.ts';
import type { Tables } from './tables.ts';

const TRACES = ['textHash', 'idempotencyKey'] as const;

export function createTraceStore(tables: Tables): TraceStore {
  return {
    async forget(before, limit) {
      let forgotten = 0;
      for (const comment of tables.comments.filter(({ createdAt }) => createdAt < before)) {
        for (const trace of TRACES) {
          if (comment[trace] === null || forgotten === limit) continue;
          comment[trace] = null;
          forgotten += 1;
        }
      }
      return forgotten;
    },

    /** No comment here is from before the traces. */
    async emptyOld() {
      return 0;
    },
  };
}
