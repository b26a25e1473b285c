import type { Block, BodyTree, Inline } from '../contract/body.ts';
import { directionOf } from '../contract/direction.ts';
import { h } from './dom.ts';

/** The server sends only such addresses; a second check keeps `javascript:` out for certain. */
const isWebAddress = (href: string): boolean => /^https?:/i.test(href);

const items = (list: Block[][], numbers: number[] = []): Node[] =>
  list.map((item, n) => h('li', { value: numbers[n] }, ...item.map(nodeOf)));

function nodeOf(part: Block | Inline): HTMLElement | string {
  if (typeof part === 'string') return part;
  switch (part.t) {
    case 'p':
    case 'em':
    case 'strong':
    case 'del':
      return h(part.t, {}, ...part.c.map(nodeOf));
    case 'quote':
      return h('blockquote', {}, ...part.c.map(nodeOf));
    case 'ul':
      return h('ul', {}, ...items(part.c));
    case 'ol':
      return h('ol', { start: part.start }, ...items(part.c, part.numbers));
    case 'pre':
      return h('pre', { tabindex: 0 }, h('code', {}, part.s));
    case 'code':
      return h('code', {}, part.s);
    case 'br':
      return h('br');
    case 'a': {
      const address = { href: part.href, rel: 'nofollow ugc noopener noreferrer' };
      return h(isWebAddress(part.href) ? 'a' : 'span', isWebAddress(part.href) ? address : {}, ...part.c.map(nodeOf));
    }
    default:
      return h('span');
  }
}

/** Each block at the top finds its own direction, with all that is in it: an English comment may quote Arabic. */
export function bodyNodes(tree: BodyTree): HTMLElement[] {
  return tree.map((block) => {
    const node = nodeOf(block) as HTMLElement;
    node.dir = directionOf(block);
    return node;
  });
}
