import type { Job } from './job.ts';

/** Hours of articles in a step; an article with fifty topics writes two hundred rows. */
const BATCH = 200;

/** Brings "most commented", of all time and of the last hours, up to date. */
export const relist: Job = {
  name: 'relist',
  steps: 20,
  async step({ rankings }) {
    const done = await rankings.relist(BATCH);
    return { done, isMore: done === BATCH };
  },
};
