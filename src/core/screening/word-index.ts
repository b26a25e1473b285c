import { type Unit, unitsOf } from '../text/spelling.ts';
import type { Entry } from './entry.ts';
import { SubstringIndex } from './substring-index.ts';

/** An entry, the words that a text has to have for it, and what they are looked up by. */
export interface Sought {
  entry: Entry;
  words: readonly string[];
  keys: readonly string[];
  /** The letters of the words, from when they are first held against those of a text. */
  units?: readonly Unit[][];
}

export function unitsSought(sought: Sought): readonly Unit[][] {
  sought.units ??= sought.words.map(unitsOf);
  return sought.units;
}

/** By code units: what is looked up and what it is looked up in are turned round alike. */
const reversed = (word: string): string => {
  let result = '';
  for (let at = word.length - 1; at >= 0; at--) result += word[at];
  return result;
};

/** The entries that begin with a word that has to stand whole. */
interface Branch {
  /** Entries of that word alone, or with the beginning of a second one. */
  sought: Sought[];
  /** Entries with a second whole word, by it; most words have none. */
  next: Map<string, Sought[]> | null;
}

const NO_SOUGHT: readonly Sought[] = [];

/** The first word was looked up, and the last may go on; each other is the whole of a word. */
const stands = ({ entry, keys }: Sought, text: readonly string[], place: number): boolean =>
  place + keys.length <= text.length &&
  (keys.length === 1 ||
    keys.every((key, index) => {
      const there = text[place + index] ?? '';
      if (index === 0) return true;
      return index === keys.length - 1 && entry.isOpenAfter ? there.startsWith(key) : there === key;
    }));

/** Finds which entries have their words at some place of a text, in one pass over its words. */
export class WordIndex {
  private readonly whole = new Map<string, Branch>();
  private readonly beginnings = new SubstringIndex<Sought>();
  private readonly endings = new SubstringIndex<Sought>();
  private readonly inside = new SubstringIndex<Sought>();

  add(sought: Sought): void {
    const { entry, keys } = sought;
    const [first = '', second] = keys;
    if (entry.isOpenBefore && entry.isOpenAfter && second === undefined) this.inside.add(first, sought);
    else if (entry.isOpenBefore) this.endings.add(reversed(first), sought);
    else if (entry.isOpenAfter && second === undefined) this.beginnings.add(first, sought);
    else {
      const isSecondWhole = second !== undefined && (keys.length > 2 || !entry.isOpenAfter);
      const branch = this.whole.get(first) ?? { sought: [], next: null };
      this.whole.set(first, branch);
      if (isSecondWhole) {
        branch.next ??= new Map();
        branch.next.set(second, [...(branch.next.get(second) ?? []), sought]);
      } else branch.sought.push(sought);
    }
  }

  /**
   * @param visit is told the place of the first word, and where in it an entry begins that is inside of a word
   * @param isDone says of which words no beginning and no part is looked for
   */
  find(
    keys: readonly string[],
    visit: (sought: Sought, place: number, start: number) => void,
    isDone: (place: number) => boolean,
  ): void {
    keys.forEach((key, place) => {
      const check = (sought: Sought, start = 0) => {
        if (stands(sought, keys, place)) visit(sought, place, start);
      };
      const branch = this.whole.get(key);
      if (branch !== undefined) {
        for (const sought of branch.sought) check(sought);
        for (const sought of branch.next?.get(keys[place + 1] ?? '') ?? NO_SOUGHT) check(sought);
      }
      if (!this.endings.isEmpty) this.endings.at(reversed(key), 0, check);
      if (isDone(place)) return;
      this.beginnings.at(key, 0, check);
      this.inside.in(key, check);
    });
  }
}
