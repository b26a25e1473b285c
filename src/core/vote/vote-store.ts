import type { Deed } from '../event/event.ts';
import type { RuledVotes, VoteRuling } from './vote-ruling.ts';

export interface VoteStore {
  vote(vote: {
    siteId: string;
    articleKey: string;
    commentId: string;
    readerId: string;
    value: 1 | 0 | -1;
    /** A new vote is then kept and not counted. One that is there already stays as it is. */
    isSetAside: boolean;
    now: number;
    /** The totals are as the voter may know them, always with their own vote. */
  }): Promise<{ outcome: 'done'; upVotes: number; downVotes: number } | { outcome: 'not-found' | 'own-comment' }>;
  /** Rules on at most `limit` votes that are set aside on one comment; null: no such comment. */
  ruleOnVotes(
    deed: Deed,
    ruling: { articleKey: string; commentId: string; ruling: VoteRuling; limit: number },
  ): Promise<RuledVotes | null>;
}
