import type { Block, BodyTree, Inline } from '../contract/body.ts';
import { h } from './dom.ts';

/** The server sends only such addresses; a second look costs nothing and keeps `javascript:` out for certain. */
const isWebAddress = (href: string): boolean => /^(?:https?|mailto):/i.test(href);

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

/** Each paragraph finds its own direction: a quotation in Arabic may stand in an English comment. */
function blockNode(block: Block): Node | string {
  switch (block.t) {
    case 'p':
      return h('p', { dir: 'auto' }, ...block.c.map(inlineNode));
    case 'quote':
      return h('blockquote', { dir: 'auto' }, ...block.c.map(blockNode));
    case 'ul':
      return h('ul', { dir: 'auto' }, ...block.c.map((item) => h('li', {}, ...item.map(blockNode))));
    case 'ol':
      return h(
        'ol',
        { dir: 'auto', start: block.start },
        ...block.c.map((item) => h('li', {}, ...item.map(blockNode))),
      );
    case 'pre':
      return h('pre', { dir: 'auto', tabindex: 0 }, h('code', {}, block.s));
    default:
      return '';
  }
}

export const bodyNodes = (tree: BodyTree): (Node | string)[] => tree.map(blockNode);
