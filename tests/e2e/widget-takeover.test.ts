import { expect, inject, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { ARTICLE, comment, openSite } from './widget-page.ts';

const { url } = inject('local');

const browser = await openBrowser();

/** A page whose server has put the thread into the element, as docs/embedding.md says how. */
async function openDrawn(site: string) {
  const drawn = await (await fetch(`${url}/v1/sites/${site}/articles/${ARTICLE}/thread.html`)).text();
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  const element = `<belowline-comments site="${site}" article="${ARTICLE}"><template shadowrootmode="open">${drawn}</template></belowline-comments>`;
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>${element}<script type="module" src="/belowline.js"></script></html>`;
  await page.route(`${url}/drawn/`, (route) => route.fulfill({ contentType: 'text/html', body }));
  return { page, faults };
}

test('a thread that the server has drawn is there before the answer, and is the widget’s from then on', async () => {
  const { site, post } = await openSite();
  await post('Drawn by the server');
  const { page, faults } = await openDrawn(site);
  let answer: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/thread?*', async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest('**/thread?*');
  await page.goto(`${url}/drawn/`);
  await asked;
  await comment(page, 'Drawn by the server').waitFor();
  expect(await page.locator('.belowline-thread').count()).toBe(1);
  expect(await page.getByText('Loading comments').count()).toBe(0);
  answer();
  await page.getByRole('button', { name: /^Reply: Comment by Ada/ }).waitFor();
  expect(await page.locator('.belowline-thread').count()).toBe(0);
  expect(await page.locator('article').count()).toBe(1);
  expect(faults).toEqual([]);
  await page.close();
});

test('a thread that the server has drawn stays readable when ours does not come', async () => {
  const { site, post } = await openSite();
  await post('Readable all the same');
  const { page } = await openDrawn(site);
  await page.route('**/thread?*', (route) => route.abort());
  const failed = page.waitForEvent('requestfailed');
  await page.goto(`${url}/drawn/`);
  await failed;
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await comment(page, 'Readable all the same').waitFor();
  await page.close();
});
