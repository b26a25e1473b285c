import type { Api } from './api.ts';
import { texts } from './texts.ts';

/** The API takes this many keys a call. */
const KEYS_A_CALL = 100;

/** With the way to it, less than the 8 kB that servers commonly take as an address. */
const QUERY_LENGTH = 7_500;

const places = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-belowline-count]')];

/** Writes "3 Comments" wherever the page has `data-belowline-count` with this article's key. */
export function showCount(articleKey: string, count: number): void {
  for (const place of places()) {
    if (place.dataset.belowlineCount !== articleKey) continue;
    place.textContent = texts.commentCount(count);
    // "3 Comments" in a page that runs from right to left.
    place.dir = 'auto';
  }
}

/** As the API's own rule is; one key that cannot be any article's would have all of them refused. */
const isKey = (key: string): boolean => key.length <= 200 && /^[^\p{Cc}\p{Zs}]+$/u.test(key);

/** What fits into one call each, and into an address that every server on the way takes. */
function callsFor(keys: string[]): string[][] {
  const calls: string[][] = [];
  let length = QUERY_LENGTH;
  for (const key of keys) {
    const added = `${new URLSearchParams({ key })}&`.length;
    length += added;
    if (length > QUERY_LENGTH || calls.at(-1)?.length === KEYS_A_CALL) {
      calls.push([]);
      length = added;
    }
    calls.at(-1)?.push(key);
  }
  return calls;
}

/** Fills all of the page's counts. A failure leaves them as they are. */
export async function fillCounts(api: Pick<Api, 'counts'>): Promise<void> {
  // In order, so that two pages with the same articles are one page to a cache.
  const keys = [...new Set(places().map((place) => place.dataset.belowlineCount ?? ''))].filter(isKey).sort();
  for (const call of callsFor(keys)) {
    const outcome = await api.counts(call);
    if (!outcome.ok) return;
    for (const [key, count] of Object.entries(outcome.value.counts)) showCount(key, count);
  }
}
