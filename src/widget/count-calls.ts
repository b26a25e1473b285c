import { countComments } from '../contract/addresses.ts';
import { requestTo } from '../contract/client.ts';

/** The API takes this many keys a call. */
const KEYS_A_CALL = 100;

/** Less than the 8 kB that servers commonly take as an address. */
const PATH_LENGTH = 7_500;

/** As the API's own rule is; one key that cannot be any article's would have all of them refused. */
const isKey = (key: string): boolean => key.length <= 200 && /^[^\p{Cc}\p{Zs}]+$/u.test(key);

/** In halves while they are too many for one call, or for one address. */
function pathsFor(site: string, keys: string[]): string[] {
  const { path } = requestTo(countComments, { site, query: { key: keys } });
  if (keys.length <= KEYS_A_CALL && path.length <= PATH_LENGTH) return [path];
  const half = Math.ceil(keys.length / 2);
  return [...pathsFor(site, keys.slice(0, half)), ...pathsFor(site, keys.slice(half))];
}

/** What to ask for the counts of these articles. In order, so that two pages with the same are one page to a cache. */
export function countCalls(site: string, articles: string[]): string[] {
  const keys = [...new Set(articles)].filter(isKey).sort();
  return keys.length === 0 ? [] : pathsFor(site, keys);
}
