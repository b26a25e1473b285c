/** The counts that "most commented" sorts by, of all time and of the last hours. */
export interface RankingStore {
  /** Sites whose rankings still look back from an hour that is over: so many at most. */
  sitesToTurn(now: number, limit: number): Promise<string[]>;
  /** Takes out of a site's rankings the hours that they no longer look back to. */
  turnHour(siteId: string, now: number): Promise<void>;
  /** Brings in what was counted since: so many hours of articles at most. Answers how many it were. */
  relist(limit: number): Promise<number>;
}
