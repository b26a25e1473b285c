import { catalogueAddress } from '../texts/choose-language.ts';
import type { Language } from '../texts/language.ts';
import type { WritingTexts } from '../texts/texts.ts';
import type { Failure } from './api.ts';
import type { ThreadScope } from './scopes.ts';

/** The other scripts that this one loads when they are needed. */
const PARTS = {
  browsing: () => import('../browsing/browsing.ts'),
  /** Its words come beside it, since a reader needs them in one language alone. */
  async writing({ code }: Language) {
    const [startWriting, words] = await Promise.all([
      import('../writing/writing.ts').then((part) => part.startWriting),
      import(/* @vite-ignore */ catalogueAddress(`${code}-writing`)) as Promise<{ default: WritingTexts }>,
    ]);
    return (thread: ThreadScope) => startWriting(thread, words.default);
  },
};

type Part<Name extends keyof typeof PARTS> = Awaited<ReturnType<(typeof PARTS)[Name]>>;

/** Loads one of the other scripts. It may be tried again: nothing is kept of a failure. */
export async function loadPart<Name extends keyof typeof PARTS>(
  name: Name,
  language: Language,
): Promise<{ ok: true; value: Part<Name> } | { ok: false; failure: Failure }> {
  try {
    return { ok: true, value: (await PARTS[name](language)) as Part<Name> };
  } catch {
    // Files of an earlier release are gone; the browser is made to take today's script at the next reload.
    const { ok } = await fetch(import.meta.url, { cache: 'reload' }).catch(() => ({ ok: false }));
    return { ok: false, failure: { reason: ok ? 'outdated' : 'no-connection', passing: !ok } };
  }
}
