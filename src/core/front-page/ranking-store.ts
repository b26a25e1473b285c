/** The counts that "most commented" sorts by, of all time and of the last hours. */
export interface RankingStore {
  /** Once an hour: takes out of the rankings the hours that they no longer look back to. */
  turnHour(now: number): Promise<void>;
  /** Brings in what was counted since: so many hours of articles at most. Answers how many it were. */
  relist(limit: number): Promise<number>;
}
