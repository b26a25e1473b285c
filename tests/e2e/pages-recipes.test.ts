import { convertV4MiniflareOptions, Miniflare, Response } from 'miniflare';
import type { BrowserContextOptions } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { blocks } from '../support/pages.ts';
import { openBrowser } from './browser.ts';
import { ARTICLE, openSite } from './widget-page.ts';

/** The recipes of docs/embedding.md for readers without script, as they stand there. */

const browser = await openBrowser();

const PUBLISHER = 'https://gazette.example/';

const recipe = (marked: string): string => {
  const [block = ''] = blocks('docs/embedding.md', marked);
  expect(block, marked).not.toBe('');
  return block;
};

/** The page's example site and article are the test's. */
const namedFor = (site: string, text: string): string =>
  text
    .replaceAll('gazette"', `${site}"`)
    .replaceAll('/gazette/', `/${site}/`)
    .replaceAll('strait-ferry-talks', ARTICLE);

const ours = (address: string): string => address.replace('https://comments.example', inject('local').url);

const pageAround = (html: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Ferry</title><body><h1>Ferry</h1>${html}</body></html>`;

/** The publisher's page as a browser shows it, the answers of Belowline coming from the server under test. */
const show = async (html: string, options: BrowserContextOptions = {}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  await page.route(PUBLISHER, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.route('https://comments.example/**', async (route) => {
    const answer = await fetch(ours(route.request().url()));
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries([...answer.headers].filter(([name]) => name !== 'content-encoding')),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  await page.goto(PUBLISHER);
  return page;
};

test('the link for readers without script leads to the comments', async () => {
  const { site, post } = await openSite();
  await post('The ferry was late.');
  const page = await show(pageAround(namedFor(site, recipe('html noscript'))));
  await page.getByRole('link', { name: 'Comments' }).click();
  expect(await page.locator('article').innerText()).toContain('The ferry was late.');
});

/** The Worker of the docs in front of a publisher's page. */
const inFront = async (html: string, isUp = true): Promise<string> => {
  const answerFor = async (request: { url: string }) => {
    if (request.url === PUBLISHER) return new Response(html, { headers: { 'Content-Type': 'text/html' } });
    if (!isUp) return new Response('down', { status: 503 });
    const answer = await fetch(ours(request.url));
    return new Response(await answer.text(), { status: answer.status });
  };
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      modules: true,
      compatibilityDate: '2026-10-20',
      script: recipe('js worker'),
      outboundService: answerFor,
    }),
  );
  try {
    const answer = await worker.dispatchFetch(PUBLISHER);
    return await answer.text();
  } finally {
    await worker.dispose();
  }
};

test('a Worker in front of the site puts the thread into the element, before any script', async () => {
  const { site, post } = await openSite();
  const { id } = await post('The ferry was </template> late.');
  const html = pageAround(
    `<belowline-comments site="${site}" article="${ARTICLE}"></belowline-comments><p>After it</p>`,
  );
  const page = await show(await inFront(html));
  const comment = page.locator(`belowline-comments section.belowline-thread #comment-${id}`);
  expect(await comment.innerText()).toContain('The ferry was </template> late.');
  expect(await page.locator('belowline-comments').getByRole('heading', { level: 2 }).innerText()).toBe('1 comment');
  expect(await page.getByText('After it').isVisible()).toBe(true);
  expect(await inFront(html, false)).toBe(html);
});
