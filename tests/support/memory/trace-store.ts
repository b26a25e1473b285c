import type { TraceStore } from '../../../src/core/comment/trace-store.ts';
import type { Tables } from './tables.ts';

export function createTraceStore(tables: Tables): TraceStore {
  return {
    async forget(before, limit) {
      let forgotten = 0;
      for (const comment of tables.comments.filter(({ createdAt }) => createdAt < before)) {
        if (comment.textHash !== null && forgotten < limit) {
          comment.textHash = null;
          forgotten += 1;
        }
        if (comment.network !== null && forgotten < limit) {
          Object.assign(comment, { idempotencyKey: null, network: null });
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
