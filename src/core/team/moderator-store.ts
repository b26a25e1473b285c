import type { Deed } from '../event/event.ts';
import type { Attempt, Refusal } from '../rate-limit/attempt.ts';
import type { Site } from '../site/site.ts';
import type { ModeratorRecord } from './moderator.ts';

/** The time within which a request that is made again is the same request, because its answer was lost. */
export const REPEATED_WITHIN_MS = 60_000;

export interface NewLink {
  tokenHash: string;
  expiresAt: number;
}

export interface ModeratorStore {
  list(siteId: string): Promise<ModeratorRecord[]>;
  findById(siteId: string, id: string): Promise<ModeratorRecord | null>;
  findByEmail(siteId: string, email: string): Promise<ModeratorRecord | null>;
  /** With their first sign-in link; the log says so where whoever invites has it. False when the address is taken: nothing is inserted then. */
  insert(deed: Deed, moderator: ModeratorRecord, link: NewLink & { isHandedOut: boolean }): Promise<boolean>;
  /** The moderator's sessions and sign-in links end in the same batch. */
  remove(deed: Deed, id: string): Promise<'removed' | 'not-found' | 'last-admin'>;
  /** Takes effect with the moderator's next request. */
  changeRole(
    deed: Deed,
    id: string,
    role: ModeratorRecord['role'],
  ): Promise<ModeratorRecord | 'not-found' | 'last-admin'>;
  /** `deed`: whoever makes the link gets it to hand over. null: it is mailed. */
  insertLink(deed: Deed | null, link: NewLink & { siteId: string; moderatorId: string }): Promise<void>;
  /** The same for a mail: false, and no link, where so many of the moderator's end after that time already. */
  insertMailedLink(
    link: NewLink & { siteId: string; moderatorId: string },
    full: { count: number; endAfter: number },
  ): Promise<boolean>;
  deleteLink(siteId: string, tokenHash: string): Promise<void>;
  /**
   * The moderator with an address, for whoever asks for a link; and the refusal where a limit of their network has no room.
   * @param known the refusal that is remembered: nothing is counted then
   */
  findForLink(
    attempt: Attempt,
    email: string,
    known: Refusal | null,
  ): Promise<{ site: Site | null; moderator: ModeratorRecord | null; refusal: Refusal | null }>;
  /**
   * Spends the link and opens the session in one batch; null when the link is spent, over or unknown. The same once more
   * within a minute, with the same session, finds the session that it opened. Only what is not valid is refused by a
   * limit.
   * @param redeem the link's hash under each secret that there is
   * @param known the refusal that is remembered: nothing is counted then
   */
  redeemLink(
    attempt: Attempt,
    redeem: { linkHashes: string[]; sessionHash: string; sessionExpiresAt: number },
    known: Refusal | null,
  ): Promise<{ moderator: ModeratorRecord | null; refusal: Refusal | null }>;
  findBySession(siteId: string, sessionHash: string, now: number): Promise<ModeratorRecord | null>;
  endSession(siteId: string, sessionHash: string): Promise<void>;
  /** Deletes links and sessions that are over; answers how many. */
  deleteExpired(now: number): Promise<number>;
}
