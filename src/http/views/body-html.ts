import { directionOf } from '../../contract/direction.ts';
import type { Block, Body, Inline } from '../../core/body/body.ts';
import { type Markup, markup } from '../../core/text/markup.ts';

/** Links lead away from the publisher's page, and a reader's own words vouch for none of them. */
const REL = 'nofollow ugc noopener noreferrer';

const inlineHtml = (inline: Inline): Markup => {
  if (typeof inline === 'string') return markup`${inline}`;
  switch (inline.t) {
    case 'em':
      return markup`<em>${inline.c.map(inlineHtml)}</em>`;
    case 'strong':
      return markup`<strong>${inline.c.map(inlineHtml)}</strong>`;
    case 'del':
      return markup`<del>${inline.c.map(inlineHtml)}</del>`;
    case 'code':
      return markup`<code>${inline.s}</code>`;
    case 'br':
      return markup`<br/>`;
    case 'a':
      return /^https?:/i.test(inline.href)
        ? markup`<a href="${inline.href}" rel="${REL}">${inline.c.map(inlineHtml)}</a>`
        : markup`${inline.c.map(inlineHtml)}`;
  }
};

const itemsHtml = (items: Block[][], numbers: number[] = []): Markup[] =>
  items.map((item, n) =>
    numbers[n] === undefined
      ? markup`<li>${item.map(blockHtml)}</li>`
      : markup`<li value="${numbers[n]}">${item.map(blockHtml)}</li>`,
  );

const blockHtml = (block: Block): Markup => {
  switch (block.t) {
    case 'p':
      return markup`<p dir="${directionOf(block)}">${block.c.map(inlineHtml)}</p>`;
    case 'pre':
      return markup`<pre><code>${block.s}</code></pre>`;
    case 'quote':
      return markup`<blockquote>${block.c.map(blockHtml)}</blockquote>`;
    case 'ul':
      return markup`<ul>${itemsHtml(block.c)}</ul>`;
    case 'ol':
      return block.start === undefined
        ? markup`<ol>${itemsHtml(block.c, block.numbers)}</ol>`
        : markup`<ol start="${block.start}">${itemsHtml(block.c, block.numbers)}</ol>`;
  }
};

/** A comment's text as HTML that is XML as well. It is the one place where HTML is made of what a reader wrote. */
export function bodyHtml(body: Body): Markup {
  return markup`${body.map(blockHtml)}`;
}
