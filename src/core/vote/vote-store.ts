import type { Deed } from '../event/event.ts';
import type { Attempt, Refusal } from '../rate-limit/attempt.ts';
import { MILLIS_A_DAY } from '../rate-limit/network.ts';
import type { RuledVotes, VoteRuling } from './vote-ruling.ts';

/** A key without an approved comment is new for so long: whoever invents keys has to keep them for a week. */
export const NEW_KEY_MILLIS = 7 * MILLIS_A_DAY;

export interface VoteStore {
  /**
   * A new vote in a burst is kept and not counted; one that is there already stays as it is. What a shadow-banned reader
   * casts or changes is kept as discarded. The totals are as the voter may know them, always with their own vote.
   */
  vote(
    attempt: Attempt,
    vote: { articleKey: string; commentId: string; readerId: string; value: 1 | 0 | -1 },
  ): Promise<
    | { outcome: 'done'; upVotes: number; downVotes: number }
    | { outcome: 'not-found' | 'own-comment' }
    | { outcome: 'banned'; until: number | null }
    | { outcome: 'limited'; refusal: Refusal }
  >;
  /** Rules on at most `limit` votes that are set aside on one comment; null: no such comment. */
  ruleOnVotes(
    deed: Deed,
    ruling: { articleKey: string; commentId: string; ruling: VoteRuling; limit: number },
  ): Promise<RuledVotes | null>;
}
