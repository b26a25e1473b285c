import type { Token } from 'markdown-it';
import { cleanText } from '../text/clean.ts';
import type { Block, Body } from './body.ts';
import { bodyText } from './body-text.ts';
import { mapInline, plainInlines, VISIBLE, wrapInlines } from './map-inline.ts';
import { tokenize } from './markdown.ts';
import { asSentence, type Item, numberedList } from './numbered-list.ts';

interface ParsedBody {
  body: Body;
  /** bodyText of the body. */
  text: string;
}

/**
 * The deepest node of a tree: a block at the top is 1, the strings in it are 2. Renderers recurse over it, and at 320
 * pixels there is no room for more. Quotes and lists may take half of it, so that words in them can still be stressed.
 */
export const MAX_TREE_DEPTH = 8;
const MAX_CONTAINERS = 4;

type Tokens = Iterator<Token, undefined>;

const quote = (blocks: Block[]): Block[] => (blocks.length > 0 ? [{ t: 'quote', c: blocks }] : []);

const bulletList = (items: Item[]): Block[] => {
  const c = items.map(({ blocks }) => blocks).filter((blocks) => blocks.length > 0);
  return c.length > 0 ? [{ t: 'ul', c }] : [];
};

const paragraph = (token: Token, containers: number, heading: boolean): Block[] => {
  // One level of the depth is the block's, one the strings', and one a heading's strong.
  const levels = MAX_TREE_DEPTH - containers - 2 - (heading ? 1 : 0);
  const c = mapInline(token.children ?? [], levels);
  if (c.length === 0) return [];
  return [{ t: 'p', c: heading ? wrapInlines('strong', c) : c }];
};

const code = (content: string): Block[] => {
  const s = cleanText(content).replace(/\n+$/, '');
  return VISIBLE.test(s) ? [{ t: 'pre', s }] : [];
};

/** Reads a list's items up to the token that closes it. */
const readItems = (tokens: Tokens, containers: number): Item[] => {
  const items: Item[] = [];
  for (let token = tokens.next().value; token?.type === 'list_item_open'; token = tokens.next().value) {
    items.push({ mark: token.info + token.markup, blocks: readBlocks(tokens, containers) });
  }
  return items;
};

const readContainer = (token: Token, tokens: Tokens, containers: number): Block[] => {
  const tooDeep = containers >= MAX_CONTAINERS;
  const inside = tooDeep ? containers : containers + 1;
  if (token.type === 'blockquote_open') {
    const blocks = readBlocks(tokens, inside);
    return tooDeep ? blocks : quote(blocks);
  }
  const items = readItems(tokens, inside);
  if (token.type === 'bullet_list_open') return tooDeep ? items.flatMap(({ blocks }) => blocks) : bulletList(items);
  return tooDeep ? items.flatMap(asSentence) : numberedList(items);
};

/**
 * Reads up to the token that closes the container around it. Only the tokens named here make anything; paragraphs and
 * headings are read by their `inline` token. It recurses as deep as the parser lets blocks nest (20).
 */
const readBlocks = (tokens: Tokens, containers: number): Block[] => {
  const blocks: Block[] = [];
  let heading = false;
  for (let token = tokens.next().value; token !== undefined; token = tokens.next().value) {
    switch (token.type) {
      case 'blockquote_close':
      case 'list_item_close':
        return blocks;
      case 'blockquote_open':
      case 'bullet_list_open':
      case 'ordered_list_open':
        blocks.push(...readContainer(token, tokens, containers));
        break;
      case 'heading_open':
      case 'heading_close':
        heading = token.nesting === 1;
        break;
      case 'inline':
        blocks.push(...paragraph(token, containers, heading));
        break;
      case 'fence':
        blocks.push(...code(token.content));
    }
  }
  return blocks;
};

/** Signs of Markdown around nothing are what somebody wrote. */
const asTyped = (source: string): Block[] => {
  const c = plainInlines(source);
  return c.length > 0 ? [{ t: 'p', c }] : [];
};

/** A reader's Markdown as the tree that is stored and sent. It never throws, and the time it takes is bounded. */
export function parseBody(markdown: string): ParsedBody {
  const source = cleanText(markdown);
  const read = readBlocks(tokenize(source).values(), 0);
  const body = read.length > 0 ? read : asTyped(source);
  return { body, text: bodyText(body) };
}
