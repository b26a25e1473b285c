/** A public answer as it is kept: nothing in it depends on who asked. */
export interface Page {
  /** Bytes are gzip. */
  body: string | Uint8Array<ArrayBuffer>;
  headers: Headers;
  /** Epoch milliseconds. */
  storedAt: number;
  /** Seconds that the `Age` among the headers says; null before it was first served. */
  age: number | null;
}

/** Bytes, or characters of one byte or two: room for several hundred threads in a part of the 128 MB that an isolate has. */
export const ROOM = 16_000_000;

/** What a page takes beside its body: its address and headers. */
const HEAD = 2_000;

const sizeOf = (page: Page): number => page.body.length + HEAD;

/** Tags are separated by commas and have none within (http/cache.ts). */
const tagsOf = (page: Page): string[] => page.headers.get('Cache-Tag')?.split(',') ?? [];

/** Pages in this isolate's memory. How fresh a page is, and whether a stale one will do, the reader of the cache decides. */
export const createPageCache = () => {
  const pages = new Map<string, Page>();
  let taken = 0;
  const remove = (key: string): void => {
    const page = pages.get(key);
    if (page === undefined) return;
    pages.delete(key);
    taken -= sizeOf(page);
  };
  return {
    find: (key: string): Page | null => pages.get(key) ?? null,

    insert(key: string, page: Page): void {
      remove(key);
      pages.set(key, page);
      taken += sizeOf(page);
      // A Map gives its keys in the order they came in, so the oldest go first.
      for (const oldest of pages.keys()) {
        if (taken <= ROOM) break;
        remove(oldest);
      }
    },

    remove,

    /** Takes out every page that bears one of the tags. */
    purge(tags: string[]): void {
      for (const [key, page] of pages) {
        if (tagsOf(page).some((tag) => tags.includes(tag))) remove(key);
      }
    },
  };
};

export type PageCache = ReturnType<typeof createPageCache>;
