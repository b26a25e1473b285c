import type { AppContext } from '../dependencies.ts';

/** Sees work through that whoever asked need not wait for, or must not be able to time. It can only be logged. */
export function afterAnswer(c: AppContext, work: Promise<unknown>): void {
  c.executionCtx.waitUntil(
    work.catch((error: Error) => {
      c.env.log('background-failed', { requestId: c.get('requestId'), error: error.name });
    }),
  );
}
