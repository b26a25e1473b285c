import type { Job } from './job.ts';

/** Takes the hours out of the rankings that have passed out of their window, once an hour, site by site. */
export const turnHour: Job = {
  name: 'turn-hour',
  steps: 200,
  due: ({ rankings, clock }, limit) => rankings.sitesToTurn(clock.now(), limit),
  async step({ rankings, clock }, siteId) {
    await rankings.turnHour(siteId, clock.now());
    return { done: 1, isMore: false };
  },
};
