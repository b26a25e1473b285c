import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser, shows } from './browser.ts';

import { openTurning } from './widget-living.ts';
import { comment, limitPages, openSite, visit } from './widget-page.ts';

const browser = await openBrowser();

const leftOf = (page: Page, text: string) =>
  comment(page, text).evaluate((element) => element.getBoundingClientRect().left);

test('a conversation goes on by itself where the page indents no further, and is counted from there', async () => {
  const { site, post } = await openSite();
  const ids: string[] = [];
  for (let depth = 0; depth <= 6; depth++) ids.push((await post(`Words at depth ${depth}`, ids.at(-1) ?? null)).id);
  await post('Beside it');
  const { page, context, complaints } = await visit(browser, { site });
  await page.getByRole('button', { name: 'Show 1 more reply' }).click();
  await comment(page, 'Words at depth 6').waitFor();
  expect(await leftOf(page, 'Words at depth 5')).toBe(await leftOf(page, 'Words at depth 4'));
  const onward = page.getByRole('link', { name: 'Continue this conversation: Comment by Ada' });
  expect(await onward.count()).toBe(1);
  await onward.press('Enter');
  await page.getByText('You are reading one conversation.').waitFor();
  await shows(() => page.locator('.highlit').textContent()).toContain('Words at depth 4');
  expect(new URL(page.url()).hash).toBe(`#comment-${ids[4]}`);
  // The way to it stands without an indent and says whom it answers; replies are indented anew.
  const lefts = await Promise.all([0, 1, 2, 3, 4, 5, 6].map((depth) => leftOf(page, `Words at depth ${depth}`)));
  expect(new Set(lefts.slice(0, 5)).size).toBe(1);
  expect(lefts[5]).toBeGreaterThan(lefts[4] as number);
  expect(lefts[6]).toBeGreaterThan(lefts[5] as number);
  for (const depth of [1, 2, 3, 4])
    expect(await comment(page, `Words at depth ${depth}`).getByText('In reply to').isVisible(), `${depth}`).toBe(true);
  expect(await comment(page, 'Words at depth 6').getByText('In reply to').isVisible()).toBe(false);
  expect(await onward.count()).toBe(0);

  await page.goBack();
  await page.getByText('You are reading one conversation.').waitFor({ state: 'hidden' });
  await comment(page, 'Beside it').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('the page is told when more comments, or a linked one, cannot be read', async () => {
  const { site, post } = await openSite();
  await post('On the second page');
  const top = await post('Long enough to have a link');
  for (let n = 1; n <= 6; n++) await post(`Answer ${n}`, top.id);
  const context = await browser.newContext();
  await limitPages(context, 1);
  await context.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    document.addEventListener('belowline:failed', (event) => told.push((event as CustomEvent).detail));
  });
  const { page } = await visit(browser, { site, context });
  const told = () => page.evaluate(() => (window as unknown as { told: unknown[] }).told);
  await page.getByRole('button', { name: 'Load more comments' }).waitFor();
  await page.route(/cursor=|\/comments\/\w+$/, (route) => route.abort());
  const failed = { action: 'read', reason: 'no-connection' };
  await page.getByRole('button', { name: 'Load more comments' }).click();
  await shows(told).toEqual([failed]);
  await page.getByRole('button', { name: 'Show 1 more reply' }).click();
  await shows(told).toEqual([failed, failed]);
  await page.evaluate(() => location.assign('#comment-00000000000000zz'));
  await shows(told).toEqual([failed, failed, failed]);
  await page.unroute(/cursor=|\/comments\/\w+$/);
  await page.evaluate(() => location.assign('#comment-00000000000000zy'));
  await shows(told).toEqual([failed, failed, failed, { action: 'read', reason: 'not-found' }]);
  await context.close();
});

test('a conversation that stays open tells of replies that came to it', async () => {
  const { site, post } = await openSite();
  const top = await post('The question');
  await post('Answer 1', top.id);
  await post('The newest');
  const { page, context, next } = await openTurning(browser, { site, limit: 1, hash: `#comment-${top.id}` });
  await comment(page, 'Answer 1').waitFor();
  await next();
  await post('Answer 2', top.id);
  // By another name of the server, since it keeps the page under this one for 15 seconds of its own clock.
  await page.route(`**/comments/${top.id}`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace('localhost', '127.0.0.1') });
    await route.fulfill({ response });
  });
  await next();
  await page.getByRole('button', { name: '1 new comment' }).click();
  await comment(page, 'Answer 2').waitFor();
  await page.getByText('You are reading one conversation.').waitFor();
  await context.close();
});
