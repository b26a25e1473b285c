/** A public answer as it is kept: nothing in it depends on who asked. */
export interface Page {
  /** Bytes are gzip. */
  body: string | Uint8Array<ArrayBuffer>;
  headers: Headers;
  /** Epoch milliseconds. */
  storedAt: number;
  /** Seconds that the `Age` among the headers says; null before it was first served. */
  age: number | null;
  /** There is nothing at its address, and anybody can think of another such. */
  isOfNothing: boolean;
}

/** Bytes, or characters of one byte or two: room for several hundred threads in a part of an isolate's 128 MB. */
const ROOM = 16_000_000;

/** The room of all pages of nothing, so that they never drive out one of something. */
const ROOM_OF_NOTHING = 1_000_000;

/** The room of all pages of which anybody can name thousands more, so that they drive out none that everybody reads. */
const ROOM_OF_MANY = 4_000_000;

/** A place in a list, a length of one's own (a default stands in no address), a set of keys, or one comment, whatever its site and article are called. */
const ONE_OF_MANY = /[?&](?:cursor|limit)=|&key=|\/sites\/[^/]+\/articles\/[^/]+\/comments\//;

/** The room that a page's headers take, beside its body and address. */
const HEAD = 4_000;

/** Larger ones would drive out too many others. */
const LARGEST = ROOM / 8;

const sizeOf = (key: string, page: Page): number => page.body.length + key.length + HEAD;

/** Tags are separated by commas and have none within (http/cache/cache.ts). */
const tagsOf = (page: Page): string[] => page.headers.get('Cache-Tag')?.split(',') ?? [];

/** Pages in a room of their own; those that have not been asked for the longest go first. */
const createPool = (room: number) => {
  const pages = new Map<string, Page>();
  let taken = 0;
  const remove = (key: string): void => {
    const page = pages.get(key);
    if (page === undefined) return;
    pages.delete(key);
    taken -= sizeOf(key, page);
  };
  return {
    pages,
    remove,

    /** A Map gives its keys in the order they came in. */
    find(key: string): Page | null {
      const page = pages.get(key);
      if (page === undefined) return null;
      pages.delete(key);
      pages.set(key, page);
      return page;
    },

    insert(key: string, page: Page): void {
      const size = sizeOf(key, page);
      if (size > Math.min(LARGEST, room)) return;
      pages.set(key, page);
      taken += size;
      for (const oldest of pages.keys()) {
        if (taken <= room) break;
        remove(oldest);
      }
    },
  };
};

/** Pages in this isolate's memory. The caller decides how fresh a page must be. */
export function createPageCache() {
  const few = createPool(ROOM);
  const many = createPool(ROOM_OF_MANY);
  const nothing = createPool(ROOM_OF_NOTHING);
  const pools = [few, many, nothing];
  let purges = 0;
  const remove = (key: string): void => {
    for (const pool of pools) pool.remove(key);
  };
  const poolFor = (key: string, page: Page) => {
    if (page.isOfNothing) return nothing;
    return ONE_OF_MANY.test(key) ? many : few;
  };
  return {
    find: (key: string): Page | null => few.find(key) ?? many.find(key) ?? nothing.find(key),

    insert(key: string, page: Page): void {
      remove(key);
      poolFor(key, page).insert(key, page);
    },

    remove,

    /** The number of purges: a page that was read from the database before the last one may be out of date. */
    purges: () => purges,

    /** Takes out every page that bears one of the tags. */
    purge(tags: string[]): void {
      purges += 1;
      for (const pool of pools) {
        for (const [key, page] of pool.pages) {
          if (tagsOf(page).some((tag) => tags.includes(tag))) pool.remove(key);
        }
      }
    },
  };
}

export type PageCache = ReturnType<typeof createPageCache>;
