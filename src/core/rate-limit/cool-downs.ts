import type { Attempt, Refusal } from './attempt.ts';

/**
 * The refusals that are known before the database is asked. They only spare work: whether or not one is remembered, the
 * database counts.
 */
export interface CoolDowns {
  /** The refusal that still holds for one of the attempt's networks. */
  find(attempt: Attempt): Promise<Refusal | null>;
  /** Remembers a refusal of one of the attempt's networks, if it is for everybody; any other is left to the database. */
  start(attempt: Attempt, refusal: Refusal): Promise<void>;
}
