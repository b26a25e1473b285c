import type { Job } from './job.ts';

/** Deletes the expired sessions and sign-in links, all in one step: moderators are few. */
export const deleteExpired: Job = {
  name: 'delete-expired',
  steps: 1,
  async step({ moderators, clock }) {
    return { done: await moderators.deleteExpired(clock.now()), isMore: false };
  },
};
