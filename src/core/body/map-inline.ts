import type { Token } from 'markdown-it';
import { cleanText } from '../text/clean.ts';
import type { Inline } from './body.ts';
import { readLinkAddress } from './link-address.ts';

/** Something that people see. U+2800 is a letter to Unicode and blank to them; so is a selector that selects nothing. */
export const VISIBLE = /[^\s\u{2800}\p{Default_Ignorable_Code_Point}]/u;

/** Code, emphasis and links are made only around something visible. */
const isVisible = (inline: Inline): boolean => (typeof inline === 'string' ? VISIBLE.test(inline) : inline.t !== 'br');

const isBreak = (inline: Inline): boolean => typeof inline !== 'string' && inline.t === 'br';

/**
 * Cleaned again although the source was: an entity such as `&#x202E;` becomes its character only in the parser.
 * A mark that begins a string would sit on the letter before it and get round the cap on marks.
 */
const cleanString = (text: string): string =>
  cleanText(text)
    .replace(/^\p{M}+/u, '')
    .replace(/[\n\t]+/g, ' ');

/** Makes one string of neighbouring ones, and cleans it. */
const joinStrings = (inlines: Inline[]): Inline[] => {
  const joined: Inline[] = [];
  let text = '';
  const endText = (): void => {
    const clean = cleanString(text);
    if (clean !== '') joined.push(clean);
    text = '';
  };
  for (const inline of inlines) {
    if (typeof inline === 'string') {
      text += inline;
    } else {
      endText();
      joined.push(inline);
    }
  }
  endText();
  return joined;
};

/** The parser has judged the address already; the tree does not take its word for it. */
const link = (token: Token, name: 'href' | 'src', children: Inline[]): Inline[] => {
  const href = readLinkAddress(String(token.attrGet(name) ?? ''));
  if (href === null) return children;
  return [{ t: 'a', href, c: children.some(isVisible) ? children : [href] }];
};

export function wrapInlines(t: 'em' | 'strong' | 'del', children: Inline[]): Inline[] {
  const [only, ...others] = children;
  const wrappedAlready = typeof only === 'object' && only.t === t && others.length === 0;
  return wrappedAlready || !children.some(isVisible) ? children : [{ t, c: children }];
}

const WRAPPERS: Readonly<Record<string, (token: Token, children: Inline[]) => Inline[]>> = {
  em_open: (_, children) => wrapInlines('em', children),
  strong_open: (_, children) => wrapInlines('strong', children),
  s_open: (_, children) => wrapInlines('del', children),
  link_open: (token, children) => link(token, 'href', children),
};

/**
 * An image in a comment is another site watching who reads. It becomes a link to itself under its description,
 * or the description alone where a link stands already.
 */
const image = (token: Token, mayLink: boolean): Inline[] => {
  const description = (token.children ?? []).map((child) => child.content).join('');
  return mayLink ? link(token, 'src', joinStrings([description])) : [description];
};

const leaf = (token: Token, mayLink: boolean): Inline[] => {
  switch (token.type) {
    case 'softbreak':
    case 'hardbreak':
      return [{ t: 'br' }];
    case 'code_inline': {
      const s = cleanString(token.content);
      return VISIBLE.test(s) ? [{ t: 'code', s }] : [];
    }
    case 'image':
      return image(token, mayLink);
    default:
      return [token.content];
  }
};

/**
 * Reads up to the token that closes this run. Readers nest emphasis as deep as they like, so recursion ends with
 * `levels`: from there on an opening token and its closing one are passed over, and only what they hold is kept.
 */
const readRun = (tokens: Iterator<Token, undefined>, levels: number, insideLink: boolean): Inline[] => {
  const inlines: Inline[] = [];
  let passedOver = 0;
  for (let token = tokens.next().value; token !== undefined; token = tokens.next().value) {
    const wrapper = WRAPPERS[token.type];
    if (token.nesting < 0) {
      if (passedOver === 0) break;
      passedOver--;
    } else if (token.nesting === 0) {
      inlines.push(...leaf(token, levels > 0 && !insideLink));
    } else if (wrapper === undefined || levels === 0) {
      passedOver++;
    } else {
      inlines.push(...wrapper(token, readRun(tokens, levels - 1, insideLink || token.type === 'link_open')));
    }
  }
  return joinStrings(inlines);
};

/** Lines without any markup, or nothing if nobody could see them. */
export function plainInlines(text: string): Inline[] {
  const lines = text.split('\n').map((line) => cleanString(line.trim()));
  return lines.filter((line) => VISIBLE.test(line)).flatMap((line, n) => (n === 0 ? [line] : [{ t: 'br' }, line]));
}

/** A paragraph's content, or nothing if nobody could see it. `levels`: how many wrappers may stand in each other. */
export function mapInline(tokens: Token[], levels: number): Inline[] {
  const inlines = readRun(tokens.values(), levels, false);
  if (!inlines.some(isVisible)) return [];
  const first = inlines.findIndex((inline) => !isBreak(inline));
  const last = inlines.findLastIndex((inline) => !isBreak(inline));
  return inlines.slice(first, last + 1);
}
