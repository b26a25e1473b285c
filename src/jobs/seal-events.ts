import { sealEvents as sealEventsOf, settledUpTo } from '../core/event/seal-events.ts';
import { contextOf, type Job } from './job.ts';

const name = 'seal-events';

/** Seals what was done up to a minute ago. Last of the jobs, which leave events themselves. */
export const sealEvents: Job = {
  name,
  steps: 20,
  due: ({ log, clock }, limit) => log.findSitesToSeal(settledUpTo(clock.now()), limit),
  step: (deps, site) => sealEventsOf(deps, contextOf(deps, name, site)),
};
