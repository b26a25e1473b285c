import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { accessibilityFaults } from './accessibility.ts';
import { openBrowser } from './browser.ts';
import { ARTICLE, openSite } from './widget-page.ts';

/** Comments as a reader without script has them. */

const browser = await openBrowser();

const open = async (site: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  await page.goto(`${inject('local').url}/v1/sites/${site}/articles/${ARTICLE}/comments.html`);
  return page;
};

/** No person is done before three seconds are over. */
const writeSlowly = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('Comment').fill(text);
};

/** Sends until the form is taken: the server refuses whoever is faster than people, and keeps what they typed. */
const send = async (page: Page): Promise<void> => {
  await expect
    .poll(
      async () => {
        await page.getByRole('button', { name: 'Post comment' }).click();
        return page.getByRole('heading', { level: 1 }).innerText();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toMatch(/^(?:Your comment|This comment)/);
};

test('a reader without script reads, writes, previews and posts, and finds the comment in its place', async () => {
  const { site, post } = await openSite();
  const top = await post('The ferry was **late**.');
  const page = await open(site);
  await expect.poll(() => page.locator(`#comment-${top.id} strong`).innerText()).toBe('late');
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await writeSlowly(page, 'So was the *bus*.');
  await page.getByRole('button', { name: 'Preview' }).click();
  expect(await page.locator('.preview em').innerText()).toBe('bus');
  expect(await page.getByLabel('Comment').inputValue()).toBe('So was the *bus*.');
  await send(page);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Your comment is published.');
  await page.reload();
  await page.getByRole('link', { name: 'See it in its place' }).click();
  expect(await page.locator('article em').innerText()).toBe('bus');
  await page.getByRole('link', { name: 'All comments' }).click();
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.locator('section > ol > li').count();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(2);
});

test('a reader without script answers a comment, and is told whom', async () => {
  const { site, post } = await openSite();
  const top = await post('The ferry was late.');
  const page = await open(site);
  await page.getByRole('link', { name: 'Reply to Ada' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Reply to Ada');
  await writeSlowly(page, 'By an hour.');
  await send(page);
  await page.getByRole('link', { name: 'See it in its place' }).click();
  expect(await page.locator(`#comment-${top.id} article`).innerText()).toContain('By an hour.');
});

test('a fault is said, and nothing that was typed is lost', async () => {
  const { site } = await openSite();
  const page = await open(site);
  await page.getByRole('link', { name: 'Write a comment' }).click();
  await writeSlowly(page, 'A text to keep.');
  await page.getByLabel('Name').fill('...');
  await expect
    .poll(
      async () => {
        await page.getByRole('button', { name: 'Post comment' }).click();
        return page.locator('#authorName-fault').count();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(1);
  expect(await page.getByLabel('Name').getAttribute('aria-describedby')).toBe('authorName-fault');
  expect(await page.getByLabel('Comment').inputValue()).toBe('A text to keep.');
});

const LOOKS: [string, 'all' | 'of looks', BrowserContextOptions][] = [
  ['light', 'all', { colorScheme: 'light' }],
  ['dark', 'of looks', { colorScheme: 'dark' }],
  ['light, on a phone', 'of looks', { colorScheme: 'light', viewport: { width: 360, height: 740 } }],
];

const LONG = `${'A long story without an end. '.repeat(60)}\n\n> A quotation\n\n\`\`\`\n${'wide '.repeat(60)}\n\`\`\`\n\n- one\n- two`;

test.each(LOOKS)('every page is accessible, fits its width and loads nothing else: %s', async (_, rules, options) => {
  const { site, post } = await openSite();
  const top = await post(LONG);
  const reply = await post('An answer.', top.id);
  await post('An answer to that.', reply.id);
  // axe runs as a script; the page has none.
  const page = await open(site, { ...options, javaScriptEnabled: true });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  const check = async () => {
    expect(await accessibilityFaults(page, rules)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  };
  await page.reload();
  await check();
  await page.getByRole('link', { name: 'Read more' }).click();
  await check();
  await page.goBack();
  await page.getByRole('link', { name: 'Reply to Ada' }).first().click();
  await check();
  await writeSlowly(page, LONG);
  await page.getByRole('button', { name: 'Preview' }).click();
  await check();
  await page.getByLabel('Name').fill('...');
  await page.getByRole('button', { name: 'Preview' }).click();
  await check();
  await page.getByLabel('Name').fill('Ada');
  await send(page);
  await check();
  expect(asked.filter((url) => !/\/(?:comments|page|write)\.html/.test(url) && !url.endsWith('/favicon.ico'))).toEqual(
    [],
  );
  expect(complaints.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
});
