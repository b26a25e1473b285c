/** A change of a text: `text` comes in the place of what stands from `from` to `to`, and `start` to `end` is selected. */
export interface Change {
  from: number;
  to: number;
  text: string;
  start: number;
  end: number;
}

export type Tool = 'bold' | 'italic' | 'link' | 'quote' | 'list' | 'code';

/** Scripts that put no space between words. */
const UNSPACED = 'Han Hira Kana Hang Thai Laoo Khmr Mymr Tibt'.replace(/(\w+) ?/g, String.raw`\p{scx=$1}`);
const LETTER = `(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}]`;
const WORD_BEFORE = new RegExp(`(?:${LETTER})+$`, 'u');
const WORD_AFTER = new RegExp(`^(?:${LETTER})+`, 'u');

/** The signs of a quotation or a list at a line's beginning, the words, and the space behind them. */
const LINE = /^(\s*(?:>\s?|[-*+]\s+|\d{1,9}[.)]\s+)*)(.*?)(\s*)$/su;

const lengthOf = (found: RegExpExecArray | null): number => found?.[0].length ?? 0;

/** True when there are stars of this kind among `before` stars in front and `after` behind: three are both kinds. */
function isStressed(mark: string, before: number, after: number): boolean {
  const stars = Math.min(before, after);
  return mark === '*' ? stars % 2 === 1 : stars >= 2;
}

const starsBefore = (text: string): number => lengthOf(/\**$/.exec(text));
const starsAfter = (text: string): number => lengthOf(/^\**/.exec(text));

function stress(value: string, first: number, last: number, mark: string): Change {
  const size = mark.length;
  const selected = value.slice(first, last);
  const isEmpty = selected.trim() === '';
  let start = first + (isEmpty ? 0 : lengthOf(/^\s*/.exec(selected)));
  let end = isEmpty ? start : last - lengthOf(/\s*$/.exec(selected));
  // Stars inside of a word are letters to the parser.
  if (!isEmpty) {
    start -= lengthOf(WORD_BEFORE.exec(value.slice(0, start)));
    end += lengthOf(WORD_AFTER.exec(value.slice(end)));
  }
  const inside = value.slice(start, end);
  const around = [starsBefore(value.slice(0, start)), starsAfter(value.slice(end))] as const;
  if (isStressed(mark, ...around))
    return { from: start - size, to: end + size, text: inside, start: start - size, end: end - size };
  const lines = inside.split('\n').map((line) => LINE.exec(line) as RegExpExecArray);
  const isMarked = ([, , words = '']: RegExpExecArray): boolean =>
    words.length > 2 * size && isStressed(mark, starsAfter(words), starsBefore(words));
  const isOn = !isEmpty && lines.every((line) => !line[2] || isMarked(line));
  const text = lines.map(([, signs, words = '', space]) => {
    if (words === '' && !isEmpty) return signs + (space as string);
    return signs + (isOn ? words.slice(size, -size) : mark + words + mark) + space;
  });
  const joined = text.join('\n');
  const whole = { from: start, to: end, text: joined };
  if (isOn || lines.length > 1) return { ...whole, start, end: start + joined.length };
  const words = start + size + (lines[0]?.[1]?.length ?? 0);
  return { ...whole, start: words, end: start + joined.length - size };
}

/** Marks each line of the selection, or takes the marks away where each line has one. */
function markLines(value: string, first: number, last: number, mark: string, marked: RegExp): Change {
  // A selection of whole lines ends behind the last one's break.
  const behind = last > first && value[last - 1] === '\n' ? last - 1 : last;
  const from = value.slice(0, first).lastIndexOf('\n') + 1;
  const next = value.indexOf('\n', behind);
  const to = next < 0 ? value.length : next;
  const lines = value.slice(from, to).split('\n');
  const filled = lines.filter((line) => line.trim());
  const isOn = filled.length > 0 && filled.every((line) => marked.test(line));
  const changed = lines.map((line) => {
    if (isOn) return line.replace(marked, '');
    return line.trim() || lines.length === 1 || mark === '> ' ? mark + line : line;
  });
  const text = changed.join('\n');
  const end = from + text.length;
  // The words of a line that follows immediately would belong to the quotation, or to the last item.
  const isFollowed = !isOn && /^\n[^\n]*\S/.test(value.slice(to)) && !marked.test(value.slice(to + 1));
  const start = first === last ? Math.max(from, first + text.length - (to - from)) : from;
  return { from, to, text: isFollowed ? `${text}\n` : text, start, end: first === last ? start : end };
}

