import { sealEvents as sealEventsOf, settledUpTo } from '../core/event/seal-events.ts';
import { contextOf, type Job } from './job.ts';

const name = 'seal-events';

/** Seals the events that are older than a minute. */
export const sealEvents: Job = {
  name,
  steps: 20,
  due: ({ log, clock }, limit) => log.findSitesToSeal(settledUpTo(clock.now()), limit),
  step: (deps, site) => sealEventsOf(deps, contextOf(deps, name, site)),
};
