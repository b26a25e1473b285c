import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, ensureChromium } from './chromium.ts';
import { type SeededDemo, seedOnce, signInLink } from './demo.ts';
import { type LocalServer, startLocal } from './local-server.ts';
import { PlainError, ROOT, runCommand } from './project.ts';

const FOLDER = join(ROOT, 'docs', 'pictures');

/** The most that a reader of the documentation should have to load on a slow line. */
const MAX_BYTES = 250_000;

const DESK = { viewport: { width: 1280, height: 900 } };
/** A window that shows as much of a full queue as stays below `MAX_BYTES`. */
const MODERATOR = { viewport: { width: 1280, height: 800 } };
const READER = { viewport: { width: 900, height: 780 } };
const PHONE = { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1.5 };

interface Picture {
  name: string;
  /** The browser window; its height is the picture's. */
  window: BrowserContextOptions;
  /** Opens the page at the place of the picture. */
  open(page: Page, server: LocalServer, demo: SeededDemo): Promise<void>;
}

/** The article with its thread read, the heading of the thread at the top of the window. */
const openThread =
  (path = '/demo/') =>
  async (page: Page, { url }: LocalServer) => {
    await page.goto(`${url}${path}`);
    const thread = page.locator('belowline-comments');
    await thread.scrollIntoViewIfNeeded();
    await thread.getByRole('form').first().waitFor();
    // The code is text because the command line is compiled without the types of a page.
    await page.evaluate(`document.querySelector('belowline-comments').scrollIntoView({ behavior: 'instant' })`);
  };

const openArticle = async (page: Page, { url }: LocalServer) => {
  await page.goto(`${url}/demo/`);
  await page.locator('[data-belowline-count]', { hasText: /^[1-9]/ }).waitFor();
};

const openConsole = async (page: Page, server: LocalServer, demo: SeededDemo) => {
  await page.goto(await signInLink(server, demo));
  await page.getByRole('button', { name: `Sign in to ${demo.siteId}` }).click();
  await page.getByRole('article').first().waitFor();
  await page.waitForLoadState('networkidle');
};

const PICTURES: Picture[] = [
  { name: 'widget-light', window: { ...READER, colorScheme: 'light' }, open: openThread() },
  { name: 'widget-dark', window: { ...READER, colorScheme: 'dark' }, open: openThread() },
  { name: 'widget-phone', window: { ...PHONE, colorScheme: 'light' }, open: openThread() },
  { name: 'widget-rtl', window: { ...READER, colorScheme: 'light' }, open: openThread('/demo/rtl.html') },
  { name: 'article', window: { ...DESK, colorScheme: 'light' }, open: openArticle },
  { name: 'console', window: { ...MODERATOR, colorScheme: 'light' }, open: openConsole },
  { name: 'console-phone', window: { ...PHONE, colorScheme: 'light' }, open: openConsole },
];

async function take(browser: Browser, server: LocalServer, demo: SeededDemo, picture: Picture): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...picture.window });
  const page = await context.newPage();
  await picture.open(page, server, demo);
  const path = join(FOLDER, `${picture.name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  await context.close();
  const { size } = statSync(path);
  console.log(`${String(Math.round(size / 1000)).padStart(5)} kB  ${relative(ROOT, path)}`);
  if (size > MAX_BYTES) throw new PlainError(`${picture.name}.png is larger than ${MAX_BYTES / 1000} kB.`);
}

/** The pictures of the documentation, of a freshly seeded demo: `npm run screenshots`. */
await runCommand(async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'belowline-pictures-'));
  mkdirSync(FOLDER, { recursive: true });
  const executablePath = await ensureChromium();
  const server = await startLocal({ port: 0, stateDir, quiet: true, cron: false });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  try {
    const demo = await seedOnce(server);
    for (const picture of PICTURES) await take(browser, server, demo, picture);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
  return 0;
});
