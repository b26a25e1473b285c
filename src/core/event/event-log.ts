import type { Event } from './event.ts';

/** Where an event stands in its site's log: by time, and among the subjects of one deed by what they are. */
export type LogPosition = readonly [id: string, subjectKind: string, subjectId: string, verb: string];

/** The hash of a site's events up to `lastId`, on top of the hash of the seal before it. */
export interface Seal {
  lastId: string;
  events: number;
  hash: string;
  /** Epoch milliseconds. */
  sealedAt: number;
}

export interface EventLog {
  /**
   * Oldest first. A page looks at so many events at most, so that a rare name costs several pages and not one long
   * read: it may be empty and still have a next one.
   */
  list(query: {
    siteId: string;
    /** Epoch milliseconds. */
    since: number | null;
    /** The name or id of who did it, or the kind of actor. */
    by: string | null;
    limit: number;
    after: LogPosition | null;
  }): Promise<{ events: Event[]; next: LogPosition | null }>;
  /** Sites with events up to this id that no seal holds. */
  findSitesToSeal(upTo: string, limit: number): Promise<string[]>;
  findLastSeal(siteId: string): Promise<Seal | null>;
  /** In order of their last ids, from the one that ends with this id. */
  listSeals(siteId: string, from: string | null, limit: number): Promise<Seal[]>;
  /**
   * The events after one id up to another, in the order of the log. A limit ends it with the deed that reaches it: the
   * subjects of one deed are never parted.
   */
  listBetween(range: { siteId: string; after: string; upTo: string; limit: number | null }): Promise<Event[]>;
  /** False: another seal came after the one that this one stands on. */
  insertSeal(siteId: string, previous: Seal | null, seal: Seal): Promise<boolean>;
}

/** As much as the log asks of sites: whether there is one. */
export interface Sites {
  find(siteId: string): Promise<object | null>;
}
