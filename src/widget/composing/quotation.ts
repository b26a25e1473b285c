/** An address, and the arm of a shrug, whose signs are their own. */
const PLAIN =
  /https?:\/\/[\p{L}\p{N}][^\s\\/?#()[\]<>]*(?:[/?#](?:[^\s()[\]<>]|\([^\s()<>]*\)|\[[^\s[\]<>]*\])*)?|(?<=[¯‾￣])\\_+(?=\()/u;

/** Signs that mark something up in the midst of a line. */
const SIGN = /[*`]|~(?=~)|(?<=~)~|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\](?=\()|&(?=#?\w+;)|<(?=https?:)/u;

/** Signs that make something else of a line than a sentence, where they begin it. */
const BEGINNING = /^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|-(?=[-\s]*$)|>)|(?<=^\d{1,9})[.)](?=\s|$)/u;

const BACKSLASH = /\\(?![\p{L}\p{N}])/u;

const SIGNS = new RegExp(
  `(${PLAIN.source})|${[SIGN, BEGINNING, BACKSLASH].map(({ source }) => source).join('|')}`,
  'gimu',
);

/** A backslash is one of these, or would be taken for one: in a path, in a shrug, before a sign. */
const HAS_BACKSLASH = /\\|(?<![\p{L}\p{N}])[a-z]:|[¯‾￣]|_\(/iu;

/** A sign is made plain by a backslash, which writers know, or else by its number. */
function asTyped(text: string): string {
  const number = HAS_BACKSLASH.test(text);
  return text.replace(SIGNS, (sign, plain) => plain ?? (number ? `&#${sign.codePointAt(0)};` : `\\${sign}`));
}

/** The text as a quotation in Markdown that shows it as it was, and the place for what is said about it. */
export function quotation(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const paragraphs = lines
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n');
  return `${asTyped(paragraphs).replace(/^/gm, '> ').replace(/ $/gm, '')}\n\n`;
}

function textOf(node: Node): string {
  if (node.nodeName === 'BR') return '\n';
  if (!node.hasChildNodes()) return node.textContent ?? '';
  const inside = [...node.childNodes].map(textOf).join('');
  if (node.nodeName === 'LI') return `${inside.trimEnd()}\n`;
  return /^(?:P|PRE|UL|OL|BLOCKQUOTE)$/.test(node.nodeName) ? `${inside}\n\n` : inside;
}

function selectedRange(root: ShadowRoot & { getSelection?: () => Selection | null }): StaticRange | Range | undefined {
  // Chromium knows of selections in a shadow root by the root alone, Safari by the ranges that are asked for.
  const selection = root.getSelection?.() ?? getSelection();
  if (!selection?.rangeCount) return undefined;
  return root.getSelection ? selection.getRangeAt(0) : selection.getComposedRanges?.({ shadowRoots: [root] })[0];
}

/** The selected part of this comment's text, and of nothing else; empty when nothing is. */
export function selectedText(root: ShadowRoot, body: Element): string {
  const selected = selectedRange(root);
  if (!selected) return '';
  const range = document.createRange();
  range.selectNodeContents(body);
  const found = document.createRange();
  found.setStart(selected.startContainer, selected.startOffset);
  found.setEnd(selected.endContainer, selected.endOffset);
  if (found.collapsed || !found.intersectsNode(body)) return '';
  if (found.compareBoundaryPoints(Range.START_TO_START, range) > 0)
    range.setStart(found.startContainer, found.startOffset);
  if (found.compareBoundaryPoints(Range.END_TO_END, range) < 0) range.setEnd(found.endContainer, found.endOffset);
  return range.collapsed ? '' : textOf(range.cloneContents()).trim();
}

/** The whole text of a comment as it is shown. */
export const wholeText = (body: Element): string => textOf(body).trim();
