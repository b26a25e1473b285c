import { catalogueAddress } from '../texts/choose-language.ts';
import type { Language } from '../texts/language.ts';
import type { WritingTexts } from '../texts/texts.ts';
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

/**
 * Loads one of the other scripts; `fail` is told in a sentence when it does not come. It may be tried again: nothing is
 * kept of a failure.
 */
export async function loadPart<Name extends keyof typeof PARTS>(
  name: Name,
  language: Language,
  fail?: (sentence: string) => void,
): Promise<Part<Name> | null> {
  try {
    return (await PARTS[name](language)) as Part<Name>;
  } catch {
    const { words } = language;
    // Files of an earlier release are gone; the browser is made to take today's script at the next reload.
    const { ok } = await fetch(import.meta.url, { cache: 'reload' }).catch(() => ({ ok: false }));
    fail?.(ok ? words.outdated : words.noConnection);
    return null;
  }
}
