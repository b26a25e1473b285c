import type { Api } from './api.ts';
import { texts } from './texts.ts';

/** The API takes this many keys a call. */
const KEYS_A_CALL = 100;

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

/** Fills all of the page's counts. A failure leaves them as they are. */
export async function fillCounts(api: Pick<Api, 'counts'>): Promise<void> {
  const keys = [...new Set(places().map((place) => place.dataset.belowlineCount ?? ''))].filter((key) => key !== '');
  for (let start = 0; start < keys.length; start += KEYS_A_CALL) {
    const outcome = await api.counts(keys.slice(start, start + KEYS_A_CALL));
    if (!outcome.ok) return;
    for (const [key, count] of Object.entries(outcome.value.counts)) showCount(key, count);
  }
}
