import { deedOf } from '../core/event/event.ts';
import { contextOf, type Job } from './job.ts';

const name = 'notice-secrets';

/** A secret is changed outside of the product. This job notices the change and writes it into each site's log. */
export const noticeSecrets: Job = {
  name,
  steps: 50,
  due: async ({ sites, secretMarks }, limit) => sites.findSitesWithOtherSecrets(await secretMarks(), limit),
  async step(deps, site) {
    await deps.sites.noticeSecrets(deedOf(contextOf(deps, name, site), deps.ids), await deps.secretMarks());
    return { done: 1, isMore: false };
  },
};
