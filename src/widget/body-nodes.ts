import type { Block, BodyTree, Inline } from '../contract/body.ts';
import { directionOf } from '../contract/direction.ts';
import { h } from './dom.ts';

/** The server sends only such addresses; a second check keeps `javascript:` out for certain. */
const isWebAddress = (href: string): boolean => /^https?:/i.test(href);

function inlineNode(inline: Inline): Node | string {
  if (typeof inline === 'string') return inline;
  switch (inline.t) {
    case 'em':
    case 'strong':
    case 'del':
      return h(inline.t, {}, ...inline.c.map(inlineNode));
    case 'code':
      return h('code', {}, inline.s);
    case 'br':
      return h('br');
    case 'a': {
      const inside = inline.c.map(inlineNode);
      return isWebAddress(inline.href)
        ? h('a', { href: inline.href, rel: 'nofollow ugc noopener noreferrer' }, ...inside)
        : h('span', {}, ...inside);
    }
    default:
      return '';
  }
}

const items = (list: Block[][], numbers: number[] = []): Node[] =>
  list.map((item, n) => h('li', { value: numbers[n] }, ...item.map(blockNode)));

function blockNode(block: Block): HTMLElement {
  switch (block.t) {
    case 'quote':
      return h('blockquote', {}, ...block.c.map(blockNode));
    case 'ul':
      return h('ul', {}, ...items(block.c));
    case 'ol':
      return h('ol', { start: block.start }, ...items(block.c, block.numbers));
    case 'pre':
      return h('pre', { tabindex: 0 }, h('code', {}, block.s));
    case 'p':
      return h('p', {}, ...block.c.map(inlineNode));
    default:
      return h('p');
  }
}

/** Each block at the top finds its own direction, with all that is in it: an English comment may quote Arabic. */
export function bodyNodes(tree: BodyTree): HTMLElement[] {
  return tree.map((block) => {
    const node = blockNode(block);
    node.dir = directionOf(block);
    return node;
  });
}
