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

/** Bytes, or characters of one byte or two: room for several hundred threads in a part of an isolate's 128 MB. */
const ROOM = 16_000_000;

/** The room that a page's headers take, beside its body and address. */
const HEAD = 4_000;

/** Larger ones would drive out too many others. */
const LARGEST = ROOM / 8;

const sizeOf = (key: string, page: Page): number => page.body.length + key.length + HEAD;

/** Tags are separated by commas and have none within (http/cache/cache.ts). */
const tagsOf = (page: Page): string[] => page.headers.get('Cache-Tag')?.split(',') ?? [];

/** Pages in this isolate's memory. The caller decides how fresh a page must be. */
export function createPageCache() {
  const pages = new Map<string, Page>();
  let taken = 0;
  let purges = 0;
  const remove = (key: string): void => {
    const page = pages.get(key);
    if (page === undefined) return;
    pages.delete(key);
    taken -= sizeOf(key, page);
  };
  return {
    find: (key: string): Page | null => pages.get(key) ?? null,

    insert(key: string, page: Page): void {
      remove(key);
      const size = sizeOf(key, page);
      if (size > LARGEST) return;
      pages.set(key, page);
      taken += size;
      // A Map gives its keys in the order they came in, so the oldest go first.
      for (const oldest of pages.keys()) {
        if (taken <= ROOM) break;
        remove(oldest);
      }
    },

    remove,

    /** The number of purges: a page that was read from the database before the last one may be out of date. */
    purges: () => purges,

    /** Takes out every page that bears one of the tags. */
    purge(tags: string[]): void {
      purges += 1;
      for (const [key, page] of pages) {
        if (tagsOf(page).some((tag) => tags.includes(tag))) remove(key);
      }
    },
  };
}

export type PageCache = ReturnType<typeof createPageCache>;
