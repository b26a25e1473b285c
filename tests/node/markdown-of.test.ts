import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block, Body, Inline } from '../../src/core/body/body.ts';
import { keptSource, markdownOf, sourceOf } from '../../src/core/body/markdown-of.ts';
import { parseBody } from '../../src/core/body/parse-body.ts';
import { anyMarkdown } from '../support/any-markdown.ts';

describe('a source is not kept beside the tree that tells it', () => {
  test.each([
    ['one sentence', 'The ferry was late again.'],
    ['paragraphs and lines', 'One.\n\nTwo,\nand a line more.\n\nThree.'],
    ['emphasis', 'It was *very* late, **twice**, and ~~never~~ once `on time`.'],
    ['signs that are no markup', '2 * 3 = 6 & a < b, 50 % [sic] #ferry 1) e.g. snake_case_word'],
    ['addresses', 'See https://news.example/a?b=c&d, or [the timetable](https://ferry.example/times).'],
    ['quotes', '> I said so.\n>\n> > And I before you.\n\nNobody did.'],
    ['a list', '- one\n- two\n  - two and a half\n- three'],
    ['a numbered list', '1. one\n2. two'],
    ['a numbered list from elsewhere', '7. seven\n8. eight'],
    ['code', '```\nlet a = 1;\n\n*b*\n```'],
    ['other scripts', 'Ο πορθμός άργησε.\n\n渡し船は遅れた。\n\nתאריך'],
  ])('%s', (_, source) => {
    const { body } = parseBody(source);
    expect(markdownOf(body)).toBe(source);
    expect(keptSource(source, body)).toBe('');
  });

  test('and so it is with nine in ten of the comments of the demo', () => {
    const sources = ['comments.json', 'comments-rtl.json']
      .flatMap((name) => JSON.parse(readFileSync(`src/demo/${name}`, 'utf8')) as { body: string }[])
      .map(({ body }) => body);
    const kept = sources.filter((source) => keptSource(source, parseBody(source).body) !== '');
    expect(kept.length, kept.join('\n---\n')).toBeLessThanOrEqual(sources.length / 10);
  });
});

describe('a source is kept where the tree tells another', () => {
  test.each([
    '# A heading',
    '_a_',
    '* a',
    'a\n\n\nb',
    'a  \nb',
    '&amp;',
    '\\*',
    'HTTPS://News.Example/',
    '```js\na\n```',
    'a\n\n---\n\nb',
    '-\n- one',
  ])('%j', (source) => {
    const { body } = parseBody(source);
    expect(keptSource(source, body)).toBe(source);
    expect(sourceOf(source, body)).toBe(source);
  });
});

test('whatever was typed is given back to the letter', () => {
  fc.assert(
    fc.property(anyMarkdown, (source) => {
      const { body } = parseBody(source);
      expect(sourceOf(keptSource(source, body), body)).toBe(source);
    }),
    { numRuns: 2_000 },
  );
});

/** Trees of plain words: what `markdownOf` writes of them means the same again. */
const words = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,3}$/);
const address = words.map((text) => `https://news.example/${text.replaceAll(' ', '/')}`);
const styled: fc.Arbitrary<Inline> = fc.oneof(
  words.map((s): Inline => ({ t: 'code', s })),
  words.map((text): Inline => ({ t: 'em', c: [text] })),
  words.map((text): Inline => ({ t: 'strong', c: [text] })),
  fc.tuple(words, words).map(([a, b]): Inline => ({ t: 'del', c: [`${a} `, { t: 'em', c: [b] }, ' end'] })),
  address.map((href): Inline => ({ t: 'a', href, c: [href] })),
  fc.tuple(address, words).map(([href, text]): Inline => ({ t: 'a', href, c: [text] })),
);
/** Words, then a styled run between spaces, again and again, on one line or two. */
const paragraph: fc.Arbitrary<Block> = fc
  .tuple(words, fc.array(fc.tuple(styled, words, fc.boolean()), { maxLength: 3 }))
  .map(([first, runs]) => ({
    t: 'p',
    c: runs.reduce<Inline[]>(
      (c, [run, text, breaks]) => {
        const before = `${c.at(-1)} `;
        return breaks
          ? [...c.slice(0, -1), before, run, { t: 'br' }, text]
          : [...c.slice(0, -1), before, run, ` ${text}`];
      },
      [first],
    ),
  }));
const code: fc.Arbitrary<Block> = fc.array(words, { minLength: 1, maxLength: 3 }).map((lines) => ({
  t: 'pre',
  s: lines.join('\n\n'),
}));
const item = fc.oneof(
  paragraph.map((p): Block[] => [p]),
  fc.tuple(paragraph, paragraph).map(([p, q]): Block[] => [p, { t: 'ul', c: [[q]] }]),
);
/** Numbers in any order. The same small one in front of each is not in it: it tells Markdown to count. */
const numberedList = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 999 }), item), { minLength: 2, maxLength: 4 })
  .filter((items) => new Set(items.map(([number]) => number)).size > 1)
  .map((items): Block => {
    const numbers = items.map(([number]) => number);
    const [start = 1] = numbers;
    const countsOn = numbers.every((number, n) => number === start + n);
    return {
      t: 'ol',
      ...(start === 1 ? {} : { start }),
      ...(countsOn ? {} : { numbers }),
      c: items.map(([, blocks]) => blocks),
    };
  });
const list = fc.oneof(
  fc.array(item, { minLength: 1, maxLength: 3 }).map((c): Block => ({ t: 'ul', c })),
  fc.array(item, { minLength: 1, maxLength: 3 }).map((c): Block => ({ t: 'ol', c })),
  numberedList,
);
const quote = fc
  .array(fc.oneof(paragraph, code), { minLength: 1, maxLength: 3 })
  .map((c): Block => ({ t: 'quote', c }));
/** A paragraph between any two others, because two lists in a row are one. */
const plainBody: fc.Arbitrary<Body> = fc
  .array(fc.tuple(fc.oneof(list, quote, code), paragraph), { maxLength: 3 })
  .chain((pairs) => paragraph.map((first) => [first, ...pairs.flat()]));

test('a tree of plain words is written so that it reads as the same tree', () => {
  fc.assert(
    fc.property(plainBody, (body) => {
      expect(parseBody(markdownOf(body)).body).toEqual(body);
      expect(keptSource(markdownOf(body), body)).toBe('');
    }),
    { numRuns: 500 },
  );
});
