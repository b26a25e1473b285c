import type { Language } from './texts/language.ts';

export function countPlaces(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-belowline-count]')];
}

/** Writes "3 Comments" wherever the page has `data-belowline-count` with this article's key. */
export function showCount(language: Language, articleKey: string, count: number): void {
  for (const place of countPlaces()) {
    if (place.dataset.belowlineCount !== articleKey) continue;
    place.textContent = language.many(language.words.comments, count);
    // "3 Comments" may stand in a page that runs from right to left.
    place.dir = 'auto';
  }
}
