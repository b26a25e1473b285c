import type { BrowserContext, Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { ARTICLE, comment, limitPages, openSite, postButton, readAnew, visit, write } from './widget-page.ts';
import { draft, send, showsDraft, stored, TEXT } from './widget-text.ts';

const browser = await openBrowser();

const replyField = (page: Page) => page.getByRole('textbox', { name: 'Reply' });
const replyButton = (page: Page) => page.getByRole('button', { name: 'Reply: Comment by Ada' }).first();

const refuse = (context: BrowserContext, status: number, problem: object, headers: Record<string, string> = {}) =>
  context.route('**/comments', (route: Route) =>
    route.fulfill({ status, headers, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );

describe('a text is neither lost nor doubled', () => {
  it('by a reload', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, TEXT);
    await page.reload();
    await showsDraft(page);
    await send(page);
    await page.reload();
    await comment(page, TEXT).waitFor();
    expect(await draft(page)).toBe('');
    expect(await stored(site)).toBe(1);
    await context.close();
  });

  it('by a closed tab', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, TEXT);
    await page.close();
    const { page: next } = await visit(browser, { site, context });
    await showsDraft(next);
    await send(next);
    expect(await stored(site)).toBe(1);
    await context.close();
  });

  it('by a connection that fails', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, TEXT);
    await context.setOffline(true);
    await postButton(page).click();
    await page.getByText('Nothing you wrote is lost').waitFor();
    expect(await draft(page)).toBe(TEXT);
    await context.setOffline(false);
    await send(page, page.getByRole('button', { name: 'Try again' }));
    expect(await stored(site)).toBe(1);
    await context.close();
  });

  it('by an answer that is lost, and a reload behind it', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await context.route('**/comments', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await write(page, TEXT);
    await postButton(page).click();
    await page.getByText('Nothing you wrote is lost').waitFor();
    await context.unroute('**/comments');
    await page.reload();
    await showsDraft(page);
    await send(page);
    expect(await stored(site)).toBe(1);
    await context.close();
  });

  it.each([
    ['a rate limit', 429, { reason: 'rate-limited' }, { 'Retry-After': '1' }, 'That was a little fast.'],
    ['trouble of the server', 503, { reason: 'unavailable' }, {}, 'Nothing you wrote is lost'],
    ['a ban', 403, { reason: 'banned' }, {}, 'have closed commenting for you'],
  ])('by %s', async (_, status, problem, headers, sentence) => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await refuse(context, status, problem, headers as Record<string, string>);
    await write(page, TEXT);
    await postButton(page).click();
    await page.getByText(sentence).waitFor();
    expect(await draft(page)).toBe(TEXT);
    await context.unroute('**/comments');
    await page.reload();
    await showsDraft(page);
    await send(page);
    expect(await stored(site)).toBe(1);
    await context.close();
  });

  it('by an article that is closed meanwhile: the text stays to be copied', async () => {
    const { site, post, putArticle } = await openSite();
    await post('Said long before.');
    await post('Said before.');
    await post('Said just before.');
    const { page, context } = await visit(browser, { site });
    await write(page, TEXT);
    await putArticle(ARTICLE, { commenting: 'closed' });
    await postButton(page).click();
    await page.getByText('Your text stays here for you to copy.').waitFor();
    expect(await draft(page)).toBe(TEXT);
    const kept = page.getByRole('textbox', { name: 'Your draft is still here.' });
    // A page of another length is none that the server has kept.
    await limitPages(context, 2);
    await page.reload();
    await comment(page, 'Said before.').waitFor();
    await kept.waitFor();
    expect(await kept.inputValue()).toBe(TEXT);
    // It is shown once, however often comments come to the page.
    await page.getByRole('button', { name: 'Load more comments' }).click();
    await comment(page, 'Said long before.').waitFor();
    expect(await kept.count()).toBe(1);
    // An order that does not come, and a link that leads nowhere, take nothing away.
    await page.route(/sort=oldest/, (route) => route.abort());
    await page.getByLabel('Sort by').selectOption('oldest');
    await page.getByText('The comments cannot be reached.').waitFor();
    expect(await kept.inputValue()).toBe(TEXT);
    await page.evaluate(() => location.assign('#comment-0000000000000000'));
    await page.getByText('is not here any more').waitFor();
    expect(await kept.inputValue()).toBe(TEXT);
    expect(await stored(site)).toBe(0);
    await context.close();
  });

  it('by a comment that is deleted while it is answered', async () => {
    const { site, post, remove, guestKey } = await openSite();
    const author = guestKey();
    const { id } = await post('Said before.', null, author);
    await post('Stays.');
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Said before.')
      .getByRole('button', { name: /^Reply/ })
      .click();
    await replyField(page).fill(TEXT);
    await page.getByLabel('Name').first().fill('Grace');
    await remove(id, author);
    await page.getByRole('button', { name: 'Post Reply' }).click();
    await page.getByText('has been taken down').waitFor();
    expect(await replyField(page).inputValue()).toBe(TEXT);
    const kept = page.getByRole('textbox', { name: 'Your draft is still here.' });
    await readAnew(context);
    await page.reload();
    await comment(page, 'Stays.').waitFor();
    await kept.waitFor();
    expect(await kept.inputValue()).toBe(TEXT);
    expect(await stored(site)).toBe(0);
    await context.close();
  });

  it('by another order of the comments while a reply is open, or on its way', async () => {
    const { site, post } = await openSite();
    await post('Said before.');
    await post('And this.');
    const { page, context } = await visit(browser, { site });
    await replyButton(page).click();
    await replyField(page).fill(TEXT);
    await page.getByLabel('Name').first().fill('Grace');
    await page.getByLabel('Sort by').selectOption('oldest');
    await page.getByText('The comments are in the new order.').waitFor({ state: 'attached' });
    expect(await replyField(page).inputValue()).toBe(TEXT);
    let go = (): void => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    await page.route('**/comments', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Post Reply' }).click();
    await page.getByLabel('Sort by').selectOption('top');
    await expect.poll(() => replyField(page).isEditable()).toBe(true);
    go();
    await comment(page, TEXT).waitFor();
    await expect.poll(() => replyField(page).count()).toBe(0);
    expect(await stored(site)).toBe(1);
    await context.close();
  });

  it('by a storage that is blocked', async () => {
    const { site, post } = await openSite();
    await post('Said before.');
    await post('And this.');
    const context = await browser.newContext();
    await context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('Forbidden', 'SecurityError');
        },
      });
    });
    const { page } = await visit(browser, { site, context });
    await write(page, TEXT);
    await replyButton(page).click();
    await replyField(page).fill('A reply.');
    await page.getByLabel('Sort by').selectOption('oldest');
    await page.getByText('The comments are in the new order.').waitFor({ state: 'attached' });
    expect(await replyField(page).inputValue()).toBe('A reply.');
    await send(page);
    expect(await stored(site)).toBe(1);
    await context.close();
  });

  it('by a time to edit that ends meanwhile', async () => {
    const { site } = await openSite({ editWindowMinutes: 1 });
    const context = await browser.newContext();
    await context.clock.install();
    const { page } = await visit(browser, { site, context });
    await write(page, 'First words.');
    await postButton(page).click();
    await comment(page, 'First words.').getByRole('button', { name: /^Edit/ }).click();
    const field = comment(page, 'First words.').getByRole('textbox');
    await field.fill(TEXT);
    await page.getByText(/^\d+ sec left to change this$/).waitFor();
    await page.clock.fastForward(60_000);
    await page.getByText('The time to edit or delete this comment is over.').waitFor();
    expect(await field.inputValue()).toBe(TEXT);
    await page.reload();
    const kept = page.getByRole('textbox', { name: 'Your draft is still here.' });
    await kept.waitFor();
    expect(await kept.inputValue()).toBe(TEXT);
    expect([await stored(site), await stored(site, 'First words.')]).toEqual([0, 1]);
    await context.close();
  });
});

describe('what a reader may not do', () => {
  it('is not offered after a ban was told: Edit goes, and Delete stays', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, TEXT);
    await postButton(page).click();
    const edit = comment(page, TEXT).getByRole('button', { name: /^Edit/ });
    await edit.waitFor();
    await refuse(context, 403, { reason: 'banned', until: '2126-12-01T10:00:00Z' });
    await write(page, 'More.');
    await postButton(page).click();
    await page.getByText('have closed commenting for you until').waitFor();
    await expect.poll(() => edit.count()).toBe(0);
    await expect
      .poll(() =>
        comment(page, TEXT)
          .getByRole('button', { name: /^Delete/ })
          .count(),
      )
      .toBe(1);
    await context.close();
  });
});
