import type { Context } from '../core/event/context.ts';
import type { Receiver } from '../core/outbox/deliver-letters.ts';
import type { Clock } from '../core/platform/clock.ts';
import type { Hashing } from '../core/platform/hashing.ts';
import type { Ids } from '../core/platform/ids.ts';
import type { Stores } from '../core/stores.ts';

/** What a job may ask for: all that one database keeps, and what the runtime gives. */
export interface JobDeps extends Stores {
  clock: Clock;
  ids: Ids;
  hashing: Hashing;
  /** Keyed hashes of the deployment's secrets, by their names. */
  secretMarks(): Promise<Record<string, string>>;
  /** From 0 up to 1. */
  random(): number;
  /** Those to whom letters go, by their names. */
  receivers: ReadonlyMap<string, Receiver>;
}

/** The context of a step of a job at one site. */
export function contextOf(deps: Pick<JobDeps, 'clock'>, job: string, site: string): Context {
  const actor = { kind: 'job', name: job } as const;
  // A job comes from no network; all of them count as one.
  return { site, actor, requestId: '', now: deps.clock.now(), network: async () => '' };
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
