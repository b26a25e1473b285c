import type { Block, BodyTree, Inline } from '../contract/body.ts';

const inlineText = (node: Inline): string => {
  if (typeof node === 'string') return node;
  if (node.t === 'br') return ' ';
  return node.t === 'code' ? node.s : node.c.map(inlineText).join('');
};

const blockText = (node: Block): string => {
  if (node.t === 'pre') return node.s;
  if (node.t === 'p') return node.c.map(inlineText).join('');
  return node.c.map((part) => (Array.isArray(part) ? part.map(blockText).join(' ') : blockText(part))).join(' ');
};

/** The words alone, on one line, to quote a parent and to filter by. */
export function plainText(body: BodyTree): string {
  return body.map(blockText).join(' ').replace(/\s+/g, ' ').trim();
}
