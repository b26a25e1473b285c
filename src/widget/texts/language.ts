import type { AnyForms, ReadingTexts } from './texts.ts';

/** Puts values into a sentence's places. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** A name among words of another direction, between U+2068 and U+2069. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** The words of one language, with its own plurals, numbers and dates. */
export class Language {
  /** A language that there is a catalogue for. */
  declare readonly code: string;
  /** The page's own tag, whose region decides on numbers and dates. */
  declare readonly tag: string;
  declare readonly words: ReadingTexts;
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;
  readonly #since: Intl.RelativeTimeFormat;
  readonly #dates: Intl.DateTimeFormat;

  constructor(code: string, tag: string, words: ReadingTexts) {
    this.code = code;
    this.tag = tag;
    this.words = words;
    this.#plurals = new Intl.PluralRules(tag);
    this.#numbers = new Intl.NumberFormat(tag);
    this.#dates = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short' });
    this.#since = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  }

  number(n: number): string {
    return this.#numbers.format(n);
  }

  many(forms: AnyForms, n: number): string {
    return fill(forms[this.#plurals.select(n)] ?? forms.other, { n: this.number(n) });
  }

  /** "12 sec" while it is short, otherwise in minutes. */
  duration(seconds: number): string {
    const [unit, n] = seconds > 90 ? ['minute', Math.ceil(seconds / 60)] : ['second', Math.ceil(seconds)];
    return new Intl.NumberFormat(this.tag, { style: 'unit', unit: unit as string }).format(n as number);
  }

  absoluteTime(timestamp: string): string {
    return this.#dates.format(new Date(timestamp));
  }

  relativeTime(timestamp: string, now: number): string {
    const seconds = (Date.parse(timestamp) - now) / 1000;
    for (const [unit, size] of STEPS) {
      if (-seconds >= size) return this.#since.format(Math.ceil(seconds / size), unit);
    }
    return this.words.justNow;
  }
}
