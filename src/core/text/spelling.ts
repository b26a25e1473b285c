import { isDiacritic } from './fold.ts';

/**
 * Words letter by letter, as people spell them to get past a list. The letters below are chosen, not taken from Unicode's
 * table of some 6,000 confusable ones: those that draw as a Latin letter in common typefaces, of the alphabets that
 * readers have on their keyboards (Cyrillic, Greek, Armenian); the small capitals of "fancy text"; and the letters that
 * Persian and Urdu keyboards have for Arabic ones.
 */

const ASCII = /^\p{ASCII}*$/u;

const isOne = (text: string): boolean => [...text].length === 1;

/** A letter of another case or form where that is one letter; what would be several (ﬁ, ŉ, İ) is itself. */
const plainLetter = (letter: string): string => {
  const form = [letter.normalize('NFKC').toLowerCase(), letter.toLowerCase()].find(isOne) ?? letter;
  return form === 'ς' ? 'σ' : form;
};

/** A text as it is written, letter by letter, with case and compatibility forms (full width, mathematical) apart. */
export function plain(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFC')
    .replace(/(?<=\p{Extended_Pictographic})\p{Variation_Selector}/gu, '')
    .replace(/\p{Changes_When_NFKC_Casefolded}/gu, plainLetter)
    .normalize('NFC');
}

/** In a plain text: what may be written as several letters. Signs between words are left as they are. */
const SEVERAL = /(?![\p{P}\p{Z}])\p{Changes_When_NFKC_Casefolded}/gu;

const severalLetters = (letter: string): string =>
  letter === 'ß' ? 'ss' : letter.normalize('NFKC').toLowerCase().replace('i\u0307', 'i');

/** A plain text in which each letter that may be written as several is: ß is ss, ﬁ is fi, and İ is i. */
export function inSeveralLetters(text: string): string {
  return ASCII.test(text) ? text : text.replace(SEVERAL, severalLetters).normalize('NFC');
}

const pairs = (letters: string, looks: string): [string, string][] => {
  const all = [...looks];
  return [...letters].map((letter, index) => [letter, all[index] ?? letter]);
};

/** The Latin letters that one draws as. A small Greek letter may have been a capital: Η looks like H, and η like n. */
const LOOKS: ReadonlyMap<string, string> = new Map([
  ...pairs('авгеіјкмнопрстухьѕԁԛԝһӏи', 'abreijkmhonpctyxbsdqwhlu'),
  ...pairs('αβγεζικορτχω', 'abyezikoptxw'),
  ...([
    ['η', 'nh'],
    ['μ', 'um'],
    ['ν', 'vn'],
    ['υ', 'uy'],
  ] as const),
  ...pairs('օոսհցզ', 'onuhgq'),
  ...pairs('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ', 'abcdefghijklmnoprstuvwyzag'),
  ...pairs('یىکہە', 'ييكهه'),
]);

/** The letters that a digit or a sign is written for. */
const STANDS_FOR: ReadonlyMap<string, string> = new Map([
  ...pairs('02578', 'ozstb'),
  ...pairs('$+€!@9', 'steiag'),
  ...([
    ['1', 'il'],
    ['|', 'il'],
    ['3', 'eз'],
    ['4', 'aч'],
    ['6', 'gб'],
  ] as const),
]);

/** Letters with a stroke, which Unicode does not take apart. A dotless i is an i without something. */
const STROKED: ReadonlyMap<string, string> = new Map(pairs('øłđħı', 'oldhi'));
const STROKE = '\u{338}';

/** Characters that may stand for one another, under one of them. */
const CLASSES: ReadonlyMap<string, string> = (() => {
  const above = new Map<string, string>();
  const top = (letter: string): string => {
    const next = above.get(letter);
    return next === undefined ? letter : top(next);
  };
  for (const [letter, others] of [...LOOKS, ...STANDS_FOR]) {
    for (const other of others) if (top(letter) !== top(other)) above.set(top(letter), top(other));
  }
  return new Map([...above.keys()].map((letter) => [letter, top(letter)]));
})();

