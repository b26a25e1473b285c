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

/** U+200C and U+200D change how letters look only in these scripts. */
const JOINING_SCRIPTS = 'Arab Syrc Mong Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Tibt Khmr Mymr'
  .split(' ')
  .map((script) => `\\p{scx=${script}}`)
  .join('');

/** A joiner after no letter of such a script and, for U+200D, not between emoji: a way to make equal names differ. */
const IDLE_JOINER = new RegExp(
  `(?<![${JOINING_SCRIPTS}])(?:\\u{200C}` +
    '|(?<!\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\u{FE0F})\\u{200D}|\\u{200D}(?!\\p{Extended_Pictographic}))',
  'gu',
);

/** Tags spell the region of a flag (England, Scotland, Wales) after a black flag, and hide text everywhere else. */
const FLAG_OR_TAG = /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F})|[\u{E0020}-\u{E007F}]/gu;

/** Pointed Hebrew with an accent carries four marks on a letter; nothing that people write needs more. */
const MAX_MARKS = 4;
const MARK_RUN = /\p{M}{5,}/gu;
const SPACING_MARK = /\p{Mc}/u;

/** Spacing marks (Burmese, Devanagari vowels) take room of their own, so only the others can pile up. */
const capMarks = (run: string): string => {
  let kept = '';
  let stacked = 0;
  for (const mark of run) {
    if (SPACING_MARK.test(mark)) kept += mark;
    else if (stacked++ < MAX_MARKS) kept += mark;
  }
  return kept;
};

const withoutInvisible = (text: string): string =>
  text
    .replace(FLAG_OR_TAG, '$1')
    .replace(INVISIBLE, '')
    .replace(IDLE_JOINER, '')
    .normalize('NFC')
    .replace(MARK_RUN, capMarks);

/** For text of many lines: composed, without invisible characters. Line feeds, tabs and spaces stay as they are. */
export const cleanText = (text: string): string => withoutInvisible(text.replace(LINE_ENDS, '\n'));

/** For names and titles: one line, single spaces, nothing around it. U+2800 is a letter to Unicode and blank to people. */
export const cleanLine = (text: string): string =>
  cleanText(text)
    .replace(/[\s\u{2800}]+/gu, ' ')
    .trim();
