import type { KnownArticles } from '../core/rate-limit/read-under-article.ts';

/** The most articles that an isolate remembers; the one that was read the longest ago is forgotten first. */
const MOST_ARTICLES = 5_000;

export function createKnownArticles(): KnownArticles {
  const known = new Set<string>();
  const nameOf = (siteId: string, articleKey: string): string => `${siteId} ${articleKey}`;
  const insert = (name: string): void => {
    known.delete(name);
    known.add(name);
    const [first] = known;
    if (known.size > MOST_ARTICLES && first !== undefined) known.delete(first);
  };
  return {
    has(siteId, articleKey) {
      const name = nameOf(siteId, articleKey);
      const isKnown = known.has(name);
      if (isKnown) insert(name);
      return isKnown;
    },
    insert: (siteId, articleKey) => insert(nameOf(siteId, articleKey)),
  };
}
