import type { Context } from '../event/context.ts';
import type { Result } from '../result.ts';
import { withinBurst } from './admit.ts';
import type { Bursts } from './bursts.ts';

/** The articles that this place has lately seen to be there. */
export interface KnownArticles {
  has(siteId: string, articleKey: string): boolean;
  insert(siteId: string, articleKey: string): void;
}

export interface UnderArticle {
  bursts: Bursts;
  knownArticles: KnownArticles;
}

/**
 * A public read under the key of an article. Keys are free to invent, and each costs the database a question. So a read
 * under one that is not known counts until it is answered, and on where there is nothing; a network with too many of
 * those is refused before the database is asked. Known articles are never refused.
 */
export async function readUnderArticle<T>(
  { bursts, knownArticles }: UnderArticle,
  context: Context,
  articleKey: string,
  read: () => Promise<Result<T>>,
  isThere = (_: T): boolean => true,
): Promise<Result<T>> {
  const { site } = context;
  if (knownArticles.has(site, articleKey)) return read();
  const isFound = (result: Result<T>): boolean => result.ok && isThere(result.value);
  const result = await withinBurst({ bursts }, context, 'unknown-article', read, (result) => !isFound(result));
  if (isFound(result)) knownArticles.insert(site, articleKey);
  return result;
}
