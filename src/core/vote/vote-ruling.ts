/** A moderator's word on votes that were set aside: honest after all, or not. */
export type VoteRuling = 'count-votes' | 'discard-votes';

export interface RuledVotes {
  /** How many this ruling was about; 0 when there were none left to rule on. */
  votes: number;
  setAsideVotes: number;
  upVotes: number;
  downVotes: number;
  articleKey: string;
}
