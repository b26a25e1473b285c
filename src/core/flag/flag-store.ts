import type { FlagReason } from './flag-reason.ts';

export interface FlagStore {
  /** A second flag by the same reader changes nothing. False: none that this reader can see. */
  flag(flag: {
    siteId: string;
    articleKey: string;
    commentId: string;
    readerId: string;
    reason: FlagReason;
    note: string;
    now: number;
  }): Promise<boolean>;
}
