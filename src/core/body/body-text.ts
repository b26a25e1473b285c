import type { Block, Body, Inline } from './body.ts';

const inlineText = (inlines: Inline[]): string =>
  inlines
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      if (inline.t === 'br') return '\n';
      return inline.t === 'code' ? inline.s : inlineText(inline.c);
    })
    .join('');

const blockText = (block: Block): string => {
  switch (block.t) {
    case 'p':
      return inlineText(block.c);
    case 'pre':
      return block.s;
    case 'quote':
      return bodyText(block.c);
    case 'ul':
    case 'ol':
      return block.c.map(bodyText).join('\n');
  }
};

/** The words alone, a line each block: what screening reads and what is hashed. */
export function bodyText(body: Body): string {
  return body.map(blockText).join('\n');
}

const inlineLinks = (inlines: Inline[]): string[] =>
  inlines.flatMap((inline) => {
    if (typeof inline === 'string' || !('c' in inline)) return [];
    return inline.t === 'a' ? [inline.href] : inlineLinks(inline.c);
  });

const blockLinks = (block: Block): string[] => {
  switch (block.t) {
    case 'p':
      return inlineLinks(block.c);
    case 'pre':
      return [];
    case 'quote':
      return bodyLinks(block.c);
    case 'ul':
    case 'ol':
      return block.c.flatMap(bodyLinks);
  }
};

/** Every link's address, in order, as often as it stands there. There is no link inside a link. */
export function bodyLinks(body: Body): string[] {
  return body.flatMap(blockLinks);
}
