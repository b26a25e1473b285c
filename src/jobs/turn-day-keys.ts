import type { Job } from './job.ts';

/** Makes the keys of network names a day ahead, and deletes those that no name is made with any more. */
export const turnDayKeys: Job = {
  name: 'turn-day-keys',
  steps: 1,
  async step({ dayKeys, clock, ids }) {
    return { done: await dayKeys.turn(clock.now(), ids.token), isMore: false };
  },
};
