import type { SubjectKind, Verb } from '../event/event.ts';

/** A comment that comes to be seen, by its posting or by a decision, is its own record and no event of the log. */
export type Happening = Verb | 'comment.published';

/** Word of one thing that happened to one subject, on its way to one receiver. */
export interface Letter {
  site: string;
  receiver: string;
  /** The deed's; with subject and verb it is the same in each attempt, so that a receiver can tell a second delivery. */
  id: string;
  verb: Happening;
  subject: { kind: SubjectKind; id: string };
  /** 1 for the first. It tells whoever delivers from those who come after their lease. */
  attempt: number;
}

/**
 * Letters are put in by the stores, in the batch of the deed and only for those who listen. For one receiver of a site
 * they go out in the order of their deeds; the first one that waits holds back all after it.
 */
export interface Outbox {
  /** From now on the receiver hears of these at this site, and of nothing else. */
  listen(siteId: string, receiver: string, happenings: readonly Happening[]): Promise<void>;
  findSitesWithLetters(limit: number): Promise<string[]>;
  /** The receivers for which letters wait. */
  findReceivers(siteId: string): Promise<string[]>;
  /** Takes the first letter in hand until then; null while it is in other hands, or is not to be tried yet, or none is. */
  claim(siteId: string, receiver: string, now: number, until: number): Promise<Letter | null>;
  /** It has arrived. Does nothing where somebody else has taken it up since. */
  remove(letter: Letter): Promise<void>;
  /** It is not to be tried before then. Does nothing where somebody else has taken it up since. */
  postpone(letter: Letter, notBefore: number): Promise<void>;
  /** It is given up, and no longer in the way of those after it. */
  bury(letter: Letter, now: number): Promise<void>;
}
