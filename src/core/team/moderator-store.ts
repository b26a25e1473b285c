import type { Deed } from '../event/event.ts';
import type { ModeratorRecord } from './moderator.ts';

export interface ModeratorStore {
  list(siteId: string): Promise<ModeratorRecord[]>;
  findById(siteId: string, id: string): Promise<ModeratorRecord | null>;
  findByEmail(siteId: string, email: string): Promise<ModeratorRecord | null>;
  /** False when the address is taken. */
  insert(deed: Deed, moderator: ModeratorRecord): Promise<boolean>;
  /** The moderator's sessions and sign-in links end in the same batch. */
  remove(deed: Deed, id: string): Promise<'removed' | 'not-found' | 'last-admin'>;
  /** `deed`: the operator makes the link. null: it is mailed to whoever asks, or comes with an invitation. */
  insertLink(
    deed: Deed | null,
    link: { siteId: string; tokenHash: string; moderatorId: string; expiresAt: number },
  ): Promise<void>;
  /** Spends the link and opens the session in one batch; null when the link is spent, over or unknown. */
  redeemLink(redeem: {
    siteId: string;
    linkHash: string;
    sessionHash: string;
    sessionExpiresAt: number;
    now: number;
  }): Promise<ModeratorRecord | null>;
  findBySession(siteId: string, sessionHash: string, now: number): Promise<ModeratorRecord | null>;
  endSession(siteId: string, sessionHash: string): Promise<void>;
  /** Deletes links and sessions that are over; answers how many. */
  deleteExpired(now: number): Promise<number>;
}
