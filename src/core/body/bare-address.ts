import { MAX_ADDRESS_LENGTH } from './link-address.ts';

/** Signs that end a name and an address: white space, controls, punctuation, and signs that are put around addresses. */
const ENDS = String.raw`\p{Z}\p{Cc}\p{P}<>｜`;

/** Letters of any script, digits, and signs such as an emoji. */
const LETTER = `[^${ENDS}]`;

/** Labels parted by single dots, with hyphens inside of them alone. */
const LABEL = `${LETTER}+(?:-+${LETTER}+)*`;
const HOST = String.raw`${LABEL}(?:\.${LABEL})*(?::\d{1,5})?(?!${LETTER}|[-_]|:\d|\.[^${ENDS}]|\.-)`;

/** Signs that stand in a path without ending it. */
const MARK = String.raw`[-\\/:%@#&=_~*]`;

/** A bracket is a part of the address when it is closed there, as in `/wiki/Strait_(geography)`. */
const closed = (open: string, close: string): string => {
  const inside = String.raw`[^\p{Z}\p{Cc}${open}${close}]`;
  return `${open}(?:${inside}|${open}${inside}*${close})*${close}`;
};

const PARTS = [
  LETTER,
  MARK,
  // The signs of a sentence, where the address goes on behind them.
  `[.,;!?]+(?=${LETTER}|${MARK})`,
  `'(?=${LETTER}|-)`,
  String.raw`"[^\p{Z}\p{Cc}"]+"`,
  closed('\\(', '\\)'),
  closed('\\[', '\\]'),
  closed('\\{', '\\}'),
];

const ADDRESS = String.raw`https?:\/\/${HOST}(?:[\/?#](?:${PARTS.join('|')})+|\/)?`;

const AT_START = new RegExp(ADDRESS, 'iuy');
const ANYWHERE = new RegExp(`(?<!${LETTER}|_)${ADDRESS}`, 'giu');

const found = ({ 0: text, index }: RegExpExecArray) => ({
  schema: 'http:',
  index,
  lastIndex: index + text.length,
  raw: text,
  text,
  url: text,
});

/**
 * Finds addresses that are written out with their scheme: `node.js`, `me@example.com` and `//x` are words. markdown-it
 * takes this in place of the package linkify-it. What is found is judged by link-address.ts.
 */
export const bareAddresses = {
  test: (text: string): boolean => /https?:\/\//i.test(text),
  match: (text: string) => Array.from(text.matchAll(ANYWHERE), found),
  matchAtStart(text: string) {
    // Each `://` is tried against all that follows it; past the longest address there is nothing to win.
    AT_START.lastIndex = 0;
    const start = AT_START.exec(text.slice(0, MAX_ADDRESS_LENGTH + 1));
    return start && found(start);
  },
};
