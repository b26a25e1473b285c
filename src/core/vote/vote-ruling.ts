import type { Verb } from '../event/event.ts';

/** A moderator's word on votes that were set aside: honest after all, or not. */
export type VoteRuling = 'count-votes' | 'discard-votes';

export const VERB_OF_RULING = {
  'count-votes': 'votes.counted',
  'discard-votes': 'votes.discarded',
} as const satisfies Record<VoteRuling, Verb>;

export interface RuledVotes {
  /** The number of votes that were ruled on; 0 when none were left. */
  votes: number;
  setAsideVotes: number;
  upVotes: number;
  downVotes: number;
  articleKey: string;
}
