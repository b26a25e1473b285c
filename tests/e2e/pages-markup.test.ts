import * as fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { threadHtml } from '../../src/http/pages/thread-html.ts';
import { threadPart, type Written } from '../support/thread-part.ts';
import { openBrowser } from './browser.ts';

/** The thread as HTML, read by a browser's own parser: whatever somebody wrote is text there, and nothing else. */

const browser = await openBrowser();
let page: Page;
beforeAll(async () => {
  page = await browser.newPage();
});
afterAll(() => page.close());

const PIECES = [
  '</script>',
  '</script ',
  '</SCRIPT/',
  '<!--<script ',
  '<script>alert(1)</script>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '</section>',
  '</article><article>',
  '<img src=x onerror=alert(1)>',
  '"',
  "'",
  '`',
  '&',
  '&lt;',
  '&amp;amp;',
  '&#x3c;',
  '\\',
  '\\u003c',
  '{"@type":"x"}',
  '\u0000',
  '\u0001',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ufffe',
  '\ud800',
  '\r\n',
  '\n',
  '\t',
  ' ',
  'a',
  '漢',
  '👍',
];

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
);

const anyWritten = fc.record({
  name: anyText,
  text: anyText,
  headline: anyText,
  section: anyText,
  topic: anyText,
  siteName: anyText,
});

/** The page that a browser makes of the HTML: every element with its attributes, the texts, and the data for search engines. */
const seenBy = (all: string[]) =>
  page.evaluate(
    (htmls) =>
      htmls.map((html) => {
        const { body, head } = new DOMParser().parseFromString(html, 'text/html');
        const texts = (selector: string) => [...body.querySelectorAll(selector)].map((one) => one.textContent);
        const elements = [...body.querySelectorAll('*')].map(
          (element) => `${element.localName} ${[...element.attributes].map(({ name }) => name)}`,
        );
        const data = JSON.parse(body.querySelector('script')?.textContent ?? 'null');
        return {
          inHead: head.children.length,
          elements,
          hasRemark: document.createTreeWalker(body, NodeFilter.SHOW_COMMENT).nextNode() !== null,
          names: texts('bdi'),
          codes: texts('p > code'),
          blocks: texts('pre > code'),
          data,
        };
      }),
    all,
  );

/** As HTML can show it: no controls, and of line ends only line feeds. */
const shown = (text: string): string =>
  text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, '').replace(/\r\n?/g, '\n');

const expectSeen = (written: Written, seen: Awaited<ReturnType<typeof seenBy>>[number], plain: string[]): void => {
  const { name, text, headline, section, topic } = written;
  expect(seen.elements).toEqual(plain);
  expect([seen.inHead, seen.hasRemark]).toEqual([0, false]);
  expect(seen.names).toEqual([shown(name), shown(name)]);
  expect(seen.codes).toEqual([shown(text), shown(text)]);
  // The first line feed of a preformatted text is its own only behind an element, as here.
  expect(seen.blocks).toEqual([shown(text), shown(text)]);
  expect(seen.data).toMatchObject({ headline, articleSection: section, keywords: [topic], author: [{ name }] });
  const said = `${text}${text}\n${text}`;
  expect(seen.data.comment).toMatchObject([
    { author: { name }, text: said, comment: [{ author: { name }, text: said }] },
  ]);
};

test('any text leaves the elements as they are and is read as it was written', async () => {
  const samples = fc.sample(anyWritten, { numRuns: 300 });
  const [plain, ...seen] = await seenBy(
    [threadPart(), ...samples.map((one) => threadPart(one))].map((part) => String(threadHtml(part))),
  );
  expect(plain?.elements.length).toBeGreaterThan(20);
  samples.forEach((written, i) => {
    const one = seen[i];
    if (one === undefined || plain === undefined) throw new Error('nothing was seen');
    expectSeen(written, one, plain.elements);
  });
});
