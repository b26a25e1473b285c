import type { Job } from './job.ts';

/** Deletes the rows of articles and sites that have been removed, some hundred at a time. */
export const deleteRemoved: Job = {
  name: 'delete-removed',
  steps: 100,
  due: ({ removals }, limit) => removals.findSites(limit),
  step: ({ removals, clock }, site) => removals.deleteSome(site, clock.now()),
};
