import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { reading, writing } from '../../src/widget/texts/en.ts';
import { openBrowser, shows } from './browser.ts';

import { limitPages, openSite, visit } from './widget-page.ts';

const SHOTS = process.env.WIDGET_SHOTS;

const browser = await openBrowser();

const LETTERS = new Map(
  [...'aceinosuyACEINOSUY'].map((letter, at) => [letter, [...'áçéíñöšûýÁÇÉÍÑÖŠÛÝ'][at] as string]),
);

/** An English sentence in a language of its own: accents, 40 % more of it, and brackets around it. */
function pseudo(sentence: string): string {
  const accented = sentence.replace(/\{\w+\}|./g, (part) => LETTERS.get(part) ?? part);
  const more = ' veňţ'.repeat(Math.ceil((sentence.length * 0.4) / 5));
  return `⟦${accented}${more}⟧`;
}

const pseudoWords = (words: unknown): unknown =>
  typeof words === 'string'
    ? pseudo(words)
    : Object.fromEntries(Object.entries(words as object).map(([key, inside]) => [key, pseudoWords(inside)]));

/** The pseudo-language is served in the place of German. */
async function servePseudo(page: Page): Promise<void> {
  for (const [name, words] of [
    ['de', reading],
    ['de-writing', writing],
  ] as const) {
    const body = `export default ${JSON.stringify(pseudoWords(words))}`;
    const address = new RegExp(`/belowline/${name}-.{8}\\.js$`);
    await page.route(address, (route) => route.fulfill({ contentType: 'text/javascript; charset=utf-8', body }));
  }
}

/**
 * Words that a reader sees or hears and that come from no catalogue. What readers wrote, their names and times are not
 * the widget's own words.
 */
const hardCoded = (page: Page): Promise<string[]> =>
  page.locator('belowline-comments').evaluate((widget) => {
    const root = widget.shadowRoot as ShadowRoot;
    const found: string[] = [];
    const check = (text: string | null) => {
      if (/\p{L}/u.test((text ?? '').replace(/⟦[^⟧]*⟧/g, ''))) found.push(text ?? '');
    };
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (!parentElement?.closest('.body, bdi, time, .avatar')) check(textContent);
    }
    for (const element of root.querySelectorAll('*'))
      for (const attribute of ['aria-label', 'title', 'placeholder', 'alt'])
        if (!element.matches('time, .when')) check(element.getAttribute(attribute));
    return found;
  });

/** The parts that stick out of a page, or is cut off in its own box. */
const overflowing = (page: Page): Promise<string[]> =>
  page.locator('belowline-comments').evaluate((widget) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = [...(widget.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].filter((element) => {
      if (element.closest('.spoken, svg, select, pre')) return false;
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < -0.5 || right > clientWidth + 0.5);
    });
    return [
      ...(scrollWidth > clientWidth ? ['the page'] : []),
      ...wide.map(({ outerHTML }) => outerHTML.slice(0, 120)),
    ];
  });

describe('in a language of longer words', () => {
  it('nothing is said that is in no catalogue, and all of it has room on a narrow phone', async () => {
    const { site, post } = await openSite();
    const { id } = await post('1 2 3');
    await post('4 5 6', id);
    for (const n of [7, 8]) await post(`${n}`);
    const options = { viewport: { width: 320, height: 900 } };

    const { page, context } = await visit(browser, { site, options });
    await limitPages(context, 2);
    await servePseudo(page);
    await page.locator('belowline-comments').evaluate((element) => element.setAttribute('lang', 'de'));
    const check = async (state: string) => {
      await shows(() => hardCoded(page)).toEqual([]);
      expect([state, ...(await overflowing(page))]).toEqual([state]);
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `pseudo-${state}.png`), fullPage: true });
    };
    const press = (words: string, nth = 0) =>
      page
        .getByRole('button', { name: pseudo(words).replace(/ \(.*|[⟧]$/, '') })
        .nth(nth)
        .click();
    const appears = (words: string) => page.getByText(pseudo(words), { exact: true }).first().waitFor();

    await appears(reading.jumpToForm);
    await check('read');
    await press(reading.jumpToForm);
    await appears(writing.post);
    await check('form');
    await press(writing.post);
    await appears(writing.bodyMissing);
    await check('faults');
    await page.locator('.form-place textarea').fill('9 10 11');
    await page.locator('.form-place input[type=text]').fill('Ada');
    await page.getByRole('tab').nth(1).click();
    await check('preview');
    await press(writing.post);
    await appears(writing.you);
    await check('own');
    await press(writing.edit);
    await appears(writing.save);
    await check('edit');
    await press(writing.delete);
    await appears(writing.deleteQuestion);
    await check('delete');
    await press(writing.deleteYes);
    await appears(reading.tombstones.deleted);
    await check('deleted');
    await press(reading.reply);
    await appears(writing.postReply);
    await check('reply');
    await press(reading.moreActions);
    await appears(writing.report);
    await check('menu');
    await page.getByRole('menuitem', { name: pseudo(writing.report) }).click();
    await appears(writing.reportSend);
    await press(writing.reportSend);
    await appears(writing.reportPick);
    await check('report');
    await context.close();
  });
});
