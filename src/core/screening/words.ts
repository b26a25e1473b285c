import { inSeveralLetters, keyOf, plain, type Unit, unitsOf } from '../text/spelling.ts';
import { type Entry, readEntry, withoutHidden } from './entry.ts';
import { type Difference, differencesOf, isDeliberate, MIN_LETTERS, type Word, wordOf } from './spelled.ts';
import { SubstringIndex } from './substring-index.ts';
import {
  hostsIn,
  hostsSpelledIn,
  isUnspaced,
  tokensJoined,
  tokensOf,
  tokensSpaced,
  tokensWithSigns,
} from './tokens.ts';
import { type Sought, unitsSought, WordIndex } from './word-index.ts';

/** An entry that a text has. */
export interface WordHit {
  entry: string;
  /** The words of the text that are it, in lower case. */
  found: string;
  /** By what they differ from the entry; none: it is there as written, case and compatibility forms apart. */
  differences: Difference[];
}

/** A list, ready to be looked for. */
interface WordList {
  written: WordIndex;
  /** The same entries, but for exact ones, by what all their spellings have in common. */
  spelled: WordIndex;
  /** Entries of some length inside letters that stand apart. */
  spaced: SubstringIndex<Sought>;
  domains: Map<string, Entry[]>;
  spelledDomains: Map<string, Entry[]>;
  /** Those of the spelled with letters that may be written as several: a clear word, too, may be one. */
  formed: WordIndex | null;
}

const addTo = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const others = map.get(key);
  if (others === undefined) map.set(key, [value]);
  else others.push(value);
};

const addDomain = (list: WordList, entry: Entry): void => {
  const [name = ''] = entry.words;
  addTo(list.domains, name, entry);
  if (!entry.isExact) addTo(list.spelledDomains, keyOf(inSeveralLetters(name)), entry);
};

const addWords = (list: WordList, entry: Entry): void => {
  const { words } = entry;
  list.written.add({ entry, words, keys: words });
  // An entry with a space is also found without it, in scripts that need none.
  const isUnspacedAll = words.length > 1 && words.every(isUnspaced);
  const joined = [words.join('')];
  if (isUnspacedAll) list.written.add({ entry, words: joined, keys: joined });
  if (entry.isExact) return;
  const shown = tokensOf(inSeveralLetters(withoutHidden(words.join(' '))));
  for (const spelling of isUnspacedAll ? [shown, joined] : [shown]) {
    const sought = { entry, words: spelling, keys: spelling.map(keyOf) };
    list.spelled.add(sought);
    if (spelling.join(' ') === words.join(' ')) continue;
    list.formed ??= new WordIndex();
    list.formed.add(sought);
  }
  if (entry.size >= MIN_LETTERS) {
    const joint = shown.join('');
    list.spaced.add(keyOf(joint), { entry, words: [joint], keys: [joint] });
  }
};

