import MarkdownIt, { type StateBlock, type Token } from 'markdown-it';
import { bareAddresses } from './bare-address.ts';
import { readLinkAddress } from './link-address.ts';
import { RULES } from './markdown-rules.ts';
import { readSignsAsTyped } from './typed-signs.ts';

/** The level from which blocks are no longer read, and their source is kept as plain paragraphs. */
const MAX_BLOCK_LEVEL = 20;

/** markdown-it's own limit, past which it drops what it finds: never reached by blocks, and by inlines without loss. */
const MAX_NESTING = 100;

/** A lazy line has an indent of -1: it goes on with the paragraph from outside of the quote. */
const goesOn = (state: StateBlock, line: number): boolean => {
  const indent = state.sCount[line] ?? -1;
  return !state.isEmpty(line) && (indent < 0 || indent >= state.blkIndent);
};

const flattenTooDeep = (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
  if (silent || state.level < MAX_BLOCK_LEVEL) return false;
  let line = startLine;
  do line++;
  while (line < endLine && goesOn(state, line));

  const inline = state.push('inline', '', 0);
  inline.content = state.getLines(startLine, line, state.blkIndent, false).trim();
  inline.children = [];
  state.line = line;
  return true;
};

const createParser = () => {
  const parser = new MarkdownIt({ linkify: true, maxNesting: MAX_NESTING }).configure({ components: RULES });
  readSignsAsTyped(parser);
  parser.block.ruler.before('fence', 'flatten-too-deep', flattenTooDeep);

  parser.linkify = bareAddresses as unknown as typeof parser.linkify;

  // One judge of addresses, which reads them as typed. What it refuses stays in the text as it was written.
  parser.normalizeLink = (address) => readLinkAddress(address) ?? '';
  parser.validateLink = (address) => address !== '';
  parser.normalizeLinkText = (text) => text;
  return parser;
};

const parser = createParser();

export function tokenize(markdown: string): Token[] {
  return parser.parse(markdown, {});
}
