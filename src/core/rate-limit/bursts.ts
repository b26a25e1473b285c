import type { Refusal } from './attempt.ts';
import type { Operation } from './limits.ts';

/** One try of what is counted in passing, whatever the site: anybody can invent one. */
export interface Passing {
  operation: Operation;
  /** The name that is the same every day and for every site. */
  network: string;
  now: number;
}

/** A try that counts while nobody knows yet whether it is one. */
export interface Held {
  /** It was one. Answers the refusal of those who count for more than one place. */
  settle(): Promise<Refusal | null>;
  /** It was none. */
  giveBack(): void;
}

/**
 * Counts what costs time and leaves no row: each place for itself, so it is close and not exact. An attempt that is
 * refused is not counted.
 */
export interface Bursts {
  admit(passing: Passing): Promise<Refusal | null>;
  hold(passing: Passing): Refusal | Held;
}
