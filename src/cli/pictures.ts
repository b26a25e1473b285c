import type { BrowserContextOptions, Page } from 'playwright-core';
import { type SeededDemo, signInLink } from './demo.ts';
import type { LocalServer } from './local-server.ts';

const DESK = { viewport: { width: 1280, height: 900 } };
/** A window that shows as much of a full queue as stays below `MAX_BYTES`. */
const MODERATOR = { viewport: { width: 1280, height: 800 } };
const READER = { viewport: { width: 900, height: 780 } };
const PHONE = { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1.5 };

export interface Picture {
  name: string;
  /** The browser window; its height is the picture's. */
  window: BrowserContextOptions;
  /** Opens the page at the place of the picture. */
  open(page: Page, server: LocalServer, demo: SeededDemo): Promise<void>;
}

/** Text, because the command line is compiled without the types of a page. */
const SHOW_THREAD = `document.querySelector('belowline-comments').scrollIntoView({ behavior: 'instant' })`;

/** The article with its thread read, the heading of the thread at the top of the window. */
const openThread =
  (path = '/demo/') =>
  async (page: Page, { url }: LocalServer) => {
    await page.goto(`${url}${path}`);
    const thread = page.locator('belowline-comments');
    await thread.scrollIntoViewIfNeeded();
    await thread.getByRole('form').first().waitFor();
    await page.evaluate(SHOW_THREAD);
  };

/** The end of the article and the beginning of its thread, as they come out of a printer. */
const openPrint = async (page: Page, server: LocalServer) => {
  await openThread()(page, server);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(SHOW_THREAD);
};

/** A page of another design, which sets the font and three of the widget's properties. */
const OTHER_DESIGN = (
  site: string,
) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Notes from a shed</title>
<style>
  body { max-width: 40rem; margin: 2rem auto; background: #f6efe2; color: #3b2a1a; font: 1.125rem/1.6 Georgia, serif }
  h1 { font-weight: 400; letter-spacing: .02em }
  belowline-comments { --belowline-accent: #8a3b12; --belowline-ink: #3b2a1a; --belowline-radius: 0 }
</style>
<h1>Notes from a shed</h1>
<belowline-comments site="${site}" article="strait-ferry-talks"></belowline-comments>
<script type="module" async src="/belowline.js"></script></html>`;

const openOtherDesign = async (page: Page, { url }: LocalServer, { siteId }: SeededDemo) => {
  const body = OTHER_DESIGN(siteId);
  await page.route(`${url}/shed/`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${url}/shed/`);
  await page.getByRole('article').first().waitFor();
};

const openWithoutScript = async (page: Page, { url }: LocalServer, { siteId }: SeededDemo) => {
  await page.goto(`${url}/v1/sites/${siteId}/articles/strait-ferry-talks/comments.html`);
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

/** The pictures of the documentation, beside those of each state: docs/looks.md. */
export const PICTURES: Picture[] = [
  { name: 'widget-light', window: { ...READER, colorScheme: 'light' }, open: openThread() },
  { name: 'widget-dark', window: { ...READER, colorScheme: 'dark' }, open: openThread() },
  { name: 'widget-phone', window: { ...PHONE, colorScheme: 'light' }, open: openThread() },
  { name: 'widget-rtl', window: { ...READER, colorScheme: 'light' }, open: openThread('/demo/rtl.html') },
  {
    name: 'widget-forced-colours',
    window: { ...READER, colorScheme: 'dark', forcedColors: 'active' },
    open: openThread(),
  },
  { name: 'widget-print', window: { ...READER, colorScheme: 'light' }, open: openPrint },
  {
    name: 'widget-200-percent',
    window: { viewport: { width: 450, height: 390 }, deviceScaleFactor: 2, colorScheme: 'light' },
    open: openThread(),
  },
  { name: 'widget-other-design', window: { ...READER, colorScheme: 'light' }, open: openOtherDesign },
  {
    name: 'without-script',
    window: { ...READER, colorScheme: 'light', javaScriptEnabled: false },
    open: openWithoutScript,
  },
  { name: 'article', window: { ...DESK, colorScheme: 'light' }, open: openArticle },
  { name: 'console', window: { ...MODERATOR, colorScheme: 'light' }, open: openConsole },
  { name: 'console-phone', window: { ...PHONE, colorScheme: 'light' }, open: openConsole },
];
