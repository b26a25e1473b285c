/** Scripts written without spaces, and Korean, whose particles are written onto the word: an entry matches inside. */
const UNSPACED =
  '(?=[\\p{L}\\p{M}\\p{N}])[\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]' +
  '|\\p{Extended_Pictographic}|\\p{RI}';
const STARTS_UNSPACED = new RegExp(`^(?:${UNSPACED})`, 'u');

/** A word: letters and digits up to anything else, or up to a script that needs no spaces. Emoji are such a script. */
const WORD = new RegExp(
  `(?:(?:${UNSPACED})\\p{M}*)+|(?!${UNSPACED})[\\p{L}\\p{N}](?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}])*`,
  'gu',
);
const ASCII = /^\p{ASCII}*$/u;

/** The words of a plain text, in order. */
export function tokensOf(text: string): string[] {
  return text.match(ASCII.test(text) ? /[a-z0-9]+/g : WORD) ?? [];
}

const SIGN_AMONG_LETTERS = /[@$€|+!][\p{L}\p{N}]|\p{L}[@$€|+]/u;
const WORD_WITH_SIGNS = /(?:[\p{L}\p{M}\p{N}@$€|+]|!(?=[\p{L}\p{N}@$]))+/gu;

/** The words when signs beside letters are read as letters; null when there are none. */
export function tokensWithSigns(text: string): string[] | null {
  return SIGN_AMONG_LETTERS.test(text) ? (text.match(WORD_WITH_SIGNS) ?? []) : null;
}

/** No apostrophe: `he'll` and `can't` are words of their own. */
const JOINED =
  /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:\\{0,2}[.\-_·~|+/]|[\\*]+)[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)+/gu;

/** Words with one sign between each two, or with stars and backslashes, without the signs: each run as one word. */
export function tokensJoined(text: string): string[] {
  return (text.match(JOINED) ?? []).flatMap((run) => tokensOf(run.replace(/[.\-_*·~|+/\\]/gu, '')));
}

/** `s p a m`, `s.p.a.m`, `s - p - a - m`, or down the page: single characters with a separator between each two. */
const SPACED =
  /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}@$]\p{M}*(?:[ \n.\-_*·~|+/,]{1,3}[\p{L}\p{N}@$](?![\p{L}\p{N}])\p{M}*)+/gu;

/** Letters that stand alone, without the separators: each run as one word. */
export function tokensSpaced(text: string): string[] {
  return (text.match(SPACED) ?? []).map((run) => run.replace(/[ \n.\-_*·~|+/,]/gu, ''));
}

export function isUnspaced(word: string): boolean {
  return STARTS_UNSPACED.test(word);
}

/** The number of letters; a character of a script without spaces says as much as two. */
export function sizeOf(words: readonly string[]): number {
  let size = 0;
  for (const word of words) size += (word.match(/[\p{L}\p{N}]/gu)?.length ?? 1) * (isUnspaced(word) ? 2 : 1);
  return size;
}

/** `t.me`, `www.t.me`: two labels or more with dots between them, not the end of `can't.Me`. */
const NAME = /(?<![\p{L}\p{M}\p{N}._'’-])(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\.)+\p{L}[\p{L}\p{M}\p{N}-]*/gu;

/** A name with more is none that can be looked up, and would be as many domains. */
const MAX_LABELS = 10;

/** The names of hosts in a plain text, in links or written out, each with the domains that it is in. */
export function hostsIn(text: string): string[] {
  const names = text.includes('.') ? (text.match(NAME) ?? []) : [];
  return names.flatMap((name) => {
    const labels = name.split('.').slice(-MAX_LABELS);
    return labels.slice(1).map((_, index) => labels.slice(index).join('.'));
  });
}

/** `casino[.]example`, `casino (dot) example`, `casino . example` */
const DOT = /\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?|\s(?:dot|\.)\s/gu;

/** `casino\.example`, `cas*i*no.example` */
const SIGNS_WITHIN = /(?<!\\)\\+(?=\.)|(?<=[\p{L}\p{N}])\*+(?=[\p{L}\p{N}])/gu;

/** The same when dots that are spelled out, or stand apart, are dots, and stars in a name are nothing. */
export function hostsSpelledIn(text: string): string[] {
  return hostsIn(text.replace(SIGNS_WITHIN, '').replace(DOT, '.'));
}
