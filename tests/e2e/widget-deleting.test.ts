import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowser, shows } from './browser.ts';

import { comment, openSite, postButton, visit, write } from './widget-page.ts';

/** Answers as a cache would: each address as it was when it was first asked for. */
const freeze = async (context: BrowserContext, addresses: RegExp) => {
  const copies = new Map<string, { status: number; body: string }>();
  await context.route(addresses, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const url = route.request().url();
    const copy = copies.get(url);
    if (copy !== undefined) return route.fulfill({ ...copy, contentType: 'application/json' });
    // A page of another size is another page: the caches of this moment may not have the comment yet.
    const response = await route.fetch({ url: url.replace('limit=20', 'limit=21') });
    copies.set(url, { status: response.status(), body: await response.text() });
    return route.fulfill({ response });
  });
};

const remove = async (page: Page, text: string): Promise<void> => {
  await comment(page, text)
    .getByRole('button', { name: /^Delete:/ })
    .click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await page.getByText('Deleted by its author').waitFor();
};

const browser = await openBrowser();

describe('a comment that its author has deleted', () => {
  const THREAD = /\/thread\?/;

  /** A reader whose comment stands under the article, on a page that a cache has from now on. */
  const readOwn = async (text: string) => {
    const { site, post } = await openSite();
    const other = await post('Somebody else');
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Somebody else').waitFor();
    await write(page, text);
    await postButton(page).click();
    await comment(page, text).waitFor();
    const id = ((await comment(page, text).getAttribute('id')) ?? '').replace('comment-', '');
    await freeze(context, new RegExp(`${THREAD.source}|/comments/${id}$`));
    await page.reload();
    await comment(page, text).waitFor();
    return { site, other, page, context, id };
  };

  it('is not shown to them again by a cache that still has it, nor counted', async () => {
    const { page, context, id } = await readOwn('Better left unsaid');
    await page.getByRole('heading', { name: '2 Comments' }).waitFor();
    await remove(page, 'Better left unsaid');
    const stale = page.waitForResponse(THREAD);
    await page.reload();
    expect(await (await stale).text()).toContain('Better left unsaid');
    await page.getByText('Deleted by its author').waitFor();
    await page.getByRole('heading', { name: '1 Comment', exact: true }).waitFor();
    expect(await page.getByText('Better left unsaid').count()).toBe(0);
    expect(await page.locator(`#comment-${id} .actions`).isVisible()).toBe(false);
    expect(await page.locator('[data-belowline-count]').textContent()).toBe('1 Comment');
    await comment(page, 'Somebody else').waitFor();
    await context.close();
  });

  it('is remembered for a minute, and then nothing of it', async () => {
    const { page, context, id } = await readOwn('Soon forgotten');
    await remove(page, 'Soon forgotten');
    const remembered = () =>
      page.evaluate(() =>
        Object.entries(localStorage)
          .filter(([key]) => key.startsWith('belowline:deleted:'))
          .map(([, value]) => value),
      );
    expect((await remembered()).join()).toContain(id);
    const age = (seconds: number) =>
      page.evaluate((passed) => {
        for (const [key, value] of Object.entries(localStorage)) {
          if (!key.startsWith('belowline:deleted:')) continue;
          const deleted = JSON.parse(value);
          localStorage.setItem(key, JSON.stringify({ ...deleted, at: deleted.at - passed * 1_000 }));
        }
      }, seconds);
    await age(50);
    await page.reload();
    await page.getByText('Deleted by its author').waitFor();
    await age(11);
    await page.reload();
    // The cache of this test never lets go of it.
    await comment(page, 'Soon forgotten').waitFor();
    await shows(remembered).toEqual([]);
    await context.close();
  });

  it('is not shown to them by its link either', async () => {
    const { page, context, id } = await readOwn('Linked and gone');
    await remove(page, 'Linked and gone');
    await page.goto(`${page.url()}#comment-${id}`);
    await page.reload();
    await page.locator('.highlit').getByText('Deleted by its author').waitFor();
    expect(await page.getByText('Linked and gone').count()).toBe(0);
    await context.close();
  });
});
