import type { Look } from './count-places.ts';
import type { Language } from './texts/language.ts';

// The script for counts is a small one; without it the places stay as they are, as they do without this script.
const withPlaces = (act: (places: typeof import('./count-places.ts')) => void): void =>
  void import('./count-places.ts').then(act, () => {});

/** Writes an article's count wherever the page has a place for it, now and later. */
export function showCount(language: Language, key: string, n: number): void {
  withPlaces((places) => places.showCount(language, key, n));
}

/** Looks at each place for a count, now and later. */
export function followPlaces(look: Look): void {
  withPlaces((places) => places.followPlaces(look));
}
