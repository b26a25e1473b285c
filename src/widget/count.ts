import { countComments } from '../contract/addresses.ts';
import { type AnswerAt, requestTo } from '../contract/client.ts';
import { countPlaces, showCount } from './counts.ts';

/**
 * For front pages and lists of articles: `<script type="module" async src="…/count.js?site=demo">` fills every
 * `data-belowline-count="article-key"` of the page with one request that a cache may answer.
 */
const script = new URL(import.meta.url);
const site = script.searchParams.get('site') ?? '';

/** The API takes this many keys a call. */
const KEYS_A_CALL = 100;

/** Less than the 8 kB that servers commonly take as an address. */
const PATH_LENGTH = 7_500;

/** As the API's own rule is; one key that cannot be any article's would have all of them refused. */
const isKey = (key: string): boolean => key.length <= 200 && /^[^\p{Cc}\p{Zs}]+$/u.test(key);

/** In halves while they are too many for one call, or for one address. A failure leaves the counts as they are. */
async function fill(keys: string[]): Promise<void> {
  const { path } = requestTo(countComments, { site, query: { key: keys } });
  if (keys.length > KEYS_A_CALL || path.length > PATH_LENGTH) {
    const half = Math.ceil(keys.length / 2);
    await Promise.all([fill(keys.slice(0, half)), fill(keys.slice(half))]);
    return;
  }
  const response = await fetch(script.origin + path, { credentials: 'omit' }).catch(() => null);
  if (response?.status === 404) console.warn(`Belowline knows no site "${site}". Check ${script.href}`);
  if (!response?.ok) return;
  const { counts } = (await response.json()) as AnswerAt<typeof countComments>;
  for (const [key, count] of Object.entries(counts)) showCount(key, count);
}

function fillAll(): void {
  // In order, so that two pages with the same articles are one page to a cache.
  const keys = [...new Set(countPlaces().map((place) => place.dataset.belowlineCount ?? ''))].filter(isKey).sort();
  if (keys.length > 0) void fill(keys);
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', fillAll, { once: true });
else fillAll();
