/** The random keys that the names of a network need, beside the secret, on a UTC day and on the one before. */
export interface DayKeys {
  today: string;
  yesterday: string;
}

/** A name outlives its key by hours: from then on nobody can look an address up in it, whatever secret they have. */
export interface DayKeyStore {
  /** The keys of this time. One that is not there is made: all who ask at once are given the same. */
  find(now: number, newKey: () => string): Promise<DayKeys>;
  /**
   * Makes the keys of today and tomorrow ahead of time, and deletes those of the days before yesterday. Answers how many
   * it has made and deleted.
   */
  turn(now: number, newKey: () => string): Promise<number>;
}
