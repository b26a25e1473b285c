import type { Job } from './job.ts';

/** Holds to delete in a step; each writes two rows. */
const HOLDS = 200;

/** Deletes the holds of networks that are over, which no longer have any effect. */
export const endNetworkHolds: Job = {
  name: 'end-network-holds',
  steps: 10,
  async step({ readers, clock }) {
    const done = await readers.endNetworkHolds(clock.now(), HOLDS);
    return { done, isMore: done === HOLDS };
  },
};
