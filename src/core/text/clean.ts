/**
 * Everything a reader types passes through here before it is stored: characters that draw nothing, that reorder what
 * stands around them or that stack up over the neighbouring lines are taken out; every other character stays.
 */

/** U+2028, U+2029, NEL, vertical tab and form feed all end a line somewhere; here only a line feed does. */
const LINE_ENDS = /\r\n?|[\v\f\u{85}\u{2028}\u{2029}]/gu;

/**
 * C0 and C1 controls, lone surrogates, noncharacters, and what Unicode calls ignorable: zero-width spaces, bidi
 * embeddings, overrides, isolates and marks, soft hyphens, fillers. Left to the rules below or left alone: tab and
 * line feed, variation selectors (they choose a glyph), the two joiners, and tags.
 */
const INVISIBLE =
  /(?![\t\n]|\p{Variation_Selector}|\p{Join_Control}|[\u{E0020}-\u{E007F}])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}]/gu;

/** Tags spell the region of a flag (England, Scotland, Wales) after a black flag, and hide text everywhere else. */
const FLAG_OR_TAG = /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F})|[\u{E0020}-\u{E007F}]/gu;

/** Pointed Hebrew with an accent carries four marks on a letter; nothing that people write needs more. */
const MAX_MARKS = 4;

/** A character with all that sits on it, joiners among them, and whether an emoji comes next. */
const CLUSTER = /([^\p{M}\p{Join_Control}]?)([\p{M}\p{Join_Control}]+)(?=(\p{Extended_Pictographic}?))/gu;

/** Scripts whose letters look otherwise beside U+200C or U+200D. */
const JOINING_SCRIPTS = 'Arab Syrc Mong Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Tibt Khmr Mymr';
const JOINING_LETTER = new RegExp(`[${JOINING_SCRIPTS.replace(/(\w+) ?/g, '\\p{scx=$1}')}]`, 'u');
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}/u;
const JOINER = /\p{Join_Control}/u;
const ZERO_WIDTH_JOINER = '\u200D';

/** Spacing marks (Burmese, Devanagari vowels) take room of their own, so only the others can pile up. */
const SPACING_MARK = /\p{Mc}/u;

/**
 * Caps the marks, and leaves a joiner where it does something: in a joining script, and between two emoji. Elsewhere it
 * only makes two equal names differ.
 */
const cleanCluster = (_: string, base: string, run: string, nextEmoji: string): string => {
  const joins = JOINING_LETTER.test(base);
  let kept = base;
  let stacked = 0;
  let afterJoiner = false;
  for (const character of run) {
    const joiner = JOINER.test(character);
    if (joiner ? joins && !afterJoiner : SPACING_MARK.test(character) || stacked++ < MAX_MARKS) kept += character;
    afterJoiner = joiner;
  }
  const linksEmoji = nextEmoji !== '' && run.endsWith(ZERO_WIDTH_JOINER) && EMOJI.test(base);
  return linksEmoji ? kept + ZERO_WIDTH_JOINER : kept;
};

/** Composes twice: first so that marks have one order, then because a sign between two of them may be gone. */
const withoutInvisible = (text: string): string =>
  text
    .replace(FLAG_OR_TAG, '$1')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(CLUSTER, cleanCluster)
    .normalize('NFC');

/** Cleans text of many lines: composed, without invisible characters. Line feeds, tabs and spaces stay as they are. */
export function cleanText(text: string): string {
  return withoutInvisible(text.replace(LINE_ENDS, '\n'));
}

/** Cleans names and titles: one line, single spaces, nothing around it. U+2800 is a letter that looks blank. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/[\s\u{2800}]+/gu, ' ')
    .trim();
}
