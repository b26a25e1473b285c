import { expect, inject, test } from 'vitest';
import { getThread } from '../../src/contract/addresses.ts';
import { requestTo } from '../../src/contract/client.ts';
import { blocks } from '../support/pages.ts';
import { openBrowser } from './browser.ts';
import { comment, openSite } from './widget-page.ts';

const { url } = inject('local');

const PAGE = 'http://gazette.example/';

// A page of the internet may ask a server of the internet, but none of this machine.
const browser = await openBrowser(['LocalNetworkAccessChecks']);

test('the lines for the head of a page have the thread asked for once, before the script runs', async () => {
  const { site, post } = await openSite();
  await post('Here early');
  const filled = (html = '') =>
    html
      .replaceAll('https://comments.example', url)
      .replaceAll('gazette', site)
      .replaceAll('strait-ferry-talks', 'ferry');
  const lines = filled(blocks('docs/embedding.md', 'html preload')[0]);
  const embed = filled(blocks('docs/embedding.md', 'html embed')[0]);
  const { path } = requestTo(getThread, { site, article: 'ferry', query: { sort: 'newest', limit: 20 } });
  expect(lines).toContain(`"${url}${path}"`);
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  const said: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  page.on('console', (message) => said.push(message.text()));
  const body = `<!doctype html><html lang="en"><head><title>A page</title>${lines}</head><body>${embed}</body></html>`;
  await page.route(PAGE, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(PAGE);
  await comment(page, 'Here early').waitFor();
  const threads = () => asked.filter((asking) => asking.endsWith('/thread')).length;
  expect(threads()).toBe(1);
  // A later reading is one of its own.
  const read = page.waitForResponse(/\/thread\?/);
  await page.evaluate('document.querySelector("belowline-comments").reload()');
  await read;
  expect(threads()).toBe(2);
  expect(said.filter((text) => /preload/.test(text))).toEqual([]);
  await context.close();
});
