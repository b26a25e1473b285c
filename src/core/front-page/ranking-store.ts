/** The counts that "most commented" sorts by, of all time and of the last hours. */
export interface RankingStore {
  /** Sites whose rankings still look back from an hour that is over: so many at most. */
  sitesToTurn(now: number, limit: number): Promise<string[]>;
  /** Takes out of a site's rankings the hours that they no longer look back to. */
  turnHour(siteId: string, now: number): Promise<void>;
  /** Brings in what was counted since: at most `limit` hours of articles. Answers how many hours. */
  relist(limit: number): Promise<number>;
}
