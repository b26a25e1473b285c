import { IGNORABLE } from '../text/fold.ts';
import { plain } from '../text/spelling.ts';
import { isUnspaced, sizeOf, tokensOf } from './tokens.ts';

/** A line of a word list, read. */
export interface Entry {
  /** As it stands in the list. */
  text: string;
  /** Its place in the list, from 0. */
  line: number;
  words: string[];
  /** The number of letters, by which it is decided how much may differ. */
  size: number;
  /** True for `*word`, and for scripts that need no spaces: more may stand before its first word. */
  isOpenBefore: boolean;
  /** The same after its last word. */
  isOpenAfter: boolean;
  /** True for `=word`: nothing that is spelled otherwise is it. */
  isExact: boolean;
  /** True for `news.example`: a host, or one below it, and no words. */
  isDomain: boolean;
}

const DOMAIN = /^(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\.)+\p{L}[\p{L}\p{M}\p{N}-]+$/u;

/** Reads an entry; null when no text can have it: it has no letter, no digit and no emoji. */
export function readEntry(text: string, line = 0): Entry | null {
  const isExact = text.startsWith('=');
  const written = plain(isExact ? text.slice(1) : text).trim();
  if (DOMAIN.test(written)) {
    const size = sizeOf(tokensOf(written));
    return { text, line, words: [written], size, isOpenBefore: false, isOpenAfter: false, isExact, isDomain: true };
  }
  const words = tokensOf(written);
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    text,
    line,
    words,
    size: sizeOf(words),
    isOpenBefore: written.startsWith('*') || isUnspaced(first),
    isOpenAfter: written.endsWith('*') || isUnspaced(last),
    isExact,
    isDomain: false,
  };
}

/** A plain text without what draws nothing. */
export function withoutHidden(text: string): string {
  return text.replace(IGNORABLE, '');
}