const unescaped = (label: string): string => label.replace(/\\([[\]])/g, '$1');

function link(value: string, from: number, to: number): Change {
  const selected = value.slice(from, to);
  const [before, after] = [value.slice(0, from), value.slice(to)];
  const restore = (start: number, end: number, label: string): Change => {
    const text = unescaped(label);
    return { from: start, to: end, text, start, end: start + text.length };
  };
  const address = /^\]\([^()\s]*\)/.exec(after);
  if (before.endsWith('[') && address) return restore(from - 1, to + address[0].length, selected);
  const label = /\[((?:\\.|[^\\[\]])*)\]\($/.exec(before);
  if (label && after.startsWith(')')) return restore(from - label[0].length, to + 1, label[1] || selected);
  const whole = /^\[((?:\\.|[^\\[\]])*)\]\(([^()\s]*)\)$/.exec(selected);
  if (whole) return restore(from, to, whole[1] || (whole[2] as string));
  if (/^(?:https?:\/\/|www\.)\S+$/i.test(selected)) {
    const target = selected.replace(/^www/i, 'https://$&');
    return { from, to, text: `[](${target})`, start: from + 1, end: from + 1 };
  }
  const words = selected.replace(/\s*\n\s*/g, ' ').replace(/[[\]]/g, '\\$&');
  const start = from + words.length + 3;
  const text = `[${words}](https://)`;
  return words ? { from, to, text, start, end: start + 8 } : { from, to, text, start: from + 1, end: from + 1 };
}

function code(value: string, first: number, last: number): Change {
  const selected = value.slice(first, last);
  const runs = selected.match(/`+/g)?.map((run) => run.length) ?? [];
  const isBlock = selected.includes('\n');
  const [open, close] = isBlock ? [/`{3,}\n$/, /^\n`{3,}/] : [/`+ ?$/, /^ ?`+/];
  const before = open.exec(value.slice(0, first))?.[0] ?? '';
  const after = close.exec(value.slice(last))?.[0] ?? '';
  const from = first - before.length;
  if (before && before.trim() === after.trim())
    return { from, to: last + after.length, text: selected, start: from, end: from + selected.length };
  const marked = (isBlock ? /^(`{3,})\n(.*)\n\1$/s : /^(`+) ?([^`]+?) ?\1$/).exec(selected)?.[2];
  if (marked) return { from: first, to: last, text: marked, start: first, end: first + marked.length };
  const ticks = '`'.repeat(Math.max(isBlock ? 2 : 0, ...runs) + 1);
  if (!isBlock) {
    const space = /^`|`$/.test(selected) ? ' ' : '';
    const start = first + ticks.length + space.length;
    const text = ticks + space + selected + space + ticks;
    return { from: first, to: last, text, start, end: start + selected.length };
  }
  // A fence has a line of its own.
  const lead = /[^\n]$/.test(value.slice(0, first)) ? '\n' : '';
  const words = selected.replace(/\n$/, '');
  const tail = /^[^\n]/.test(value.slice(last)) ? '\n' : '';
  const start = first + lead.length + ticks.length + 1;
  const text = `${lead}${ticks}\n${words}\n${ticks}${tail}`;
  return { from: first, to: last, text, start, end: start + words.length };
}

/** Each tool marks what is selected from `start` to `end`, or takes its mark away. */
export const TOOLS: Readonly<Record<Tool, (value: string, start: number, end: number) => Change>> = {
  bold: (value, start, end) => stress(value, start, end, '**'),
  italic: (value, start, end) => stress(value, start, end, '*'),
  link,
  quote: (value, start, end) => markLines(value, start, end, '> ', /^\s*> ?/),
  list: (value, start, end) => markLines(value, start, end, '- ', /^\s*[-*+] /),
  code,
};

/** Changes a field so that Ctrl+Z takes it back, which knows of nothing that a script sets. */
export function change(input: HTMLTextAreaElement, { from, to, text, start, end }: Change): void {
  if (input.readOnly) return;
  input.focus();
  input.setSelectionRange(from, to);
  const isDone = text ? document.execCommand('insertText', false, text) : from < to && document.execCommand('delete');
  if (!isDone && input.value.slice(from, from + text.length) !== text) {
    input.setRangeText(text, from, to);
    input.dispatchEvent(new Event('input'));
  }
  input.setSelectionRange(start, end);
}
