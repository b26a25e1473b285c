import { deliverLetters as deliverLettersOf } from '../core/outbox/deliver-letters.ts';
import type { Job } from './job.ts';

/** Delivers the letters of the outbox to their receivers. */
export const deliverLetters: Job = {
  name: 'deliver-letters',
  steps: 50,
  due: ({ outbox }, limit) => outbox.findSitesWithLetters(limit),
  step: (deps, site) => deliverLettersOf(deps, site),
};
