/** Traces are what a comment is found by for a day: its network, its text, the key of its request. */
export interface TraceStore {
  /** Deletes at most `limit` traces of comments from before `before` (epoch milliseconds). Answers how many. */
  forget(before: number, limit: number): Promise<number>;
  /**
   * Empties what comments from before the traces keep for ever: network, hash of the text, key of the request, and a
   * source that the tree tells. At most `limit` comments; answers how many.
   */
  emptyOld(limit: number): Promise<number>;
}
