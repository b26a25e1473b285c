import type { Deed } from '../event/event.ts';
import type { ReaderStanding } from './reader.ts';

/** A step of forgetting: the comments that were looked at, those that had the address, and the last one where more follow. */
export interface ForgottenAddress {
  looked: number;
  forgotten: number;
  next: string | null;
}

export interface ReaderStore {
  /** Whether anything there is a reader's of this id: a comment or a vote. */
  isKnown(siteId: string, id: string): Promise<boolean>;
  /** Whether a moderator's last word about any comment of this reader was to approve it. */
  hasApproved(siteId: string, id: string): Promise<boolean>;
  /**
   * Gives all that is a reader's to them under another id: standing, ban, comments and votes. Nothing happens where
   * nobody has the former id.
   */
  move(siteId: string, formerId: string, id: string): Promise<void>;
  /**
   * False: there is no such reader. A ban that stands already leaves no event. `networkHeldUntil` holds what comes from
   * the networks that the reader has posted from within the last day; null or left out: nothing.
   */
  ban(
    deed: Deed,
    readerId: string,
    ban: ReaderStanding['ban'],
    until: number | null,
    networkHeldUntil?: number | null,
  ): Promise<boolean>;
  /** Sites with a ban that is over. */
  findSitesWithBansOver(now: number, limit: number): Promise<string[]>;
  /** Ends at most `limit` bans that are over by the deed's time. Answers how many it ended. */
  endBans(deed: Deed, limit: number): Promise<number>;
  /**
   * Looks at `limit` comments of the deed's site in the order of their ids, and takes the address out of those that have
   * it, in whichever case. A step that finds none leaves no event. Null: there is no such site.
   */
  forgetAddress(
    deed: Deed,
    step: { email: string; after: string | null; limit: number },
  ): Promise<ForgottenAddress | null>;
  /** Deletes at most `limit` holds that are over, on every site. Answers how many. */
  endNetworkHolds(now: number, limit: number): Promise<number>;
}
