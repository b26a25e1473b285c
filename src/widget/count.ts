import type { CountsView } from '../contract/article.ts';
import type { Outcome } from './api.ts';
import { fillCounts } from './counts.ts';

/**
 * For pages without a thread, such as a front page: `<script type="module" async src="…/count.js?site=demo">` fills
 * every `data-belowline-count="article-key"` of the page with one request that a cache may answer.
 */
const script = new URL(import.meta.url);
const site = script.searchParams.get('site') ?? '';

async function counts(keys: string[]): Promise<Outcome<CountsView>> {
  const query = new URLSearchParams(keys.map((key) => ['key', key]));
  const response = await fetch(`${script.origin}/v1/sites/${encodeURIComponent(site)}/counts?${query}`, {
    credentials: 'omit',
  }).catch(() => null);
  if (response?.status === 404) console.warn(`Belowline knows no site "${site}". Check ${script.href}`);
  if (!response?.ok) return { ok: false, failure: { reason: 'unavailable', detail: '', passing: true } };
  return { ok: true, value: (await response.json()) as CountsView };
}

if (document.readyState === 'loading') {
  addEventListener('DOMContentLoaded', () => void fillCounts({ counts }), { once: true });
} else {
  void fillCounts({ counts });
}
