import type { SubjectKind, Verb } from '../event/event.ts';

/** A comment that becomes visible, by its posting or by a decision, is its own record and no event of the log. */
export type Happening = Verb | 'comment.published';

/** The news of one happening to one subject, on its way to one receiver. */
export interface Letter {
  site: string;
  receiver: string;
  /** The deed's id. With subject and verb it is the same in each attempt, so that receivers recognise repetitions. */
  id: string;
  verb: Happening;
  subject: { kind: SubjectKind; id: string };
  /** The number of the attempt, from 1. It tells a deliverer from the one that claims the letter after its lease. */
  attempt: number;
}

/** A look for letters: its time, and the id below which they may go out, because none with a lower id comes later. */
export interface Turn {
  now: number;
  upTo: string;
}

/**
 * The stores put letters in, in the batch of the deed, and only for receivers that listen. A receiver of a site gets
 * them in the order of their deeds; a letter that waits holds back all after it.
 */
export interface Outbox {
  /** Sets the happenings at this site that the receiver hears of from now on. */
  listen(siteId: string, receiver: string, happenings: readonly Happening[]): Promise<void>;
  /** Sites with a letter that may be taken up now. */
  findSitesWithLetters(turn: Turn, limit: number): Promise<string[]>;
  /** The receivers for which letters wait. */
  findReceivers(siteId: string): Promise<string[]>;
  /** Claims the first letter until then; null while another has claimed it, it has to wait, or there is none. */
  claim(siteId: string, receiver: string, turn: Turn, until: number): Promise<Letter | null>;
  /** Removes a letter that has arrived. Does nothing where another deliverer has claimed it since. */
  remove(letter: Letter): Promise<void>;
  /** Lets a letter wait until then. Does nothing where another deliverer has claimed it since. */
  postpone(letter: Letter, notBefore: number): Promise<void>;
  /** Gives a letter up, which then holds back no other. */
  bury(letter: Letter, now: number): Promise<void>;
}
