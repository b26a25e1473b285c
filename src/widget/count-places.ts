import { countComments } from '../contract/addresses.ts';
import type { Api } from './reading/api.ts';
import { chooseLanguage, languageTagAt } from './texts/choose-language.ts';
import type { Language } from './texts/language.ts';

/** It answers with true when it has seen enough. */
export type Look = (place: HTMLElement, key: string) => unknown;

/** The texts of each article's count, by form: a number alone is for a page with words or a picture of its own. */
const texts = new Map<string, ReadonlyMap<string, string>>();

/** The text that stood in a place before, and the one that was put there last. */
const filled = new WeakMap<HTMLElement, (string | null)[]>();

const looks = new Set<Look>();
let isDue = false;

function lookAgain(): void {
  isDue = false;
  for (const place of document.querySelectorAll<HTMLElement>('[data-belowline-count]'))
    for (const look of looks) if (look(place, place.dataset.belowlineCount ?? '')) looks.delete(look);
}

function lookSoon(): void {
  if (!isDue) requestAnimationFrame(lookAgain);
  isDue = true;
}

const page = new MutationObserver(lookSoon);

/** Looks at each place for a count now, and whenever the page may have others: once a frame, however much changes. */
export function followPlaces(look: Look): void {
  looks.add(look);
  const attributeFilter = ['data-belowline-count', 'data-belowline-count-form'];
  page.observe(document, { subtree: true, childList: true, attributeFilter });
  lookAgain();
}

/**
 * A text that the page puts there after this one stays, unless it is the one from before, which a framework may put back.
 * That one is shown again as well when the place gets a key of which nothing is known yet.
 */
const fill: Look = (place, key) => {
  const now = place.textContent;
  const [before = now, last] = filled.get(place) ?? [];
  const text = texts.get(key)?.get(place.dataset.belowlineCountForm ?? '') ?? before;
  if (now === text || (last === key + text && now !== before)) return;
  filled.set(place, [before, key + text]);
  place.textContent = text;
  // "3 Comments" may stand in a page that runs from right to left.
  place.dir = 'auto';
};

/** Writes "3 Comments", or "3", wherever the page has `data-belowline-count` with this article's key. */
export function showCount(language: Language, key: string, n: number): void {
  const words = language.many(language.words.comments, n);
  texts.set(
    key,
    new Map([
      ['', words],
      ['number', language.number(n)],
    ]),
  );
  if (looks.has(fill)) lookSoon();
  else followPlaces(fill);
}

/** Asks for the count of an article whose thread is not read yet, once the page has a place for it. */
export function countEarly(host: Element, api: Api, key: string, isRead: () => boolean): void {
  const ask = async (): Promise<void> => {
    const counting = api.call(countComments, { query: { key } });
    const [outcome, language] = await Promise.all([counting, chooseLanguage(languageTagAt(host))]);
    if (outcome.ok) showCount(language, key, outcome.value.counts[key] ?? 0);
  };
  followPlaces((_, found) => {
    if (found === key && !isRead()) void ask();
    return found === key;
  });
}
