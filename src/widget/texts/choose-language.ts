import { reading as english } from './en.ts';
import { Language } from './language.ts';
import type { ReadingTexts } from './texts.ts';

/** The languages that have a catalogue beside English, which is in the script itself. */
const OTHERS = new Set(['de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'tr', 'ru', 'ar', 'he', 'ja', 'zh', 'ko']);

/** The catalogue's code for a tag as pages have it: "de-AT", "iw", "zh-Hans-CN". Empty for none. */
export function codeOf(tag: string): string {
  try {
    const { language, script, region } = new Intl.Locale(tag);
    // There are no traditional characters here, and nobody wants to read the others in their place.
    const isTraditional = language === 'zh' && (script === 'Hant' || (!script && /^(TW|HK|MO)$/.test(region ?? '')));
    return OTHERS.has(language) && !isTraditional ? language : '';
  } catch {
    return '';
  }
}

/** The release, a hash of the sources, put in by the build. */
declare const WIDGET_VERSION: string;

/** A variable, since the build would look for a file beside this one. */
const HERE = import.meta.url;

/** The address of a file that src/cli/write-catalogues.ts wrote, of the same release as this script. */
export function catalogueAddress(name: string): string {
  return new URL(`belowline/${name}-${WIDGET_VERSION}.js`, HERE).href;
}

/** The language around an element, by its own attribute `lang` or the nearest one; the document's inside a shadow root. */
export function languageTagAt(element: Element): string {
  const around = element.closest('[lang]') ?? element.ownerDocument.documentElement;
  return around.getAttribute('lang') ?? '';
}

/** The language of a tag; English for one without a catalogue, and while the network does not bring it. */
export async function chooseLanguage(tag: string): Promise<Language> {
  const code = codeOf(tag);
  if (code === '') return new Language('en', /^en\b/i.test(tag) ? tag : 'en', english);
  try {
    const { default: words } = (await import(/* @vite-ignore */ catalogueAddress(code))) as { default: ReadingTexts };
    return new Language(code, tag, words);
  } catch {
    return new Language('en', 'en', english);
  }
}
