import { countComments } from '../contract/addresses.ts';
import { requestTo } from '../contract/client.ts';

/** The API takes this many keys a call. */
const KEYS_A_CALL = 100;

/** The longest path of a call. Servers commonly take addresses of up to 8 kB. */
const PATH_LENGTH = 7_500;

/** The API's own rule: it refuses a whole call for one key that can be no article's. */
const isKey = (key: string): boolean => key.length <= 200 && /^[^\p{Cc}\p{Zs}]+$/u.test(key);

/** Splits the keys in halves while they are too many for one call, or too long for one address. */
function pathsFor(site: string, keys: string[]): string[] {
  const { path } = requestTo(countComments, { site, query: { key: keys } });
  if (keys.length <= KEYS_A_CALL && path.length <= PATH_LENGTH) return [path];
  const half = Math.ceil(keys.length / 2);
  return [...pathsFor(site, keys.slice(0, half)), ...pathsFor(site, keys.slice(half))];
}

/** The paths to call for the counts of these articles. Keys are sorted, so that a cache has one page for one set. */
export function countCalls(site: string, articles: string[]): string[] {
  const keys = [...new Set(articles)].filter(isKey).sort();
  return keys.length === 0 ? [] : pathsFor(site, keys);
}
