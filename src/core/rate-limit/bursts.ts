import type { Refusal } from './attempt.ts';
import type { Operation } from './limits.ts';

/** One try of what is counted in passing. */
export interface Passing {
  siteId: string;
  operation: Operation;
  /** The name that is the same every day. */
  network: string;
  now: number;
}

/**
 * Counts what costs time and leaves no row: each place for itself, so it is close and not exact. An attempt that is
 * refused is not counted.
 */
export interface Bursts {
  admit(passing: Passing): Promise<Refusal | null>;
}