const compile = (entries: readonly string[]): WordList => {
  const list: WordList = {
    written: new WordIndex(),
    spelled: new WordIndex(),
    spaced: new SubstringIndex(),
    domains: new Map(),
    spelledDomains: new Map(),
    formed: null,
  };
  for (const [line, text] of [...new Set(entries)].entries()) {
    const entry = readEntry(text, line);
    if (entry === null) continue;
    if (entry.isDomain) addDomain(list, entry);
    else addWords(list, entry);
  }
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

const NO_WORDS: ReadonlySet<string> = new Set();

/** The first hit on each entry, by its line: those as written are looked for first. */
type Hits = Map<number, WordHit>;

/** True for what it has been asked before. */
const repeats = () => {
  const known = new Set<unknown>();
  return (one: unknown): boolean => known.has(one) || !known.add(one);
};

const findWritten = (list: WordList, text: string, words: readonly string[], hits: Hits): void => {
  const isRepeated = repeats();
  list.written.find(
    words,
    ({ entry, keys }, place) => {
      if (hits.has(entry.line)) return;
      const found = words.slice(place, place + keys.length).join(' ');
      hits.set(entry.line, { entry: entry.text, found, differences: [] });
    },
    (place) => isRepeated(words[place]),
  );
  if (list.domains.size === 0) return;
  for (const host of hostsIn(text)) {
    for (const entry of list.domains.get(host) ?? []) {
      if (!hits.has(entry.line)) hits.set(entry.line, { entry: entry.text, found: host, differences: [] });
    }
  }
};

/** The differences of a word from an entry's that begins in it at that place of the key; null: it is another word. */
const differencesInside = (asked: readonly Unit[], word: Word, start: number, size: number): Set<Difference> | null => {
  const [units, places] = [word.units(), word.places()];
  const first = places[start] ?? 0;
  const next = Math.max(places[start + 1] ?? 0, first + 1);
  // Letters of one class share a place of the key, and the entry may begin with a later one of them.
  for (let at = Math.max(first, next - 2 * asked.length); at < next; at++) {
    const differences = differencesOf(asked, units.slice(at, at + 4 * asked.length), { size, isOpen: true });
    if (differences !== null) return differences;
  }
  return null;
};

/** The differences of the words at a place from those of an entry; null: they are other words. */
const differencesAt = (sought: Sought, text: readonly Word[], start: number): Set<Difference> | null => {
  const { size, isOpenBefore, isOpenAfter } = sought.entry;
  const all = new Set<Difference>();
  for (const [index, word] of text.entries()) {
    const [asked, units] = [unitsSought(sought)[index] ?? [], word.units()];
    const isOpen = isOpenAfter && index === text.length - 1;
    let differences: Set<Difference> | null;
    if (!isOpenBefore || index > 0) differences = differencesOf(asked, units, { size, isOpen });
    else if (isOpen) differences = differencesInside(asked, word, start, size);
    else differences = differencesOf(asked.toReversed(), units.toReversed(), { size, isOpen: true });
    if (differences === null) return null;
    for (const difference of differences) all.add(difference);
  }
  return all;
};

interface Reading {
  /** The text that the words are of, for what says in which script it is written. */
  text: string;
  /** Words as they are written: a clear one of them is no spelling. */
  words: ReadonlySet<string>;
  /** The difference that this way of reading has made already. */
  by: Difference | null;
  /** The difference where letter by letter there is none. */
  unseen: Difference;
  hits: Hits;
  wordOf(text: string): Word;
  /** True for a word that was held against all that is inside of words before; no way of reading makes a difference. */
  isRepeated(word: unknown): boolean;
}

const hitSpelled = (
  { text, by, unseen, hits }: Reading,
  entry: Entry,
  words: Word[],
  differences: Set<Difference> | null,
) => {
  if (differences === null || (by === 'spacing' && entry.size < MIN_LETTERS)) return;
  if (by !== null) differences.add(by);
  if (!isDeliberate(differences, words, { text, size: entry.size })) return;
  const found = words.map((word) => word.text).join(' ');
  hits.set(entry.line, { entry: entry.text, found, differences: differences.size > 0 ? [...differences] : [unseen] });
};

const findSpelled = (index: WordIndex, tokens: readonly string[], reading: Reading): void => {
  const words = tokens.map(reading.wordOf);
  const keys = words.map((word) => word.key);
  const isItself = (word: Word | undefined) => word?.isClear === true && reading.words.has(word.text);
  index.find(
    keys,
    (sought, place, start) => {
      if (reading.hits.has(sought.entry.line)) return;
      const there = words.slice(place, place + sought.keys.length);
      hitSpelled(reading, sought.entry, there, differencesAt(sought, there, start));
    },
    (place) => isItself(words[place]) || reading.isRepeated(words[place]),
  );
};

const findSpaced = (list: WordList, reading: Reading): void => {
  for (const token of tokensSpaced(reading.text)) {
    const word = reading.wordOf(token);
    list.spaced.in(word.key, (sought, start) => {
      const { entry } = sought;
      if (reading.hits.has(entry.line)) return;
      const [asked = []] = unitsSought(sought);
      hitSpelled(reading, entry, [word], differencesInside(asked, word, start, entry.size));
    });
  }
};

const findSpelledDomains = (list: WordList, hosts: string[], reading: Reading): void => {
  for (const host of hosts) {
    const word = reading.wordOf(host);
    for (const entry of list.spelledDomains.get(word.key) ?? []) {
      if (reading.hits.has(entry.line)) continue;
      const asked = unitsOf(inSeveralLetters(entry.words[0] ?? ''));
      const differences = differencesOf(asked, word.units(), { size: entry.size, isOpen: false });
      hitSpelled(reading, entry, [word], differences);
    }
  }
};

/** Words are held against the list once, however often they come. */
const remembering = () => {
  const known = new Map<string, Word>();
  return (text: string): Word => {
    const word = known.get(text) ?? wordOf(text);
    known.set(text, word);
    return word;
  };
};

/** The entries of a list that a text has as written. */
export function findWordsWritten(text: string, entries: readonly string[]): WordHit[] {
  const hits: Hits = new Map();
  const written = plain(text);
  findWritten(wordList(entries), written, tokensOf(written), hits);
  return [...hits.values()];
}

/**
 * The entries of a list that a text has, in the list's order, each once: as written where it stands so anywhere, else as
 * it is spelled otherwise.
 */
export function findWords(text: string, entries: readonly string[]): WordHit[] {
  if (entries.length === 0) return [];
  const list = wordList(entries);
  const hits: Hits = new Map();
  const written = plain(text);
  const words = tokensOf(written);
  findWritten(list, written, words, hits);

  const seen = withoutHidden(written);
  const shown = inSeveralLetters(seen);
  const unseen = seen === written ? 'forms' : 'hidden';
  const reading = {
    text: shown,
    words: new Set(words),
    by: null,
    unseen,
    hits,
    wordOf: remembering(),
    isRepeated: repeats(),
  } as const;
  const spacing = { ...reading, by: 'spacing' } as const;
  const ofForms = { words: NO_WORDS, isRepeated: repeats() };
  const find = (tokens: readonly string[], as: Reading): void => {
    findSpelled(list.spelled, tokens, as);
    if (list.formed !== null) findSpelled(list.formed, tokens, { ...as, ...ofForms });
  };
  find(shown === written ? words : tokensOf(shown), reading);
  const withSigns = tokensWithSigns(shown);
  if (withSigns !== null) find(withSigns, reading);
  if (list.spelledDomains.size > 0) {
    findSpelledDomains(list, hostsIn(shown), reading);
    findSpelledDomains(list, hostsSpelledIn(shown), spacing);
  }
  find(tokensJoined(shown), spacing);
  findSpaced(list, spacing);
  return [...hits].sort(([one], [other]) => one - other).map(([, hit]) => hit);
}
