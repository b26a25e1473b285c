import type { Attempt, Refusal } from './attempt.ts';

/**
 * Counts what costs time and leaves no row: each place for itself, so it is close and not exact. An attempt that is
 * refused is not counted.
 */
export interface Bursts {
  admit(attempt: Attempt): Promise<Refusal | null>;
}
