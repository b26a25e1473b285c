import type { Api } from './reading/api.ts';
import type { Language } from './texts/language.ts';

// The script for counts is a small one; without it the places stay as they are, as they do without this script.
const withPlaces = (act: (places: typeof import('./count-places.ts')) => void): void =>
  void import('./count-places.ts').then(act, () => {});

/** Writes an article's count wherever the page has a place for it, now and later. */
export function showCount(language: Language, key: string, n: number): void {
  withPlaces((places) => places.showCount(language, key, n));
}

/** Does the same before the thread is read, where the page has such a place; unless it `isRead` by then. */
export function countEarly(host: Element, api: Api, key: string, isRead: () => boolean): void {
  withPlaces((places) => places.countEarly(host, api, key, isRead));
}
