import { parentOf } from '../dom.ts';
import { reading as english } from './en.ts';
import { Language } from './language.ts';
import type { ReadingTexts } from './texts.ts';

/** The languages that have a catalogue. */
const CODES = new Set(['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'tr', 'ru', 'ar', 'he', 'ja', 'zh', 'ko']);

/** The catalogue's code for a tag as pages have it: "de-AT", "iw", "zh-Hans-CN". Empty for none. */
export function codeOf(tag: string): string {
  try {
    const locale = new Intl.Locale(tag);
    const { language } = locale;
    // There are no traditional characters here, and nobody wants to read the others in their place.
    return CODES.has(language) && locale.maximize().script !== 'Hant' ? language : '';
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

/** An attribute of an element or of the nearest one around it, through the hosts of shadow roots. */
function attributeAround(element: Element, name: string): string | null {
  for (let at: Element | null = element; at; at = parentOf(at)) if (at.hasAttribute(name)) return at.getAttribute(name);
  return null;
}

/** The language around an element. Publishing systems write "de_AT" as well. */
export function languageTagAt(element: Element): string {
  return (attributeAround(element, 'lang') ?? '').replaceAll('_', '-');
}

/** The direction of words in the page at an element: as the page says, else as their own language runs. */
export function directionAt(element: Element, { code }: Language): string {
  return /ar|he/.test(code) && attributeAround(element, 'dir') === null ? 'rtl' : '';
}

/** The language of a tag; English for one without a catalogue, and while the network does not bring it. */
export async function chooseLanguage(tag: string): Promise<Language> {
  let code = codeOf(tag);
  let words: ReadingTexts = english;
  try {
    if (code && code !== 'en') ({ default: words } = await import(/* @vite-ignore */ catalogueAddress(code)));
  } catch {
    code = '';
  }
  return new Language(code || 'en', code ? tag : 'en', words);
}
