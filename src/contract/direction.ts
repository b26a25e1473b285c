import type { Block, Inline } from './body.ts';

/** Text, with an `@` for what is none: links, code and line breaks. */
const wordsOf = (node: Block | Inline): string => {
  if (typeof node === 'string') return node;
  return 'c' in node && node.t !== 'a' ? node.c.flat().map(wordsOf).join(' ') : '@';
};

/** Mentions and addresses in front of the first letter. */
const IN_FRONT = /^[^\p{L}@]*(?:(?:@|https?:)\S*[^\p{L}@]*)+(\p{L})?/iu;
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** The direction of a block's words: that of the first letter behind mentions, links and code, where such stand in front. */
export function directionOf(block: Block): 'auto' | 'ltr' | 'rtl' {
  const letter = IN_FRONT.exec(wordsOf(block))?.[1];
  if (letter === undefined) return 'auto';
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}
