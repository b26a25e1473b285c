import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { choose, comment, limitPages, openSite, visit } from './widget-page.ts';

const { url } = inject('local');

const SOON = { timeout: 10_000 };

const browser = await openBrowser();

const highlit = (page: Page) => page.locator('.highlit').allTextContents();

const timeLink = (page: Page, text: string) => comment(page, text).locator('a.when');

/** Sends the reader to a fragment as a link of the page does. */
const clickLink = (page: Page, href: string) =>
  page.evaluate((address) => {
    const link = document.createElement('a');
    link.href = address;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }, href);

describe('the address is what is shown', () => {
  it('only an id of ours counts, and nothing that follows it', async () => {
    const { site, post } = await openSite();
    const { id } = await post('The linked one');
    await post('Another');
    for (const behind of ['', '?utm_source=x', '&fbclid=1', '/', ')']) {
      const { page, context } = await visit(browser, { site, hash: `#comment-${id}${behind}` });
      await expect.poll(() => highlit(page), SOON).toEqual([expect.stringContaining('The linked one')]);
      await context.close();
    }
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Another').waitFor();
    for (const other of ['#comment-form', '#comment-', `#comment-${id}0`, '#comments', `#comment-${'l'.repeat(16)}`])
      await clickLink(page, other);
    // A request of the widget after all of these shows that none of them led anywhere.
    await clickLink(page, `#comment-${id}`);
    await expect.poll(() => highlit(page), SOON).toEqual([expect.stringContaining('The linked one')]);
    expect(await page.getByText('is not here any more').count()).toBe(0);
    await context.close();
  });

  it('Back from one conversation shows all comments, and the same link twice goes there again', async () => {
    const { site, post } = await openSite();
    const oldest = await post('The oldest');
    await post('An answer', oldest.id);
    await post('The newest');
    const context = await browser.newContext();
    await limitPages(context, 1);
    const { page } = await visit(browser, { site, context });
    await comment(page, 'The newest').waitFor();
    await clickLink(page, `#comment-${oldest.id}`);
    await page.getByText('You are reading one conversation.').waitFor();
    expect(await page.getByText('The newest').count()).toBe(1);
    await page.goBack();
    await page.getByText('You are reading one conversation.').waitFor({ state: 'detached' });
    await comment(page, 'The newest').waitFor();
    expect(await highlit(page)).toEqual([]);

    await page.goForward();
    await expect.poll(() => highlit(page), SOON).toEqual([expect.stringContaining('The oldest')]);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await clickLink(page, `#comment-${oldest.id}`);
    const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '');
    await expect.poll(focused, SOON).toContain('The oldest');
    await context.close();
  });
});

describe('the links of comments', () => {
  it('have the address that the server knows, and a plain click stays in the page', async () => {
    const { site, post } = await openSite({}, { url: 'https://paper.example/ferry' });
    const { id } = await post('The linked one');
    const { page, context } = await visit(browser, { site, hash: '?utm_source=nl&email=kim%40example.com' });
    const link = timeLink(page, 'The linked one');
    expect(await link.getAttribute('href')).toBe(`https://paper.example/ferry#comment-${id}`);
    await link.click();
    await expect.poll(() => highlit(page), SOON).toHaveLength(1);
    expect(page.url()).toBe(`${url}/try/#comment-${id}`);
    await page.goBack();
    await expect.poll(() => page.url(), SOON).toContain('kim%40');
    await expect.poll(() => highlit(page), SOON).toEqual([]);
    await context.close();
  });

  it('have the address of the attribute before any other, and so has "Copy link"', async () => {
    const { site, post } = await openSite({}, { url: 'https://paper.example/ferry' });
    const { id } = await post('The linked one');
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { page } = await visit(browser, { site, context });
    await comment(page, 'The linked one').waitFor();
    await page.evaluate(() => {
      (document.querySelector('belowline-comments') as HTMLElement & { url: string }).url = '/world/ferry?p=1#top';
    });
    await expect
      .poll(() => timeLink(page, 'The linked one').getAttribute('href'), SOON)
      .toBe(`${url}/world/ferry?p=1#comment-${id}`);
    await choose(page, 'The linked one', 'Copy link');
    await page.getByText('Link copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${url}/world/ferry?p=1#comment-${id}`);
    await context.close();
  });

  it('have nothing of how this visitor came where nobody knows the address yet', async () => {
    const { site } = await openSite();
    const query = '?p=1&utm_source=nl&email=kim%40example.com&fbclid=2&q=3&gclid=4';
    const { page, context } = await visit(browser, { site, article: 'unregistered', hash: query });
    await page.getByRole('textbox', { name: 'Comment' }).fill('The first of all');
    await page.getByLabel('Name').fill('Grace');
    await page.getByRole('button', { name: 'Post Comment' }).click();
    const link = timeLink(page, 'The first of all');
    expect(await link.getAttribute('href')).toMatch(/[/]try[/][?]p=1&q=3#comment-\w{16}$/);
    await context.close();
  });

  it.each([
    ['the page', undefined, '#/post/a1'],
    ['the page', undefined, '#!post/a1'],
    ['the attribute', '/try/?p=1#/post/a1', ''],
  ])('stand in the query where the fragment of %s is a route, and are followed', async (_, attribute, hash) => {
    const { site, post } = await openSite();
    const { id } = await post('The linked one');
    await post('Another');
    const { page, context } = await visit(browser, { site, hash });
    await comment(page, 'Another').waitFor();
    if (attribute)
      await page.evaluate((address) => {
        document.querySelector('belowline-comments')?.setAttribute('url', address);
      }, attribute);
    const link = timeLink(page, 'The linked one');
    const address = attribute ? `${url}/try/?p=1&comment=${id}#/post/a1` : `${url}/try/?comment=${id}${hash}`;
    await expect.poll(() => link.getAttribute('href'), SOON).toBe(address);
    await link.click();
    await expect.poll(() => highlit(page), SOON).toEqual([expect.stringContaining('The linked one')]);
    if (!attribute) expect(page.url()).toBe(address);
    await page.goto('about:blank');
    await page.goto(address);
    await expect.poll(() => highlit(page), SOON).toEqual([expect.stringContaining('The linked one')]);
    await context.close();
  });
});

it("goes by the server's clock where the reader's device is 20 minutes ahead", async () => {
  const { site } = await openSite();
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() + 20 * 60_000;
  });
  // Cloudflare puts the time on every answer; workerd alone does not.
  await context.route(`${url}/v1/**`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), date: new Date().toUTCString() } });
  });
  const { page } = await visit(browser, { site, context });
  await page.getByRole('textbox', { name: 'Comment' }).fill('Written ahead of time');
  await page.getByLabel('Name').fill('Grace');
  await page.getByRole('button', { name: 'Post Comment' }).click();
  const own = comment(page, 'Written ahead of time');
  await own.getByRole('button', { name: /^Edit:/ }).waitFor();
  expect(await own.locator('time').textContent()).toBe('just now');
  await context.close();
  // A page of another origin may read the headers that say so.
  const answer = await fetch(`${url}/v1/sites/${site}/articles/ferry/thread`, {
    headers: { Origin: 'https://a.example' },
  });
  expect(answer.headers.get('access-control-expose-headers')).toMatch(/\bAge\b.*\bDate\b/);
});
