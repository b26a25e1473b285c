export interface LimitWindowStore {
  /** Deletes at most `limit` windows that reach into no day from now on. Answers how many. */
  forget(now: number, limit: number): Promise<number>;
}
