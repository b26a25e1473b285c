import type { countComments } from '../contract/addresses.ts';
import type { AnswerAt } from '../contract/client.ts';
import { countCalls } from './count-calls.ts';
import { followPlaces, showCount } from './count-places.ts';
import { chooseLanguage, languageTagAt } from './texts/choose-language.ts';

/**
 * The script for front pages and lists of articles: `<script type="module" async src="…/count.js?site=demo">` fills
 * every `data-belowline-count="article-key"` of the page, now and later, a hundred keys with each request. A cache may
 * answer it.
 */
const script = new URL(import.meta.url);
const site = script.searchParams.get('site') ?? '';
const choosing = chooseLanguage(languageTagAt(document.documentElement));

/** A count that was asked for so long ago is asked for again when another place for it appears. */
const FRESH_MS = 60_000;

/** The times of asking, by key. */
const asked = new Map<string, number>();

/** The keys of the places that were there before. */
const seen = new WeakMap<HTMLElement, string>();

/** A failure leaves the counts as they are. */
async function fill(path: string): Promise<void> {
  const response = await fetch(script.origin + path, { credentials: 'omit' }).catch(() => null);
  if (response?.status === 404) console.warn(`Belowline knows no site "${site}". Check ${script.href}`);
  if (!response?.ok) return;
  const { counts } = (await response.json()) as AnswerAt<typeof countComments>;
  const language = await choosing;
  for (const [key, count] of Object.entries(counts)) if (!hasThread(key)) showCount(language, key, count);
}

const waiting = new Set<string>();

/** A thread in the page fills the count of its own article, and knows it better. */
const hasThread = (key: string): boolean =>
  [...document.querySelectorAll('belowline-comments')].some((thread) => thread.getAttribute('article')?.trim() === key);

/** The keys of all places that are new in this frame make one call. */
function askForNew(place: HTMLElement, key: string): void {
  if (hasThread(key)) return;
  const now = performance.now();
  const isFresh = now - (asked.get(key) ?? -FRESH_MS) < FRESH_MS;
  const isNew = seen.get(place) !== key;
  seen.set(place, key);
  if (!isNew || isFresh) return;
  asked.set(key, now);
  if (waiting.size === 0)
    queueMicrotask(() => {
      for (const path of countCalls(site, [...waiting])) void fill(path);
      waiting.clear();
    });
  waiting.add(key);
}

const start = (): void => followPlaces(askForNew);
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start, { once: true });
else start();
