/** As long as `stale-if-error` promises a copy. */
const KEPT_SECONDS = 86_400;

const STORED_AT = 'X-Stored-At';

/** What createPublicCache (http/public-cache.ts) keeps. */
interface Page {
  body: string;
  headers: [string, string][];
  storedAt: number;
}

/** Pages in the Cache API: one copy a data centre. How fresh a page is, the reader of the cache decides. */
export const createPageCache = (open: () => Promise<Cache>) => {
  let opened: Promise<Cache> | undefined;
  const cacheOf = () => {
    opened ??= open();
    return opened;
  };
  return {
    async find(key: string): Promise<Page | null> {
      const cached = await (await cacheOf()).match(key);
      if (cached === undefined) return null;
      const headers = JSON.parse(cached.headers.get('X-Headers') ?? '[]') as [string, string][];
      return { body: await cached.text(), headers, storedAt: Number(cached.headers.get(STORED_AT)) };
    },

    async insert(key: string, page: Page): Promise<void> {
      const headers = {
        'Cache-Control': `public, max-age=${KEPT_SECONDS}`,
        [STORED_AT]: String(page.storedAt),
        // The answer's own headers travel as one, so that the cache reads none of them as a word to itself.
        'X-Headers': JSON.stringify(page.headers),
      };
      await (await cacheOf()).put(key, new Response(page.body, { headers }));
    },

    async remove(key: string): Promise<void> {
      await (await cacheOf()).delete(key);
    },
  };
};
