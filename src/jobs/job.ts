import type { Clock } from '../core/platform/clock.ts';
import type { Hashing } from '../core/platform/hashing.ts';
import type { Ids } from '../core/platform/ids.ts';
import type { Stores } from '../core/stores.ts';

/** What a job may ask for: all that one database keeps, and what the runtime gives. */
export interface JobDeps extends Stores {
  clock: Clock;
  ids: Ids;
  hashing: Hashing;
}

export interface Step {
  /** How many of whatever the job works on. */
  done: number;
  /** Another step would find something to do. */
  isMore: boolean;
}

/**
 * Work of every minute, in steps that each end soon. It may run late, twice at once or not at all, so what a step leaves
 * depends on what is stored and on the time, never on the step before.
 */
export interface Job {
  name: string;
  /** At most so many steps a minute and database. */
  steps: number;
  /** The sites that have something to do, so many at most; each step is then of one of them. Left out: a step is of all. */
  due?(deps: JobDeps, limit: number): Promise<string[]>;
  /** @param siteId empty where a step is of all sites */
  step(deps: JobDeps, siteId: string): Promise<Step>;
}
