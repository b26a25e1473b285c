import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../cli/chromium.ts';
import { startLocal } from '../cli/local-server.ts';
import { getThreadHtml } from '../contract/addresses.ts';
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
  /** The same page with the same text in its HTML, without script. */
  withoutScript: number;
  /** From the press of "Reply" to the frame that shows the form, with all comments loaded and the processor slowed down. */
  replyOpens: number;
}

const head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">';

/** Tells when a comment is in the frame: code of the page, as text, since the command line has no types of a page. */
const PROBE = `(() => {
  const first = () => document.querySelector('article') ??
    document.querySelector('belowline-comments')?.shadowRoot?.querySelector('article');
  const look = () => first()
    ? requestAnimationFrame(() => setTimeout(() => { window.shownAt = performance.now(); }))
    : requestAnimationFrame(look);
  look();
})()`;

/** The page with an empty cache, as somebody sees it who comes for the first time. */
async function timeFirst(browser: Browser, address: string, body: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(PROBE);
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(address);
  const shown = await page.waitForFunction('window.shownAt');
  const millis = Number(await shown.jsonValue());
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

const REPLY = `(async () => {
  const root = document.querySelector('belowline-comments').shadowRoot;
  const button = [...root.querySelectorAll('button')].find((one) => one.ariaLabel?.startsWith('Reply:'));
  const began = performance.now();
  button.click();
  while (!root.querySelector('.slot form')) await new Promise((next) => setTimeout(next));
  await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  return performance.now() - began;
})()`;

async function timeReply(browser: Browser, address: string, body: string): Promise<number> {
  const page = await browser.newPage();
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(address);
  await expand(page);
  // The script for writing is there from the first press on.
  await page.evaluate(REPLY);
  await page.keyboard.press('Escape');
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const cancel = `document.querySelector('belowline-comments').shadowRoot.querySelector('.slot').replaceChildren()`;
  const millis: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    await page.evaluate(cancel);
    millis.push(Number(await page.evaluate(REPLY)));
  }
  await page.close();
  return median(millis);
}

async function measure(browser: Browser, comments: number, rounds: number): Promise<BrowserFigures> {
  const stateDir = mkdtempSync(join(tmpdir(), 'belowline-browser-'));
  const shape = crowdOf({ comments: comments * 2, articles: 20, viral: comments, replies: Math.ceil(comments / 10) });
  await seedCrowd(stateDir, shape);
  const server = await startLocal({ port: 0, stateDir, quiet: true, cron: false });
  try {
    const { path } = requestTo(getThreadHtml, { site: CROWD_SITE, article: VIRAL_ARTICLE });
    const text = await (await fetch(server.url + path)).text();
    const address = `${server.url}/bench/`;
    const element = `<belowline-comments site="${CROWD_SITE}" article="${VIRAL_ARTICLE}"></belowline-comments>`;
    const widget = `${head}<title>A page</title><script type="module" async src="/belowline.js"></script>${element}</html>`;
    const plain = `${head}<title>A page</title>${text}</html>`;
    const [first, without]: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      const [one, other] = [await timeFirst(browser, address, widget), await timeFirst(browser, address, plain)];
      // The first round warms the server and the browser.
      if (round > 0) {
        first.push(one);
        without.push(other);
      }
    }
    return {
      comments,
      firstComment: median(first),
      withoutScript: median(without),
      replyOpens: await timeReply(browser, address, widget),
    };
  } finally {
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
    ({ comments, firstComment, withoutScript, replyOpens }) =>
      `| ${comments} | ${firstComment.toFixed(0)} | ${withoutScript.toFixed(0)} | ${replyOpens.toFixed(0)} |`,
  );
  return [
    `| comments | first comment, ms | the same text without script, ms | reply opens, all loaded, processor ${SLOWER} × slower, ms |`,
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}
