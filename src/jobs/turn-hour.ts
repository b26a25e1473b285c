import type { Job } from './job.ts';

/** Once an hour, site by site: takes out of the rankings the hours that they no longer look back to. */
export const turnHour: Job = {
  name: 'turn-hour',
  steps: 200,
  due: ({ rankings, clock }, limit) => rankings.sitesToTurn(clock.now(), limit),
  async step({ rankings, clock }, siteId) {
    await rankings.turnHour(siteId, clock.now());
    return { done: 1, isMore: false };
  },
};
