/**
 * Folding takes from a text the differences that people make to get past a list of words, so that two texts can be
 * compared. A folded text is for comparing only: it is never shown and never stored as the comment.
 */

/** Characters that draw nothing. */
export const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\p{Cs}]/gu;

/**
 * Marks that change no word for this purpose: accents on Latin, Greek and Cyrillic, Hebrew points, Arabic vowels and
 * the stretcher. The marks of Indian and South-East Asian scripts, and of kana, are vowels or consonants and stay.
 */
const DIACRITIC = [
  '[\\u{300}-\\u{36F}\\u{1AB0}-\\u{1AFF}\\u{1DC0}-\\u{1DFF}\\u{20D0}-\\u{20FF}\\u{FE20}-\\u{FE2F}]',
  '[\\u{483}-\\u{489}]',
  '[\\u{591}-\\u{5BD}\\u{5BF}\\u{5C1}\\u{5C2}\\u{5C4}\\u{5C5}\\u{5C7}]',
  '[\\u{610}-\\u{61A}\\u{64B}-\\u{65F}\\u{670}\\u{6D6}-\\u{6DC}\\u{6DF}-\\u{6E4}\\u{6E7}\\u{6E8}\\u{6EA}-\\u{6ED}]|\\u{640}',
].join('|');
const DIACRITICS = new RegExp(DIACRITIC, 'gu');

/** True for one such mark. */
export function isDiacritic(character: string): boolean {
  return ONE_DIACRITIC.test(character);
}
const ONE_DIACRITIC = new RegExp(`^(?:${DIACRITIC})$`, 'u');

/** Letters whose stroke or ligature Unicode does not take apart, and the sigma that ends a Greek word. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const UNDECOMPOSED_LETTER = /[ßæœøłđħıς]/gu;

const pairs = (from: string, to: string): [string, string][] => {
  const targets = [...to];
  return [...from].map((letter, index) => [letter, targets[index] ?? letter]);
};

/** Cyrillic and Greek letters that look like a Latin one. Upper case comes apart from lower: Η is an H, η an n. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ...pairs('АВЕЅІЈКМНОРСТУХԚԜ', 'ABESIJKMHOPCTYXQW'),
  ...pairs('авеѕіјкмнорстухһԁԛԝӏ', 'abesijkmhopctyxhdqwl'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
  ...pairs('αβγεηικνορτυχω', 'abyenikvoptuxw'),
]);

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const LEET_WORD = /[\p{L}\p{M}\p{N}@$]+/gu;
const LATIN = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const CYRILLIC_OR_GREEK = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

const LATIN_LEET: ReadonlyMap<string, string> = new Map(pairs('013457@$', 'oieastas'));
const CYRILLIC_LEET: ReadonlyMap<string, string> = new Map(pairs('034@', 'озча'));

const spelled = (word: string, table: ReadonlyMap<string, string>): string => {
  let result = '';
  for (const character of word) result += table.get(character) ?? character;
  return result;
};

/** Only a word that mixes scripts is suspect; a Russian or Greek word keeps its letters. */
const unmixed = (word: string): string =>
  LATIN.test(word) && CYRILLIC_OR_GREEK.test(word) ? spelled(word, LOOKALIKES) : word;

/** Digits stand for letters only beside letters: `h3llo`, but not `2024`. A sign may have joined two scripts. */
const unleeted = (joined: string): string => {
  const word = unmixed(joined);
  if (LATIN.test(word)) return spelled(word, LATIN_LEET);
  return CYRILLIC.test(word) ? spelled(word, CYRILLIC_LEET) : word;
};

/** Folding that leaves digits and signs as they are. */
export function foldLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(IGNORABLE, '')
    .replace(DIACRITICS, '')
    .replace(WORD, unmixed)
    .toLowerCase()
    .replace(UNDECOMPOSED_LETTER, (letter) => UNDECOMPOSED[letter] ?? letter)
    .normalize('NFC');
}

export function fold(text: string): string {
  return foldLetters(text).replace(LEET_WORD, unleeted);
}

/**
 * The text that is hashed to find it again: letters and digits alone, so that spaces, signs and case make no
 * difference. A text without either (emoji, say) stands for itself, or all of them would count as the same text.
 */
export function textFingerprintSource(text: string): string {
  const folded = fold(text);
  const lettersAndDigits = folded.replace(/[^\p{L}\p{N}]+/gu, '');
  return lettersAndDigits === '' ? folded.replace(/\s+/gu, '') : lettersAndDigits;
}
