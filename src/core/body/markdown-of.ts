import type { Block, Body, Inline } from './body.ts';

function inlineMarkdown(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  switch (inline.t) {
    case 'br':
      return '\n';
    case 'code':
      return `\`${inline.s}\``;
    case 'em':
      return `*${inlinesMarkdown(inline.c)}*`;
    case 'strong':
      return `**${inlinesMarkdown(inline.c)}**`;
    case 'del':
      return `~~${inlinesMarkdown(inline.c)}~~`;
    case 'a': {
      const label = inlinesMarkdown(inline.c);
      return label === inline.href ? label : `[${label}](${inline.href})`;
    }
  }
}

function inlinesMarkdown(inlines: Inline[]): string {
  return inlines.map(inlineMarkdown).join('');
}

/** The first line after `first`, the others after `rest`; an empty line stays without trailing space. */
function indented(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, n) => (n === 0 ? first + line : (rest + line).trimEnd()))
    .join('\n');
}

function listMarkdown(items: Block[][], bulletOf: (item: number) => string): string {
  return items
    .map((blocks, item) => {
      const bullet = bulletOf(item);
      return indented(blocks.map(blockMarkdown).join('\n'), bullet, ' '.repeat(bullet.length));
    })
    .join('\n');
}

function blockMarkdown(block: Block): string {
  switch (block.t) {
    case 'p':
      return inlinesMarkdown(block.c);
    case 'quote':
      return indented(markdownOf(block.c), '> ', '> ');
    case 'ul':
      return listMarkdown(block.c, () => '- ');
    case 'ol':
      return listMarkdown(block.c, (item) => `${block.numbers?.[item] ?? (block.start ?? 1) + item}. `);
    case 'pre':
      return `\`\`\`\n${block.s}\n\`\`\``;
  }
}

/**
 * A tree as people usually type it: nothing is escaped, and the common one of two ways to write a thing is taken.
 * So it is only a guess at what was typed, and `keptSource` looks whether it is right.
 */
export function markdownOf(body: Body): string {
  return body.map(blockMarkdown).join('\n\n');
}

/** The part of a source that has to be kept beside the tree made of it: nothing where the tree tells it. */
export function keptSource(source: string, body: Body): string {
  return markdownOf(body) === source ? '' : source;
}

/** The source as it was typed, to the letter, from what `keptSource` left of it. */
export function sourceOf(kept: string, body: Body): string {
  return kept === '' ? markdownOf(body) : kept;
}
