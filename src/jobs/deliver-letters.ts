import { deliverLetters as deliverLettersOf } from '../core/outbox/deliver-letters.ts';
import type { Job } from './job.ts';

/** Delivers the letters of the outbox to their receivers. */
export const deliverLetters: Job = {
  name: 'deliver-letters',
  steps: 50,
  due: ({ outbox, clock }, limit) => outbox.findSitesWithLetters(clock.now(), limit),
  step: (deps, site) => deliverLettersOf(deps, site),
};