/** A letter with what sits on it. */
export interface Unit {
  letter: string;
  marks: string;
  /** True with a mark that no alphabet joins with the letter. */
  isLoose: boolean;
  /** True for marks that writers leave out: those of ё, of Greek capitals, the hamza; I is the capital of ı, too. */
  mayLackMarks: boolean;
}

const mayLack = (letter: string, marks: string): boolean =>
  letter === 'е' || (letter === 'i' && marks === STROKE) || /\p{Script=Greek}/u.test(letter) || HAMZA.test(marks);
const HAMZA = /[\u{653}-\u{655}]/u;

/** Characters that have no marks. Hangul, and kana with theirs, are taken apart by Unicode alone. */
const UNMARKED = /^[\p{ASCII}а-ик-я\u{3000}-\u{D7FF}]*$/u;

const unitOf = (character: string): Unit => {
  const [first = character, ...rest] =
    character < '\u{80}' || UNMARKED.test(character) ? character : character.normalize('NFD');
  const stroked = STROKED.get(first);
  const isApart = stroked !== undefined || rest.length > 0;
  if (!isApart || !rest.every(isDiacritic))
    return { letter: character, marks: '', isLoose: false, mayLackMarks: false };
  const letter = stroked ?? first;
  const marks = (stroked === undefined ? '' : STROKE) + rest.join('');
  return { letter, marks, isLoose: false, mayLackMarks: mayLack(letter, marks) };
};

/** The letters of a plain word. */
export function unitsOf(word: string): Unit[] {
  const units: Unit[] = [];
  for (const character of word) {
    const last = units.at(-1);
    if (character < '\u{300}' || !isDiacritic(character)) units.push(unitOf(character));
    else if (last !== undefined) {
      last.marks += character;
      last.isLoose = true;
    }
  }
  return units;
}

/** The class of each letter, repeated ones once: the same for all words that may be spelled for one another. */
export function keyOf(word: string): string {
  let key = '';
  let last = '';
  for (const letter of UNMARKED.test(word) ? word : unitsOf(word).map((unit) => unit.letter)) {
    const its = CLASSES.get(letter) ?? letter;
    if (its !== last) key += its;
    last = its;
  }
  return key;
}

/** The letter at each place of a word's key (of several of one class the first), and at its end the number of letters. */
export function keyPlacesOf(units: readonly Unit[]): number[] {
  const places: number[] = [];
  let last = '';
  for (const [index, { letter }] of units.entries()) {
    const its = CLASSES.get(letter) ?? letter;
    if (its !== last) for (let place = 0; place < its.length; place++) places.push(index);
    last = its;
  }
  places.push(units.length);
  return places;
}

const looksOf = (letter: string): string => LOOKS.get(letter) ?? letter;

/** True when both may draw as the same Latin letter. */
export function looksLike(one: string, other: string): boolean {
  const others = looksOf(other);
  return [...looksOf(one)].some((look) => others.includes(look));
}

/** True when a digit or sign may be written for that letter. */
export function standsFor(sign: string, letter: string): boolean {
  return [...(STANDS_FOR.get(sign) ?? '')].some((meant) => looksLike(meant, letter));
}

const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian'].map((name) => new RegExp(`\\p{Script=${name}}`, 'u'));

/** Letters that draw as no letter of another of these scripts: a text with one of them is surely in that script. */
const OWN = [/[dfglnqruvwz]/u, /[бгджзийлпфцчшщъыэюя]/u, /[δθλξπσφψ]/u, /[ա-ֆ]/u];

const SMALL_CAPITAL = /[\u{1D00}-\u{1D22}ʙɢʜɪɴʀʏʟꜰꜱɑɡ]/u;

/**
 * True when a word's letters are likely to stand for those of another script: it mixes scripts, or nothing in the text
 * says that it is written in the word's own one. A Russian sentence keeps its words, however Latin one may look.
 */
export function isDisguised(word: string, text: string): boolean {
  if (SMALL_CAPITAL.test(word)) return true;
  const scripts = SCRIPTS.flatMap((script, index) => (script.test(word) ? [OWN[index]] : []));
  return scripts.length > 1 || scripts.every((own) => own === undefined || !own.test(text));
}
