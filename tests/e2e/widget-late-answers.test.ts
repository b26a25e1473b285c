import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { comment, commentField, limitPages, openSite, postButton, visit, write } from './widget-page.ts';

const UNREACHED = 'The comments cannot be reached.';

/** Holds the answers of these addresses back until they are let go. */
const hold = async (page: Page, addresses: RegExp) => {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((open) => {
    letGo = open;
  });
  let asked = 0;
  await page.route(addresses, async (route) => {
    asked++;
    await gate;
    await route.fallback();
  });
  return { letGo, asked: () => asked };
};

/** The request fails once, and the next one goes through. */
const failOnce = (page: Page, addresses: RegExp) => page.route(addresses, (route) => route.abort(), { times: 1 });

const browser = await openBrowser();

describe('an answer that is late or missing', () => {
  it('leaves the text as it is until a comment that is being sent has arrived', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, 'Sent slowly');
    const sending = await hold(page, /\/comments$/);
    await postButton(page).click();
    await page.getByText('Sending…').waitFor();
    await commentField(page).press('x');
    expect(await commentField(page).inputValue()).toBe('Sent slowly');
    sending.letGo();
    await comment(page, 'Sent slowly').waitFor();
    await commentField(page).fill('The next one');
    expect(await commentField(page).inputValue()).toBe('The next one');
    await context.close();
  });

  it('of a new order is not announced as one before the comments are there', async () => {
    const { site, post } = await openSite();
    await post('One');
    await post('Two');
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Two').waitFor();
    const spoken = page.locator('.spoken');
    await failOnce(page, /sort=oldest/);
    await page.getByLabel('Sort by').selectOption('oldest');
    await page.getByText(UNREACHED).waitFor();
    expect(await spoken.textContent()).toBe('');
    await page.getByRole('button', { name: 'Try again' }).click();
    await comment(page, 'Two').waitFor();
    await expect.poll(() => spoken.textContent()).toBe('The comments are in the new order.');
    await context.close();
  });

  it('of the thread still leaves a form below the conversation that a link leads to', async () => {
    const { site, post } = await openSite();
    const { id } = await post('Linked to');
    const context = await browser.newContext();
    await context.route(/\/thread\?/, (route) => route.abort());
    const { page } = await visit(browser, { site, context, hash: `#comment-${id}` });
    await comment(page, 'Linked to').waitFor();
    await write(page, 'Answered all the same');
    await postButton(page).click();
    await comment(page, 'Answered all the same').waitFor();
    await context.close();
  });

  it('of more replies hides none of them when the order has changed meanwhile', async () => {
    const { site, post } = await openSite();
    await post('The older question');
    const top = await post('The question');
    for (let n = 1; n <= 12; n++) await post(`Answer ${n} of many`, top.id);
    const context = await browser.newContext();
    await limitPages(context, 1);
    const { page } = await visit(browser, { site, context });
    const more = page.getByRole('button', { name: /^Show .*more repl/ });
    await more.waitFor();
    const replies = await hold(page, /\/replies\?/);
    await more.click();
    await expect.poll(replies.asked).toBe(1);
    await page.getByLabel('Sort by').selectOption('oldest');
    await comment(page, 'The older question').waitFor();
    const late = page.waitForResponse(/\/replies\?/);
    replies.letGo();
    await (await late).finished();
    await page.getByRole('button', { name: 'Load more comments' }).click();
    await more.click();
    await comment(page, 'Answer 12 of many').waitFor();
    await context.close();
  });

  it('of a link does not replace the conversation that the address names by now', async () => {
    const { site, post } = await openSite();
    const [first, second] = [await post('The first link'), await post('The second link')];
    await post('The newest');
    const context = await browser.newContext();
    await limitPages(context, 1);
    const { page } = await visit(browser, { site, context });
    await comment(page, 'The newest').waitFor();
    const slow = await hold(page, new RegExp(`/comments/${first.id}$`));
    const go = (id: string) => page.evaluate((hash) => location.assign(hash), `#comment-${id}`);
    await go(first.id);
    await expect.poll(slow.asked).toBe(1);
    await go(second.id);
    const marked = page.locator('.highlit');
    await marked.getByText('The second link').waitFor();
    const late = page.waitForResponse(new RegExp(`/comments/${first.id}$`));
    slow.letGo();
    await (await late).finished();
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
    expect(await marked.textContent()).toContain('The second link');
    await context.close();
  });

  it('is forgotten when the same vote or deletion works, and a deletion is sent once', async () => {
    const { site, post } = await openSite();
    await post('Worth a vote');
    const { page, context } = await visit(browser, { site });
    await failOnce(page, /\/vote$/);
    const up = page.getByRole('button', { name: /^Agree/ });
    await up.click();
    await page.getByText(UNREACHED).waitFor();
    await up.click();
    await page.getByText(UNREACHED).waitFor({ state: 'hidden' });

    await write(page, 'Soon gone');
    await postButton(page).click();
    const mine = comment(page, 'Soon gone');
    const id = await mine.getAttribute('id');
    await mine.getByRole('button', { name: /^Delete:/ }).click();
    const address = new RegExp(`/comments/${id?.replace('comment-', '')}$`);
    await failOnce(page, address);
    const yes = page.getByRole('button', { name: 'Delete it' });
    await yes.click();
    await page.getByText(UNREACHED).waitFor();
    const removing = await hold(page, address);
    await yes.dblclick();
    removing.letGo();
    await page.getByText('Deleted by its author').waitFor();
    expect(removing.asked()).toBe(1);
    expect(await page.getByText(UNREACHED).count()).toBe(0);
    await context.close();
  });
});
