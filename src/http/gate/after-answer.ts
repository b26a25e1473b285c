import { faultOf } from '../../core/platform/fault.ts';
import { type AppContext, factsOf } from '../dependencies.ts';

/** Sees work through that whoever asked need not wait for, or must not be able to time. It can only be logged. */
export function afterAnswer(c: AppContext, work: Promise<unknown>): void {
  c.executionCtx.waitUntil(
    work.catch((error: unknown) => {
      c.env.log('background-failed', { ...factsOf(c), ...faultOf(error) });
    }),
  );
}
