import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fill, Language } from '../../src/widget/texts/language.ts';
import type { Catalogue } from '../../src/widget/texts/texts.ts';
import { CATALOGUES, sentencesOf } from '../support/catalogues.ts';
import { openBrowser, shows } from './browser.ts';

import { openSite, visit } from './widget-page.ts';

const SHOTS = process.env.WIDGET_SHOTS;
const RIGHT_TO_LEFT = ['ar', 'he'];
const UNTIL = '2026-12-01T14:05:00.000Z';

const english = CATALOGUES.get('en') as Catalogue<Intl.LDMLPluralRule>;
const OTHERS = [...CATALOGUES].filter(([code]) => code !== 'en');

const browser = await openBrowser();

let site = '';
beforeAll(async () => {
  const made = await openSite();
  ({ site } = made);
  const { id } = await made.post('1 2 3');
  await made.post('4 5 6', id);
});

/** All that the widget says, to the eye and to the ear. */
const said = (page: Page): Promise<string> =>
  page.locator('belowline-comments').evaluate((widget) => {
    const parts = [...(widget.shadowRoot?.querySelectorAll<HTMLElement>('.below, [aria-label], [title]') ?? [])];
    return parts.flatMap((part) => [part.title, part.ariaLabel ?? '', part.innerText]).join('\n');
  });

/** As words of its own, not inside of other ones. */
function standsIn(words: string, text: string): boolean {
  const around = text.split(words);
  const isLetter = (character = ''): boolean => /\p{L}/u.test(character);
  return around.some(
    (before, at) => at + 1 < around.length && !isLetter(before.at(-1)) && !isLetter(around[at + 1]?.[0]),
  );
}

/** English sentences that stand in the widget, but for words that the language has as well. */
async function leftInEnglish(page: Page, own: Catalogue<Intl.LDMLPluralRule>): Promise<string[]> {
  const shown = await said(page);
  const words = sentencesOf(own).map(([, sentence]) => sentence);
  const parts = sentencesOf(english).flatMap(([, sentence]) => sentence.split(/\{\w+\}|[().]/));
  return [...new Set(parts.map((part) => part.trim()))]
    .filter((part) => /\p{L}{2}/u.test(part) && !words.some((word) => word.includes(part)))
    .filter((part) => standsIn(part, shown));
}

/** The next comments are answered with this problem. */
const refuse = async (page: Page, status: number, problem: Record<string, unknown>, headers = {}): Promise<void> => {
  await page.unroute('**/comments');
  await page.route('**/comments', (route) =>
    route.fulfill({ status, headers, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
};

async function shoot(page: Page, code: string): Promise<void> {
  if (!SHOTS) return;
  for (const width of [320, 900]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(SHOTS, `${code}-${width}.png`), fullPage: true });
  }
}

describe('in each language', () => {
  it.each(OTHERS)('%s, the widget is read and refuses in its own words', async (code, catalogue) => {
    const language = new Language(code, code, catalogue.reading);
    const { reading, writing } = catalogue;
    const options = { timezoneId: 'UTC', viewport: { width: 900, height: 900 } };
    const context = await browser.newContext(options);
    await context.clock.install();
    const { page, complaints } = await visit(browser, { site, lang: code, context });
    const section = page.locator('belowline-comments section');
    await page.getByRole('heading', { name: language.many(reading.comments, 2), exact: true }).waitFor();
    expect(await section.getAttribute('lang')).toBe(code);
    const run = await section.evaluate((element) => {
      const { direction, textAlign } = getComputedStyle(element);
      return [direction, textAlign];
    });
    expect(run).toEqual(RIGHT_TO_LEFT.includes(code) ? ['rtl', 'right'] : ['ltr', 'left']);
    await shows(() => page.locator('[data-belowline-count]').textContent()).toBe(language.many(reading.comments, 2));

    await page.getByRole('textbox', { name: reading.comment, exact: true }).focus();
    const post = page.getByRole('button', { name: writing.post, exact: true });
    await post.click();
    await page.getByText(writing.bodyMissing, { exact: true }).waitFor();
    await page.getByText(writing.nameMissing, { exact: true }).waitFor();
    expect(await leftInEnglish(page, catalogue)).toEqual([]);

    await page.getByRole('textbox', { name: reading.comment, exact: true }).fill('7 8 9');
    await page.getByLabel(writing.name, { exact: true }).fill('Ada');
    await refuse(page, 429, { reason: 'rate-limited', detail: 'Too many.' }, { 'Retry-After': '3' });
    await post.click();
    await page.getByText(`${writing.refusals['rate-limited']} ${writing.kept}`, { exact: true }).waitFor();
    const waits = [1, 2, 3].map((seconds) => fill(writing.wait, { time: language.duration(seconds) }));
    await shows(async () => waits.includes((await page.locator('p.wait').textContent()) ?? '')).toBe(true);
    expect(await leftInEnglish(page, catalogue)).toEqual([]);

    await page.clock.runFor(3_000);
    await page.getByText(writing.waitOver, { exact: true }).waitFor();
    await refuse(page, 403, { reason: 'banned', detail: 'Not before 14:05 UTC.', until: UNTIL });
    await post.click();
    await page.getByText(fill(writing.bannedUntil, { time: language.absoluteTime(UNTIL) }), { exact: true }).waitFor();
    expect(await leftInEnglish(page, catalogue)).toEqual([]);
    await shoot(page, code);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
