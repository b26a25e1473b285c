import { isDisguised, keyOf, keyPlacesOf, looksLike, standsFor, type Unit, unitsOf } from '../text/spelling.ts';

/**
 * The kinds of difference between a word and the entry that it is taken for. `forms`: by one letter for several, such as ß or ﬁ.
 * `hidden`: by what draws nothing, or by markup.
 */
export type Difference = 'marks' | 'forms' | 'digits' | 'signs' | 'look-alikes' | 'spacing' | 'repeats' | 'hidden';

/** Entries of fewer letters are found as other words: with composed marks, spaces between, digits at an end. */
export const MIN_LETTERS = 4;

/** Entries of one or two letters are found so with signs and repeated letters as well. */
const MIN_LETTERS_AT_ALL = 3;

/** A word of a text, and what spellings of it are looked up by. */
export interface Word {
  text: string;
  key: string;
  /** True when it can be no spelling of another word: its letters are its own, each of them once. */
  isClear: boolean;
  /** Made when it is first held against an entry: most words never are. */
  units(): Unit[];
  /** The letter at each place of the key, and at its end the number of letters. */
  places(): number[];
}

const REPEATED = /(.)\1/su;

/** Words of letters that are surely of their script. */
const CLEAR = /^(?:[a-z]*[dfglnqruvwz][a-z]*|[а-я]*[бгджзийлпфцчшщъыэюя][а-я]*|[\p{sc=Hani}\p{sc=Hira}\p{sc=Hang}]+)$/u;

export function wordOf(text: string): Word {
  let units: Unit[] | undefined;
  let places: number[] | undefined;
  return {
    text,
    key: keyOf(text),
    isClear: CLEAR.test(text) && !REPEATED.test(text),
    units() {
      units ??= unitsOf(text);
      return units;
    },
    places() {
      places ??= keyPlacesOf(this.units());
      return places;
    },
  };
}

const DIGIT = /\p{N}/u;

const hasAll = (marks: string, asked: string): boolean => [...asked].every((mark) => marks.includes(mark));

/** The difference of the same letter with other marks. */
const markDifference = (asked: Unit, unit: Unit, size: number): Difference | null | undefined => {
  if (unit.marks === asked.marks) return null;
  if (asked.mayLackMarks && unit.marks === '') return 'marks';
  if (!hasAll(unit.marks, asked.marks)) return undefined;
  return size < MIN_LETTERS && !unit.isLoose ? undefined : 'marks';
};

/** The difference of a letter from an entry's; null: none; undefined: it is another letter. */
const differenceOf = (asked: Unit, unit: Unit, size: number): Difference | null | undefined => {
  if (unit.letter === asked.letter) return markDifference(asked, unit, size);
  if (looksLike(unit.letter, asked.letter)) return hasAll(unit.marks, asked.marks) ? 'look-alikes' : undefined;
  if (size < MIN_LETTERS_AT_ALL || !standsFor(unit.letter, asked.letter)) return undefined;
  return DIGIT.test(unit.letter) ? 'digits' : 'signs';
};

/** True when a letter that stands twice stands there a third time. */
const isThrice = (units: readonly Unit[], at: number): boolean => {
  const letter = units[at]?.letter;
  return units[at - 2]?.letter === letter || units[at + 1]?.letter === letter;
};

/**
 * By what letters differ from those of an entry; null when they are another word. Three times the same letter is no
 * spelling; twice instead of once is another word for a short entry (`god`, `good`), or with another mark (`kont`,
 * `könnt`).
 *
 * @param size the number of letters of the whole entry
 * @param isOpen true: more may follow
 */
export function differencesOf(
  asked: readonly Unit[],
  units: readonly Unit[],
  { size, isOpen }: { size: number; isOpen: boolean },
): Set<Difference> | null {
  const found = new Set<Difference>();
  let next = 0;
  let isTwice = false;
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] as Unit;
    const now = asked[next];
    if (now === undefined && isOpen) break;
    const difference = now && differenceOf(now, unit, size);
    if (difference !== undefined) {
      if (difference !== null) found.add(difference);
      next++;
      continue;
    }
    const isRepeated = next > 0 && unit.letter === units[at - 1]?.letter && !DIGIT.test(unit.letter);
    if (!isRepeated || size < MIN_LETTERS_AT_ALL) return null;
    if (!isThrice(units, at)) isTwice = true;
    found.add('repeats');
  }
  if (next < asked.length || (isTwice && (size < MIN_LETTERS || found.has('marks')))) return null;
  return found;
}

/** `45s`, `100km`, `A55`: a number with a unit, or with letters that say of what. */
const NUMBER = /^(?:\p{N}{2,}\p{L}{1,3}|\p{L}{1,2}\p{N}{2,})$/u;

/** `s3x`, but not `3ex`, `A5s`, or `5pm`. */
const DIGIT_BETWEEN_LETTERS = /^\p{L}+\p{N}\p{L}+$/u;

/** True when digits are letters by all appearances: one word at least is no number, and has letters of its own. */
const areLetters = (words: readonly Word[], size: number): boolean => {
  const withDigits = words.map((word) => word.text).filter((word) => DIGIT.test(word));
  if (size < MIN_LETTERS) return withDigits.every((word) => DIGIT_BETWEEN_LETTERS.test(word));
  const letters = words.map((word) => word.text.match(/\p{L}/gu)?.length ?? 0).reduce((sum, count) => sum + count, 0);
  return letters >= 2 && letters * 4 >= size && withDigits.some((word) => !NUMBER.test(word));
};

/** True when a person should look at it: the differences, seen in the words that have them, are no chance. */
export function isDeliberate(
  differences: ReadonlySet<Difference>,
  words: readonly Word[],
  { text, size }: { text: string; size: number },
): boolean {
  if (differences.has('digits') && !areLetters(words, size)) return false;
  return !differences.has('look-alikes') || words.some((word) => isDisguised(word.text, text));
}
