import { expect, inject, test } from 'vitest';
import { openBrowser, shows } from './browser.ts';
import { limitPages, openSite, visit } from './widget-page.ts';

// Readers' browsers keep the page that somebody leaves; Playwright forbids it.
const browser = await openBrowser([], ['--disable-back-forward-cache']);

test('Back leads to the page as it was left: each comment that was loaded, at its place, with more to load', async () => {
  const { site, post } = await openSite();
  for (let n = 1; n <= 6; n++) await post(`Number ${n}. ${'A line of the ferry. '.repeat(40)}`);
  const context = await browser.newContext();
  await limitPages(context, 2);
  const { page } = await visit(browser, { site, context });
  const shown = () => page.getByRole('article').count();
  await shows(shown).toBe(2);
  await page.getByRole('button', { name: 'Load more comments' }).click();
  await shows(shown).toBe(4);
  await page.getByText('Number 3.').scrollIntoViewIfNeeded();
  const place = () => page.evaluate(() => Math.round(scrollY));
  const before = await place();
  expect(before).toBeGreaterThan(0);
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));
  await page.goto(`${inject('local').url}/try/elsewhere`);
  await page.goBack({ waitUntil: 'commit' });
  await shows(() => page.evaluate(() => Reflect.get(window, 'isTheSame'))).toBe(true);
  expect([await shown(), await place()]).toEqual([4, before]);
  await page.getByRole('button', { name: 'Load more comments' }).click();
  await shows(shown).toBe(6);
  await context.close();
});
