import { fold, foldLetters } from '../text/fold.ts';
import { SubstringIndex } from './substring-index.ts';

/** Scripts written without spaces, and Korean, whose particles are written onto the word: an entry matches inside. */
const UNSPACED =
  '(?=[\\p{L}\\p{M}\\p{N}])[\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]' +
  '|\\p{Extended_Pictographic}|\\p{RI}';
const HAS_UNSPACED = new RegExp(UNSPACED, 'u');

/** A word: letters and digits up to anything else, or up to a script that needs no spaces. Emoji are such a script. */
const WORD = new RegExp(`(?:${UNSPACED})+|(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}])+`, 'gu');

/** `s p a m`, `s.p.a.m`, `s-p-a-m`, or down the page: single characters with one separator between each two. */
const SPACED_LETTERS = /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}@$](?:[ \n.\-_*·][\p{L}\p{N}@$](?![\p{L}\p{M}\p{N}]))+/gu;

/** Shorter ones occur by chance where letters stand alone: initials, lists, sums. */
const MIN_SPACED_LETTERS = 4;

/** Words that follow each other; what may begin here is found by looking up the next word. */
interface Step {
  next: Map<string, Step>;
  /** Entries that end here. */
  entries: string[];
  /** Beginnings of the next word that complete an entry: those written with `*`. */
  beginnings: SubstringIndex;
}

interface WordList {
  start: Step;
  unspaced: SubstringIndex;
  spaced: SubstringIndex;
}

const newStep = (): Step => ({ next: new Map(), entries: [], beginnings: new SubstringIndex() });

const wordsOf = (folded: string): string[] => folded.match(WORD) ?? [];

/** @param beginning of a word that comes after the others, with any ending; undefined: the others are all */
const addSteps = (start: Step, words: string[], beginning: string | undefined, entry: string): void => {
  let step = start;
  for (const word of words) {
    const next = step.next.get(word) ?? newStep();
    step.next.set(word, next);
    step = next;
  }
  if (beginning === undefined) step.entries.push(entry);
  else step.beginnings.add(beginning, entry);
};

const addEntry = (list: WordList, entry: string): void => {
  const anyEnding = entry.endsWith('*');
  const words = wordsOf(fold(entry));
  if (words.length === 0) return;

  const letters = words.join('');
  if (letters.length >= MIN_SPACED_LETTERS) list.spaced.add(letters, entry);
  if (HAS_UNSPACED.test(letters)) {
    for (const needle of new Set([letters, words.join(' ')])) list.unspaced.add(needle, entry);
  } else {
    const beginning = anyEnding ? words.pop() : undefined;
    addSteps(list.start, words, beginning, entry);
  }
};

const compile = (entries: readonly string[]): WordList => {
  const list: WordList = { start: newStep(), unspaced: new SubstringIndex(), spaced: new SubstringIndex() };
  for (const entry of entries) addEntry(list, entry);
  return list;
};

/** A site's list is the same array for many comments; it is compiled once and goes when the list goes. */
const compiled = new WeakMap<readonly string[], WordList>();

const wordList = (entries: readonly string[]): WordList => {
  const known = compiled.get(entries);
  if (known !== undefined) return known;
  const list = compile(entries);
  compiled.set(entries, list);
  return list;
};

const entriesFrom = (start: Step, words: string[], first: number): string[] => {
  const found: string[] = [];
  let step: Step | undefined = start;
  for (let place = first; step !== undefined; place++) {
    found.push(...step.entries);
    const word = words[place];
    if (word === undefined) break;
    found.push(...step.beginnings.at(word, 0));
    step = step.next.get(word);
  }
  return found;
};

const entriesIn = (list: WordList, folded: string): string[] => {
  const words = wordsOf(folded);
  const unspaced = list.unspaced.in(words.join(' '));
  return words.flatMap((_, first) => entriesFrom(list.start, words, first)).concat(unspaced);
};

const spacedEntriesIn = (list: WordList, text: string): string[] =>
  (text.match(SPACED_LETTERS) ?? []).flatMap((run) => list.spaced.in(fold(run.replace(/[ \n.\-_*·]/gu, ''))));

/**
 * The entries of a list that occur in a text, in the list's order. An entry is a word or several, compared by fold();
 * it matches whole words only (`ass` is not in `class`), and with `*` at its end any ending. The text is also read
 * without exchanging digits and signs for letters, so that `@casino` is `casino` and not only `acasino`.
 */
export function findWords(text: string, words: readonly string[]): string[] {
  if (words.length === 0) return [];
  const list = wordList(words);
  const letters = foldLetters(text);
  const found = new Set([
    ...entriesIn(list, letters),
    ...entriesIn(list, fold(text)),
    ...spacedEntriesIn(list, letters),
  ]);
  return words.filter((word, index) => found.has(word) && words.indexOf(word) === index);
}
