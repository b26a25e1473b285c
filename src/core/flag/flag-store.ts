import type { Attempt, Refusal } from '../rate-limit/attempt.ts';
import type { FlagReason } from './flag-reason.ts';

export interface FlagStore {
  /** A second flag by the same reader changes nothing. Not found: none that this reader can see. */
  flag(
    attempt: Attempt,
    flag: { articleKey: string; commentId: string; readerId: string; reason: FlagReason; note: string },
  ): Promise<{ outcome: 'done' | 'not-found' } | { outcome: 'limited'; refusal: Refusal }>;
}
