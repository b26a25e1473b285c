import type { MarkdownIt, Ruler, StateBlock } from 'markdown-it';

type BlockRule = (state: StateBlock, line: number, end: number, silent: boolean) => boolean;

/** A face (`>:(`, `>_<`) or a comparison (`>5 people`) in place of a quotation. */
const NO_QUOTATION = />(?:[:;=]|<(?!https?:)|\p{Sc}?\p{N}|[^\s>]{1,3}[<>](?!\S))/uy;
const ANGLE = />/y;

/** The number of a year, or another one with which nobody begins a list. */
const LARGE_NUMBER = /\d{4,9}[.)](?!\S)/y;

/** A backslash before a line's end, or before a sign that would mark something up at this place. */
const ESCAPE = /\\(?:[\n*_`~[\]<&]|(?<=^[ \t]*\\)[-+#>]|(?<=^[ \t]*\d{1,9}\\)[.)]|!(?=\[)|(?<=\]\\)\()/my;

/** A backslash in a path of Windows (`C:\_a`, `\\server\_a`) or in the arm of a shrug, with the sign behind it. */
const PATH = String.raw`(?<![\p{L}\p{N}\\])(?:[a-z]:\\|\\\\(?=[\p{L}\p{N}]))\S{0,260}`;
const NO_ESCAPE = new RegExp(String.raw`\\(?:(?<=${PATH}|[¯‾￣]\\)[^\\\s]?|_+(?=\())`, 'iuy');

/** No text holds this character. */
const RUN = '\uFFFF';

/** Scripts that put no space between words, or between a word and what is joined to it. */
const UNSPACED = `[${'Han Hira Kana Hang Thai Laoo Khmr Mymr Tibt'.replace(/(\w+) ?/g, String.raw`\p{scx=$1}`)}\uFF00-\uFFEF]`;
const BESIDE_UNSPACED = new RegExp(String.raw`${UNSPACED}\p{M}*${RUN}\S|\S${RUN}${UNSPACED}`, 'u');
const IN_WORD = new RegExp(String.raw`[\p{L}\p{N}]\p{M}*${RUN}[\p{L}\p{N}]`, 'u');
const BETWEEN_LETTERS = new RegExp(String.raw`\p{L}\p{M}*${RUN}\p{L}`, 'u');

const SPACED_LETTER = String.raw`(?!${UNSPACED})\p{L}`;
const HIDING_STAR = String.raw`(?<=${SPACED_LETTER}\p{M}*)\*(?=${SPACED_LETTER})`;
/** One star between letters in bold: half of `**` is not closed by it, and often it hides a letter (`**sh*t**`). */
const STAR_IN_BOLD = new RegExp(
  String.raw`(?<=(?<![^\s\p{Ps}\p{Pi}\p{Pd}"'])\*\*(?=[^\s*])(?:[^*]|${HIDING_STAR}){0,100})\*(?!\*)`,
  'uy',
);

/** It begins italics where the word ends in as many stars as are open then. */
const STAR_TO_THREE = /\*\p{L}[\p{L}\p{M}]*\*{3}(?![*\p{L}\p{N}])/uy;

const isAt = (pattern: RegExp, text: string, position: number): boolean => {
  pattern.lastIndex = position;
  return pattern.test(text);
};

const beginsWith = (pattern: RegExp, state: StateBlock, line: number): boolean =>
  isAt(pattern, state.src, (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0));

const isQuoted = (state: StateBlock, line: number): boolean =>
  beginsWith(ANGLE, state, line) && !beginsWith(NO_QUOTATION, state, line);

/** A face on the line below a quotation ends it: to the parser it would be one more line of it. */
const quotation =
  (rule: BlockRule): BlockRule =>
  (state, start, end, silent) => {
    if (silent || !isQuoted(state, start)) return isQuoted(state, start);
    let line = start + 1;
    while (line < end && isQuoted(state, line)) line++;
    return rule(state, start, line < end && beginsWith(NO_QUOTATION, state, line) ? line : end, silent);
  };

const list =
  (rule: BlockRule): BlockRule =>
  (state, line, end, silent) =>
    !beginsWith(LARGE_NUMBER, state, line) && rule(state, line, end, silent);

const remake = <Arguments extends unknown[]>(
  ruler: Ruler<Arguments, boolean>,
  name: string,
  make: (rule: (...args: Arguments) => boolean) => (...args: Arguments) => boolean,
): void => {
  const rule = ruler.__rules__.find((known) => known.name === name);
  if (rule !== undefined) ruler.at(name, make(rule.fn), rule);
};

/** Teaches a parser which signs are Markdown to people who have never heard of it, and which ones are what they typed. */
export function readSignsAsTyped({ block, inline }: MarkdownIt): void {
  remake(block.ruler, 'blockquote', quotation);
  remake(block.ruler, 'list', list);
  remake(inline.ruler, 'escape', (rule) => (state, silent) => {
    const { src, pos } = state;
    if (!isAt(NO_ESCAPE, src, pos)) return isAt(ESCAPE, src, pos) && rule(state, silent);
    state.pos = NO_ESCAPE.lastIndex;
    if (!silent) state.pending += src.slice(pos, state.pos);
    return true;
  });

  inline.State = class extends inline.State {
    override scanDelims(start: number, isStar: boolean) {
      const found = super.scanDelims(start, isStar);
      const end = start + found.length;
      const around =
        this.src.slice(Math.max(0, start - 8), start) + RUN + this.src.slice(end, Math.min(end + 2, this.posMax));
      if (!isStar) return found;
      if (BESIDE_UNSPACED.test(around)) return { ...found, can_open: true, can_close: true };
      if (!IN_WORD.test(around) || this.src[start] !== '*') return found;
      if (!BETWEEN_LETTERS.test(around)) return { ...found, can_open: false, can_close: false };
      const inBold = isAt(STAR_IN_BOLD, this.src, start);
      return { ...found, can_open: inBold && isAt(STAR_TO_THREE, this.src, start), can_close: !inBold };
    }
  };
}
