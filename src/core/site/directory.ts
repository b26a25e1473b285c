import type { Deadline } from '../platform/deadline.ts';

/** A database that has a site's rows, by the name under which it is bound. */
export interface Place {
  readonly database: string;
}

/** The place of the directory, and of each site for which no other was named. */
export const FIRST_PLACE: Place = { database: 'DB' };

/** The one word on where each site is. With a single database there is nothing to ask. */
export interface Directory {
  /** Every database that is bound, the first one first. */
  readonly places: readonly Place[];
  /**
   * null: no such site has been entered.
   * @param start `first-unconstrained` or `first-primary`: how fresh the directory must be, where it has to be read
   * @param deadline left out for a job
   */
  placeOf(siteId: string, start: string, deadline?: Deadline): Promise<Place | null>;
  /** Enters a site, unless it is entered already; answers where it is. */
  enter(siteId: string, place: Place, deadline?: Deadline): Promise<Place>;
}
