import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyText } from '../../src/core/body/body-text.ts';
import { cutBody } from '../../src/core/body/cut-body.ts';
import { parseBody } from '../../src/core/body/parse-body.ts';
import { fitting, fittingConversations, type ShownComment, sizeOf } from '../../src/core/thread/shown-comment.ts';
import { anyMarkdown } from '../support/any-markdown.ts';
import { bodyFaults } from '../support/body-faults.ts';

const bytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;
const graphemes = (text: string): number => [...new Intl.Segmenter('en').segment(text)].length;
const cut = (markdown: string) => cutBody(parseBody(markdown).body);
const textOf = (markdown: string): string => bodyText(cut(markdown).body);

describe('a body among others', () => {
  test.each([
    ['of 1,200 characters is whole', 'x'.repeat(1_200), 1_200, false],
    ['of 1,201 is cut to 1,000', 'x'.repeat(1_201), 1_000, true],
    ['of 1,180 Chinese characters is whole', '漢'.repeat(1_180), 1_180, false],
    ['of 1,300 Chinese characters is cut by its bytes', '漢'.repeat(1_300), 993, true],
    ['of families is cut between two of them', '👨‍👩‍👧‍👦'.repeat(300), 119, true],
  ])('%s', (_, markdown, left, isCut) => {
    const shown = cut(markdown);
    expect([graphemes(bodyText(shown.body)), shown.isCut]).toEqual([left, isCut]);
  });

  test('is cut at a word, without the space after it', () => {
    const text = textOf('word '.repeat(400));
    expect(text).toMatch(/^(?:word )+word$/);
    expect(text.length).toBeGreaterThan(980);
  });

  test('keeps its form: no empty block, no break at the end', () => {
    const { body } = cut(
      `> ${'quoted words '.repeat(60)}\n\n- one\n- ${'*two* '.repeat(100)}\n- three\n\n${'end '.repeat(300)}`,
    );
    expect(body.map(({ t }) => t)).toEqual(['quote', 'ul']);
    expect(bodyFaults(body)).toEqual([]);
    const verse = cut('line\n'.repeat(600)).body;
    expect(verse).toHaveLength(1);
    expect(bodyFaults(verse)).toEqual([]);
  });

  test('keeps the number of each item that it keeps', () => {
    const [list] = cut(Array.from({ length: 900 }, (_, n) => `${n ** 2 % 1_000}. a`).join('\n')).body;
    if (list?.t !== 'ol') throw new Error('no list');
    expect(list.numbers).toHaveLength(list.c.length);
    expect(list.c.length).toBeGreaterThan(50);
    expect(bodyFaults([list])).toEqual([]);
  });

  test('is the beginning of the whole, well formed and bounded in bytes, whatever was written', () => {
    const long = fc.tuple(anyMarkdown, fc.integer({ min: 1, max: 60 })).map(([text, times]) => text.repeat(times));
    const signs = (text: string) => text.replace(/\s+/gu, '');
    fc.assert(
      fc.property(long, (markdown) => {
        const { body } = parseBody(markdown);
        const shown = cutBody(body);
        expect(bytes(shown.body)).toBeLessThanOrEqual(3_600);
        expect(graphemes(bodyText(shown.body))).toBeLessThanOrEqual(1_200);
        expect(signs(bodyText(body)).startsWith(signs(bodyText(shown.body)))).toBe(true);
        if (!shown.isCut) expect(shown.body).toBe(body);
        expect(bodyFaults(shown.body)).toEqual([]);
        // The length alone decides: what is cut already is not cut again.
        expect(cutBody(shown.body).isCut).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a page', () => {
  const PAGE_BYTES = 256_000;
  const longest = cut('漢'.repeat(5_000)).body;
  const comment = { authorName: '漢'.repeat(60), body: longest, path: 'a', isCut: true } as ShownComment;
  const short = { ...comment, body: [], authorName: 'Ada' };

  test.each([1, 20, 50])('of %i conversations fits, however long their comments are', (count) => {
    const all = Array.from({ length: count }, () => ({
      comment,
      replies: Array(5).fill(comment) as ShownComment[],
      hasMoreReplies: false,
    }));
    const page = fittingConversations(all);
    expect(page).toHaveLength(count);
    expect(bytes(page)).toBeLessThan(PAGE_BYTES);
    for (const { replies, hasMoreReplies } of page) expect(hasMoreReplies).toBe(replies.length < 5);
  });

  test('that fits stays as it is', () => {
    const all = Array.from({ length: 50 }, () => ({
      comment: short,
      replies: Array(5).fill(short),
      hasMoreReplies: true,
    }));
    expect(fittingConversations(all)).toBe(all);
    const replies = Array(100).fill(short);
    expect(fitting(replies, sizeOf)).toBe(replies);
  });

  test('of replies ends before it is too large', () => {
    const replies = Array(100).fill(comment) as ShownComment[];
    const page = fitting(replies, sizeOf);
    expect(page.length).toBeGreaterThan(50);
    expect(bytes(page)).toBeLessThan(PAGE_BYTES);
  });
});
