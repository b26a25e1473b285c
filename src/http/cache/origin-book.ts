/** The time for which an isolate goes by the origins that it has read. */
const REMEMBERED_MS = 60_000;

/** The most sites that an isolate remembers. */
const SITES_REMEMBERED = 1_000;

/** The registered origins of sites, as this isolate has last read them. */
export function createOriginBook() {
  const entries = new Map<string, { origins: readonly string[]; readAt: number }>();
  return {
    find(siteId: string, now: number): readonly string[] | null {
      const entry = entries.get(siteId);
      return entry !== undefined && now - entry.readAt < REMEMBERED_MS ? entry.origins : null;
    },

    insert(siteId: string, origins: readonly string[], now: number): void {
      entries.delete(siteId);
      entries.set(siteId, { origins, readAt: now });
      // A Map gives its keys in the order they came in, so the oldest goes first.
      for (const oldest of entries.keys()) {
        if (entries.size <= SITES_REMEMBERED) break;
        entries.delete(oldest);
      }
    },
  };
}

export type OriginBook = ReturnType<typeof createOriginBook>;
