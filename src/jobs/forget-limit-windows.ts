import type { Job } from './job.ts';

/** Windows to delete in a step; as many rows are written. */
const WINDOWS = 500;

/** Deletes the limits' windows of the days before yesterday. */
export const forgetLimitWindows: Job = {
  name: 'forget-limit-windows',
  steps: 20,
  async step({ limitWindows, clock }) {
    const done = await limitWindows.forget(clock.now(), WINDOWS);
    return { done, isMore: done === WINDOWS };
  },
};
