import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser, openWindow, shows } from './console-desk.ts';
import { openSite } from './widget-page.ts';

const { url } = inject('local');

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

test('count.js fills all counts of a front page with one request, and leaves the rest of the page alone', async () => {
  const { site, post } = await openSite();
  await post('One.');
  await post('And another one.');
  const { page, faults } = await openWindow(browser);
  const policy = (await fetch(`${url}/demo/`)).headers.get('Content-Security-Policy') ?? '';
  await page.route(`${url}/front/`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'Content-Security-Policy': policy },
      body: `<!doctype html><title>Front page</title>
        <p><span data-belowline-count="ferry">…</span> and <span data-belowline-count="ferry">…</span></p>
        <p><span data-belowline-count="never-heard-of">…</span> <span id="mine">untouched</span></p>
        <script type="module" async src="/count.js?site=${site}"></script>`,
    }),
  );
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/v1/')) asked.push(new URL(request.url()).search);
  });
  await page.goto(`${url}/front/`);
  await shows(() => page.locator('p').allInnerTexts()).toEqual(['2 Comments and 2 Comments', '0 Comments untouched']);
  expect(asked).toEqual(['?key=ferry&key=never-heard-of']);
  expect(faults).toEqual([]);
});

test('count.js says in the console what to check where the site is not known', async () => {
  const { page } = await openWindow(browser);
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await page.route(`${url}/front/`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Front page</title><span data-belowline-count="ferry">Comments</span>
        <script type="module" async src="/count.js?site=nosite"></script>`,
    }),
  );
  await page.goto(`${url}/front/`);
  await shows(async () => warnings).toEqual([`Belowline knows no site "nosite". Check ${url}/count.js?site=nosite`]);
  expect(await page.locator('[data-belowline-count]').textContent()).toBe('Comments');
});
