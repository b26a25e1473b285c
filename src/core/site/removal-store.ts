/** Articles and whole sites that have been removed, and whose rows are still being deleted. */
export interface RemovalStore {
  findSites(limit: number): Promise<string[]>;
  /** Deletes some rows of those of one site, and goes on from there the next time. */
  deleteSome(siteId: string, now: number): Promise<{ done: number; isMore: boolean }>;
}
