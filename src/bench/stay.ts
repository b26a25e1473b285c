import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../cli/chromium.ts';
import { type LocalServer, startLocal } from '../cli/local-server.ts';
import { askAsOperator } from '../cli/operator-api.ts';
import { changeSettings, createSite, postComment, putArticle } from '../contract/addresses.ts';
import { requestTo } from '../contract/client.ts';

const SITE = 'stay';
const ARTICLE = 'ferry';

/** Comments that the page shows first: more than it ever shows at once, so that each reading is of the same size. */
const BEFORE = 30;

const OTHERS_POST_MS = 10_000;
const READER_POSTS_MS = 30_000;

/** A page that stays open, at the end of a minute: read anew, and after the browser has collected its garbage. */
export interface StayFigures {
  minute: number;
  /** Bytes of script's objects. */
  heap: number;
  nodes: number;
  listeners: number;
  /** Requests to the API since the page was opened. */
  requests: number;
  comments: number;
}

async function postAsOther({ url }: LocalServer, n: number): Promise<void> {
  const body = { body: `Another reader says number ${n}.`, authorName: `Reader ${n}`, parentId: null };
  const { method, path, body: sent } = requestTo(postComment, { site: SITE, article: ARTICLE, body });
  const response = await fetch(url + path, {
    method,
    body: JSON.stringify(sent),
    headers: {
      Authorization: `Bearer ${randomBytes(32).toString('base64url')}`,
      'Content-Type': 'application/json',
      // A network of its own each, so that no limit is what is measured.
      'CF-Connecting-IP': `10.${n >> 8}.${n & 255}.1`,
    },
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
}

async function prepare(server: LocalServer): Promise<void> {
  const operator = { baseUrl: server.url, operatorKey: server.secrets.OPERATOR_KEY };
  await askAsOperator(operator, createSite, { body: { id: SITE, name: 'A paper', origins: [server.url] } });
  await askAsOperator(operator, changeSettings, { site: SITE, body: { moderation: 'post' } });
  const article = { url: `${server.url}/stay/`, headline: 'The ferry sails', publishedAt: '2026-11-01T10:00:00Z' };
  await askAsOperator(operator, putArticle, { site: SITE, article: ARTICLE, body: article });
  for (let n = 0; n < BEFORE; n++) await postAsOther(server, n);
}

/** Posts as somebody does who stays: what came is shown, then a comment of one's own is written. */
async function postAsReader(page: Page, n: number): Promise<void> {
  const news = page.getByRole('button', { name: /new comments?$/ });
  if ((await news.count()) > 0) await news.click();
  await page.getByRole('textbox', { name: 'Comment' }).fill(`I am still here, for the ${n}. time.`);
  await page.getByLabel('Name').fill('Grace');
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await page.getByText(`for the ${n}. time`).waitFor();
}

async function look(page: Page, session: CDPSession): Promise<Pick<StayFigures, 'heap' | 'nodes' | 'listeners'>> {
  // The code is text because the command line is compiled without the types of a page.
  await page.evaluate(`document.querySelector('belowline-comments').reload()`);
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { heap: value('JSHeapUsedSize'), nodes: value('Nodes'), listeners: value('JSEventListeners') };
}

/** Leaves a page open while comments come and its reader posts. */
export async function measureStay(minutes: number): Promise<StayFigures[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'belowline-stay-'));
  const server = await startLocal({ port: 0, stateDir, quiet: true, cron: false });
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGUMENTS });
  try {
    await prepare(server);
    const page = await browser.newPage();
    const body = `<!doctype html><html lang="en"><title>A page</title><script type="module" async src="/belowline.js"></script>
      <belowline-comments site="${SITE}" article="${ARTICLE}"></belowline-comments></html>`;
    await page.route(`${server.url}/stay/`, (route) => route.fulfill({ contentType: 'text/html', body }));
    let requests = 0;
    page.on('request', (request) => {
      if (request.url().includes('/v1/')) requests += 1;
    });
    await page.goto(`${server.url}/stay/`);
    await page.getByRole('article').first().waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const figures: StayFigures[] = [];
    let [comments, own] = [BEFORE, 0];
    for (let minute = 1; minute <= minutes; minute += 1) {
      for (let passed = 0; passed < 60_000; passed += OTHERS_POST_MS) {
        await postAsOther(server, comments + 1_000);
        comments += 1;
        if (passed % READER_POSTS_MS === 0) {
          own += 1;
          comments += 1;
          await postAsReader(page, own);
        }
        await page.waitForTimeout(OTHERS_POST_MS);
      }
      figures.push({ minute, ...(await look(page, session)), requests, comments });
    }
    return figures;
  } finally {
    await browser.close();
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

export function stayTable(figures: StayFigures[]): string {
  const rows = figures.map(
    ({ minute, heap, nodes, listeners, requests, comments }) =>
      `| ${minute} | ${comments} | ${(heap / 1e6).toFixed(2)} | ${nodes} | ${listeners} | ${requests} |`,
  );
  return [
    '| minute | comments | heap, MB | nodes | listeners | requests |',
    '|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}
