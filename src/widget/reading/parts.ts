import { catalogueAddress } from '../texts/choose-language.ts';
import type { Language } from '../texts/language.ts';
import type { WritingTexts } from '../texts/texts.ts';

type Fail = (sentence: string) => void;

/** The other script, or null: then `fail` is told why. It may be tried again, since nothing is kept of a failure. */
async function arrived<Part>(part: Promise<Part>, { words }: Language, fail?: Fail): Promise<Part | null> {
  try {
    return await part;
  } catch {
    // Files of an earlier release are gone; the browser is made to take today's script at the next reload.
    const { ok } = await fetch(import.meta.url, { cache: 'reload' }).catch(() => ({ ok: false }));
    fail?.(ok ? words.outdated : words.noConnection);
    return null;
  }
}

export const fetchBrowsing = (language: Language, fail?: Fail) =>
  arrived(import('../browsing/browsing.ts'), language, fail);

/** Its words come beside it, since a reader needs them in one language alone. */
export function fetchWriting(language: Language, fail: Fail) {
  const words: Promise<{ default: WritingTexts }> = import(
    /* @vite-ignore */ catalogueAddress(`${language.code}-writing`)
  );
  const script = import('../writing/writing.ts').then((part) => part.startWriting);
  return arrived(Promise.all([script, words]), language, fail);
}
