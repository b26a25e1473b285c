import { endBans as endBansOf } from '../core/reader/end-bans.ts';
import { contextOf, type Job } from './job.ts';

const name = 'end-bans';

/** Ends the bans that are over, so that the log has an event for it. */
export const endBans: Job = {
  name,
  steps: 50,
  due: ({ readers, clock }, limit) => readers.findSitesWithBansOver(clock.now(), limit),
  step: (deps, site) => endBansOf(deps, contextOf(deps, name, site)),
};
