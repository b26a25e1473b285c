import type { Event } from './event.ts';

/** The position of an event in its site's log: by time, and within one deed by its subject. */
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
   * Lists events, oldest first. A page looks at a limited number of them, so that a rare name costs several pages and
   * not one long read: a page may be empty and still have a next one.
   */
  list(query: {
    siteId: string;
    /** Epoch milliseconds. */
    since: number | null;
    /** The name or the id of the actor, or the kind. */
    by: string | null;
    limit: number;
    after: LogPosition | null;
  }): Promise<{ events: Event[]; next: LogPosition | null }>;
  /** Sites with events up to this id that no seal holds. */
  findSitesToSeal(upTo: string, limit: number): Promise<string[]>;
  findLastSeal(siteId: string): Promise<Seal | null>;
  /** The seals in the order of their last ids, from the one that ends with this id. */
  listSeals(siteId: string, from: string | null, limit: number): Promise<Seal[]>;
  /**
   * The events after one id up to another, in the order of the log. A limit ends it with the deed that reaches it: the
   * subjects of one deed are never parted.
   */
  listBetween(range: { siteId: string; after: string; upTo: string; limit: number | null }): Promise<Event[]>;
  /** False: the seal before already has a successor. */
  insertSeal(siteId: string, previous: Seal | null, seal: Seal): Promise<boolean>;
}

/** As much as the log asks of sites: whether there is one. */
export interface Sites {
  find(siteId: string): Promise<object | null>;
}
