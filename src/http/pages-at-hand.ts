import type { Page } from './public-cache.ts';

/** In characters: a small part of the 128 MB that an isolate has. */
const ROOM = 4_000_000;

/** Pages that this isolate has served just now. A hit on one of them waits for nothing, not even for the page cache. */
export const createPagesAtHand = () => {
  const pages = new Map<string, Page>();
  let taken = 0;
  const drop = (key: string): void => {
    taken -= pages.get(key)?.body.length ?? 0;
    pages.delete(key);
  };
  return {
    find: (key: string): Page | null => pages.get(key) ?? null,

    insert(key: string, page: Page): void {
      drop(key);
      pages.set(key, page);
      taken += page.body.length;
      // A Map gives its keys in the order they came in, so the oldest go first.
      for (const oldest of pages.keys()) {
        if (taken <= ROOM) break;
        drop(oldest);
      }
    },
  };
};
