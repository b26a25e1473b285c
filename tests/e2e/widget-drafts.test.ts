import { describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { comment, commentField, openSite, postButton, visit, write } from './widget-page.ts';

const browser = await openBrowser();

describe('a draft in the widget', () => {
  it('survives a reload and a closed tab, with the name', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, 'Half a thou', 'Grace');
    await page.reload();
    await expect.poll(() => commentField(page).inputValue()).toBe('Half a thou');
    expect(await page.getByLabel('Name').inputValue()).toBe('Grace');
    await page.close();
    const { page: next } = await visit(browser, { site, context });
    await expect.poll(() => commentField(next).inputValue()).toBe('Half a thou');
    await context.close();
  });

  it('survives a request that fails, and is posted once by the retry with the same key', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    const keys: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') keys.push(request.headers()['idempotency-key']);
    });
    // The request arrives and its answer is lost: the worst case, since the comment is stored.
    await page.route('**/comments', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await write(page, 'Only once, please');
    await postButton(page).click();
    await page.getByText('Nothing you wrote is lost').waitFor();
    expect(await commentField(page).inputValue()).toBe('Only once, please');
    await page.unroute('**/comments');
    await page.reload();
    await expect.poll(() => commentField(page).inputValue()).toBe('Only once, please');
    await postButton(page).click();
    await page.getByText('Your comment is published.').waitFor();
    expect(await commentField(page).inputValue()).toBe('');
    expect(await page.locator('article').filter({ hasText: 'Only once, please' }).count()).toBe(1);
    expect(keys.length).toBe(2);
    expect(new Set(keys).size).toBe(1);
    await page.reload();
    await comment(page, 'Only once, please').waitFor();
    expect(await commentField(page).inputValue()).toBe('');
    await context.close();
  });

  it('that was changed after an answer was lost is the text of the one comment there is', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await page.route('**/comments', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await write(page, 'The ferry sails at nine');
    await postButton(page).click();
    await page.getByText('Nothing you wrote is lost').waitFor();
    await page.unroute('**/comments');
    await commentField(page).fill('The ferry sails at nine, see [the table](https://ferry.example/)');
    await postButton(page).click();
    await page.getByText('Your comment is published.').waitFor();
    expect(await commentField(page).inputValue()).toBe('');
    await page.reload();
    await comment(page, 'see the table').waitFor();
    expect(await page.locator('article').filter({ hasText: 'at nine' }).count()).toBe(1);
    expect(await commentField(page).inputValue()).toBe('');
    await context.close();
  });

  it('whose writer changed the name after an answer was lost is told the name that it has', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await page.route('**/comments', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await write(page, 'The ferry sails at ten');
    await postButton(page).click();
    await page.getByText('Nothing you wrote is lost').waitFor();
    await page.unroute('**/comments');
    await write(page, 'The ferry sails at ten, or at eleven', 'Hopper');
    await postButton(page).click();
    await page.getByText('Posted as Grace.').waitFor();
    expect(await comment(page, 'or at eleven').textContent()).toContain('Grace');
    expect(await page.locator('article').filter({ hasText: 'at ten' }).count()).toBe(1);
    expect(await commentField(page).inputValue()).toBe('');
    await write(page, 'And the next one', 'Hopper');
    await postButton(page).click();
    await comment(page, 'And the next one').waitFor();
    expect(await page.getByText('Posted as').count()).toBe(0);
    await context.close();
  });

  it('that was changed after an answer was lost stays when the first can no longer be changed', async () => {
    const { site } = await openSite({ editWindowMinutes: 0 });
    const { page, context } = await visit(browser, { site });
    await page.route('**/comments', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await write(page, 'The first text');
    await postButton(page).click();
    await page.getByText('Nothing you wrote is lost').waitFor();
    await page.unroute('**/comments');
    await commentField(page).fill('The second text');
    await postButton(page).click();
    await page.getByText('Your first try did arrive').waitFor();
    await comment(page, 'The first text').waitFor();
    expect(await commentField(page).inputValue()).toBe('The second text');
    await context.close();
  });

  it('that did not arrive has one button to send it, which says Try again and keeps the focus', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, 'From the ferry');
    await context.setOffline(true);
    await postButton(page).click();
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    expect(await again.evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(await postButton(page).count()).toBe(0);
    // Another text has not been tried yet.
    await commentField(page).fill('From the old ferry');
    await postButton(page).click();
    await again.waitFor();
    await context.setOffline(false);
    await again.click();
    await comment(page, 'From the old ferry').waitFor();
    await postButton(page).waitFor();
    expect(await again.count()).toBe(0);
    await context.close();
  });

  it('takes a new key when the text has changed after a definite no', async () => {
    const { site } = await openSite({ maxLinks: 0, bannedWords: [] });
    const { page, context } = await visit(browser, { site });
    const keys: (string | undefined)[] = [];
    await page.route('**/comments', (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      return route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({ reason: 'commenting-closed', detail: 'Comments on this article are closed.' }),
      });
    });
    await write(page, 'One');
    await postButton(page).click();
    await page.getByText('Comments on this article are closed.').waitFor();
    await postButton(page).click();
    await expect.poll(() => keys.length).toBe(2);
    await page.getByText('Comments on this article are closed.').waitFor();
    await commentField(page).fill('Two');
    await postButton(page).click();
    await expect.poll(() => keys.length).toBe(3);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
    await context.close();
  });

  it('of a reply opens by itself after a reload, and stays away once it was put away', async () => {
    const { site, post } = await openSite();
    await post('What do the islands say?');
    const { page, context } = await visit(browser, { site });
    await page.getByRole('button', { name: 'Reply: Comment by Ada' }).click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await field.fill('They want a numb');
    await page.reload();
    await expect.poll(() => field.inputValue()).toBe('They want a numb');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.reload();
    await comment(page, 'What do the islands say?').waitFor();
    await commentField(page).waitFor();
    expect(await field.count()).toBe(0);
    await page.getByRole('button', { name: 'Reply: Comment by Ada' }).click();
    expect(await field.inputValue()).toBe('They want a numb');
    await context.close();
  });

  it('waits for the end of a rate limit and says when that is', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await page.route('**/comments', (route) =>
      route.fulfill({
        status: 429,
        headers: { 'Retry-After': '2' },
        contentType: 'application/problem+json',
        body: JSON.stringify({ reason: 'rate-limited', detail: 'That was a little fast.' }),
      }),
    );
    await write(page, 'Again and again');
    await postButton(page).click();
    await page.getByText(/^You can post again in \d sec$/).waitFor();
    expect(await postButton(page).isDisabled()).toBe(true);
    expect(await commentField(page).inputValue()).toBe('Again and again');
    await page.unroute('**/comments');
    await page.getByText('You can post now.').waitFor();
    await postButton(page).click();
    await comment(page, 'Again and again').waitFor();
    await context.close();
  });
});
