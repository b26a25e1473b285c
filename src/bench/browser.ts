import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../cli/chromium.ts';
import { startLocal } from '../cli/local-server.ts';
import { getThread, getThreadHtml } from '../contract/addresses.ts';
import { requestTo } from '../contract/client.ts';
import { seedCrowd } from './crowd/seed.ts';
import { CROWD_SITE, crowdOf, VIRAL_ARTICLE } from './crowd/shape.ts';
import { median } from './median.ts';

/** Comments under the article that is opened. */
const SIZES = [50, 1_000];

const SLOWER = 4;

/** The times of one page of comments, in milliseconds. */
export interface BrowserFigures {
  comments: number;
  /** From the navigation to the frame that shows the first comment. */
  firstComment: number;
  /** The same with the two lines for a page's head that docs/embedding.md has. */
  preloaded: number;
  /** The same page with the same text in its HTML, without script. */
  withoutScript: number;
  /** From the press of "Reply" to the frame that shows the form, with all comments loaded and the processor slowed down. */
  replyOpens: number;
}

const head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">';

const SHOWN = 'shown at ';

/**
 * Tells when the frame is drawn that has the first comment: a message that is sent before a frame arrives after it. Code
 * of the page is text, since the command line has no types of a page.
 */
const PROBE = `(() => {
  const first = () => document.querySelector('article') ??
    document.querySelector('belowline-comments')?.shadowRoot?.querySelector('article');
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => console.log('${SHOWN}' + performance.now());
  const look = () => first() ? port2.postMessage('') : requestAnimationFrame(look);
  look();
})()`;

/** A publisher's server of its own: a page that the test answers itself would slow down every request of it. */
async function servePages(pages: Record<string, string>): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const body = pages[request.url ?? ''];
    response.writeHead(body ? 200 : 404, { 'Content-Type': 'text/html' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, close: () => server.close() };
}

/**
 * The page with an empty cache, as somebody sees it who comes for the first time. It says by itself when it is shown,
 * since a page that is asked is slower for it.
 */
async function timeFirst(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(PROBE);
  const shown = page.waitForEvent('console', (message) => message.text().startsWith(SHOWN));
  await page.goto(address, { waitUntil: 'commit' });
  const millis = Number((await shown).text().slice(SHOWN.length));
  await context.close();
  return millis;
}

/** Loads what there is to load, page by page. */
async function expand(page: Page): Promise<void> {
  const more = page.getByRole('button', { name: /^(?:Load more comments|Show .*more repl)/ }).first();
  await page.getByRole('article').first().waitFor();
  while ((await more.count()) > 0) {
    const button = await more.elementHandle();
    await button?.dispatchEvent('click');
    await button?.waitForElementState('hidden');
  }
}

/** The page is at rest before the press: the form of the last one is gone from it, and that is drawn. */
const REPLY = `(async () => {
  const root = document.querySelector('belowline-comments').shadowRoot;
  const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  root.querySelector('.slot').replaceChildren();
  await frame();
  await new Promise((next) => requestIdleCallback(next));
  const button = [...root.querySelectorAll('button')].find((one) => one.ariaLabel?.startsWith('Reply:'));
  const began = performance.now();
  button.click();
  while (!root.querySelector('.slot form')) await new Promise((next) => setTimeout(next));
  await frame();
  return performance.now() - began;
})()`;

async function timeReply(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(address);
  await expand(page);
  // The script for writing is there from the first press on.
  await page.evaluate(REPLY);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const millis: number[] = [];
  for (let n = 0; n < 5; n += 1) millis.push(Number(await page.evaluate(REPLY)));
  await page.close();
  return median(millis);
}

/** The page asks for script and thread by itself, before the script runs. */
function linesFor(url: string): string {
  const { path } = requestTo(getThread, {
    site: CROWD_SITE,
    article: VIRAL_ARTICLE,
    query: { sort: 'newest', limit: 20 },
  });
  return `<link rel="modulepreload" href="${url}/belowline.js"><link rel="preload" as="fetch" crossorigin href="${url}${path}">`;
}

async function measure(browser: Browser, comments: number, rounds: number): Promise<BrowserFigures> {
  const stateDir = mkdtempSync(join(tmpdir(), 'belowline-browser-'));
  const shape = crowdOf({ comments: comments * 2, articles: 20, viral: comments, replies: Math.ceil(comments / 10) });
  await seedCrowd(stateDir, shape);
  const server = await startLocal({ port: 0, stateDir, quiet: true, cron: false });
  let pages: Awaited<ReturnType<typeof servePages>> | null = null;
  try {
    const { path } = requestTo(getThreadHtml, { site: CROWD_SITE, article: VIRAL_ARTICLE });
    const text = await (await fetch(server.url + path)).text();
    const element = `<belowline-comments site="${CROWD_SITE}" article="${VIRAL_ARTICLE}"></belowline-comments>`;
    const script = `<script type="module" async src="${server.url}/belowline.js"></script>`;
    pages = await servePages({
      '/widget': `${head}<title>A page</title>${script}${element}</html>`,
      '/preloaded': `${head}<title>A page</title>${linesFor(server.url)}${script}${element}</html>`,
      '/plain': `${head}<title>A page</title>${text}</html>`,
    });
    const { url } = pages;
    const times: Record<string, number[]> = { '/widget': [], '/preloaded': [], '/plain': [] };
    for (let round = 0; round <= rounds; round += 1)
      for (const [page, millis] of Object.entries(times)) {
        const shown = await timeFirst(browser, url + page);
        // The first round warms the server and the browser.
        if (round > 0) millis.push(shown);
      }
    const medianOf = (page: string): number => median(times[page] ?? []);
    return {
      comments,
      firstComment: medianOf('/widget'),
      preloaded: medianOf('/preloaded'),
      withoutScript: medianOf('/plain'),
      replyOpens: await timeReply(browser, `${url}/widget`),
    };
  } finally {
    pages?.close();
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

/** Opens articles of several sizes in Chromium. */
export async function measureBrowser(rounds: number): Promise<BrowserFigures[]> {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGUMENTS });
  try {
    const figures: BrowserFigures[] = [];
    for (const comments of SIZES) figures.push(await measure(browser, comments, rounds));
    return figures;
  } finally {
    await browser.close();
  }
}

export function browserTable(figures: BrowserFigures[]): string {
  const rows = figures.map(
    ({ comments, firstComment, preloaded, withoutScript, replyOpens }) =>
      `| ${comments} | ${firstComment.toFixed(0)} | ${preloaded.toFixed(0)} | ${withoutScript.toFixed(0)} | ${replyOpens.toFixed(0)} |`,
  );
  return [
    `| comments | first comment, ms | with the lines for the head, ms | the same text without script, ms | reply opens, all loaded, processor ${SLOWER} × slower, ms |`,
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
