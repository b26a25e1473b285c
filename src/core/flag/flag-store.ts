import type { Attempt, Refusal } from '../rate-limit/attempt.ts';
import type { FlagReason } from './flag-reason.ts';

export interface FlagStore {
  /**
   * A second flag by the same reader takes the place of the first where the comment was edited or decided on since, and
   * counts anew where the first is settled; otherwise it changes nothing. One by a shadow-banned reader is not stored.
   * Not found: none that this reader can see.
   */
  flag(
    attempt: Attempt,
    flag: { articleKey: string; commentId: string; readerId: string; reason: FlagReason; note: string },
  ): Promise<
    | { outcome: 'done' | 'not-found' }
    | { outcome: 'banned'; until: number | null }
    | { outcome: 'limited'; refusal: Refusal }
  >;
}
