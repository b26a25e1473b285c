import type { Context } from '../core/event/context.ts';
import type { Receiver } from '../core/outbox/deliver-letters.ts';
import type { Clock } from '../core/platform/clock.ts';
import type { Hashing } from '../core/platform/hashing.ts';
import type { Ids } from '../core/platform/ids.ts';
import type { Stores } from '../core/stores.ts';

/** A job may use the stores of one database and the ports of the runtime. */
export interface JobDeps extends Stores {
  clock: Clock;
  ids: Ids;
  hashing: Hashing;
  /** Keyed hashes of the deployment's secrets, by name. */
  secretMarks(): Promise<Record<string, string>>;
  /** A random number of at least 0 and less than 1. */
  random(): number;
  /** The receivers of letters, by name. */
  receivers: ReadonlyMap<string, Receiver>;
}

/** The context of a step of a job at one site. */
export function contextOf(deps: Pick<JobDeps, 'clock'>, job: string, site: string): Context {
  const actor = { kind: 'job', name: job } as const;
  // A job comes from no network; an empty name stands for it.
  const nowhere = {
    network: async () => ({ today: '', yesterday: '' }),
    passingNetwork: async () => '',
  };
  return { site, actor, requestId: '', now: deps.clock.now(), ...nowhere };
}

export interface Step {
  /** The number of things that the step has worked on. */
  done: number;
  /** True when another step would find something to do. */
  isMore: boolean;
}

/**
 * Work of every minute, in short steps. A job may run late, twice at the same time or not at all, so the outcome of a
 * step depends on what is stored and on the time, never on the step before.
 */
export interface Job {
  name: string;
  /** The most steps that the job takes in a minute in each database. */
  steps: number;
  /** Up to `limit` sites with something to do; each step is then for one site. Left out: a step is for all sites. */
  due?(deps: JobDeps, limit: number): Promise<string[]>;
  /** @param siteId empty where a step is for all sites */
  step(deps: JobDeps, siteId: string): Promise<Step>;
}
