/** What has been removed, and whose rows are still being deleted: articles and whole sites. */
export interface RemovalStore {
  findSites(limit: number): Promise<string[]>;
  /** Deletes some rows of what has been removed at a site, and goes on from there the next time. */
  deleteSome(siteId: string, now: number): Promise<{ done: number; isMore: boolean }>;
}
