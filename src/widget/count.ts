import type { countComments } from '../contract/addresses.ts';
import type { AnswerAt } from '../contract/client.ts';
import { countCalls } from './count-calls.ts';
import { countPlaces, showCount } from './counts.ts';
import { chooseLanguage, languageTagAt } from './texts/choose-language.ts';

/**
 * The script for front pages and lists of articles: `<script type="module" async src="…/count.js?site=demo">` fills
 * every `data-belowline-count="article-key"` of the page, a hundred keys with each request. A cache may answer it.
 */
const script = new URL(import.meta.url);
const site = script.searchParams.get('site') ?? '';
const choosing = chooseLanguage(languageTagAt(document.documentElement));

/** A failure leaves the counts as they are. */
async function fill(path: string): Promise<void> {
  const response = await fetch(script.origin + path, { credentials: 'omit' }).catch(() => null);
  if (response?.status === 404) console.warn(`Belowline knows no site "${site}". Check ${script.href}`);
  if (!response?.ok) return;
  const { counts } = (await response.json()) as AnswerAt<typeof countComments>;
  const language = await choosing;
  for (const [key, count] of Object.entries(counts)) showCount(language, key, count);
}

function fillAll(): void {
  const articles = countPlaces().map((place) => place.dataset.belowlineCount ?? '');
  for (const path of countCalls(site, articles)) void fill(path);
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', fillAll, { once: true });
else fillAll();
