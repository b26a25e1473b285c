import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { inject } from 'vitest';
import { watchShifts } from './layout-shift.ts';

/** The line of docs/embedding.md for the time before the script. */
const BEFORE_THE_SCRIPT = 'belowline-comments:not(:defined) { display: block; min-height: 100vh }';

const SENTENCES = 'The night boat to Port Aldous sailed again after a spring without one. '.repeat(4);
const PARAGRAPHS = `<p>${SENTENCES}</p>`.repeat(30);
export const ARTICLE_TEXT = `<article><h1>The ferry sails</h1>${PARAGRAPHS}</article>`;
export const FOOTER = '<footer><p>About this paper</p></footer>';

/** A publisher's page around the widget. */
export interface Host {
  name: string;
  /** The content of the body, with the element in its place. */
  body(element: string, site: string): string;
  css?: string;
  /** A script of the publisher's own, served as a file. */
  script?: string;
  /** Attributes of `<html>`. */
  html?: string;
  /** Without one the browser is in quirks mode. */
  doctype?: string;
  policy?: string;
  /** The fragment that the page is opened at; `#comments` where it does not say. */
  hash?: string;
  /** The page stands in a frame with this sandbox. */
  sandbox?: string;
}

const documentOf = (host: Host, site: string): string => {
  const element = `<belowline-comments id="comments" site="${site}" article="ferry"></belowline-comments>`;
  const own = host.script ? '<script src="host.js" defer></script>' : '';
  return `${host.doctype ?? '<!doctype html>'}<html ${host.html ?? 'lang="en"'}><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><title>The ferry sails</title>
    <link rel="stylesheet" href="host.css"><script type="module" async src="/belowline.js"></script>${own}</head>
    <body>${host.body(element, site)}</body></html>`;
};

/** Opens the page; what the browser complains of is collected. `frame` is where the widget stands. */
export async function openHost(browser: Browser, host: Host, site: string, options: BrowserContextOptions = {}) {
  const { url } = inject('local');
  const context = await browser.newContext(options);
  await watchShifts(context);
  const page = await context.newPage();
  const headers: Record<string, string> = host.policy ? { 'Content-Security-Policy': host.policy } : {};
  const hash = host.hash ?? '#comments';
  const files: Record<string, { contentType: string; body: string }> = {
    'page.html': { contentType: 'text/html', body: documentOf(host, site) },
    'host.css': { contentType: 'text/css', body: `${BEFORE_THE_SCRIPT} footer { height: 1000px } ${host.css ?? ''}` },
    'host.js': { contentType: 'text/javascript', body: host.script ?? '' },
    'frame.html': {
      contentType: 'text/html',
      body: `<!doctype html><meta name="viewport" content="width=device-width"><title>A reader</title><iframe name="inner" sandbox="${host.sandbox}" src="page.html${hash}"
        width="100%" height="650"></iframe>`,
    },
  };
  await page.route(`${url}/hosts/**`, (route) => {
    const file = files[new URL(route.request().url()).pathname.replace(/.*\//, '')];
    return file ? route.fulfill({ headers, ...file }) : route.fulfill({ status: 404 });
  });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${url}/hosts/${host.sandbox === undefined ? `page.html${hash}` : 'frame.html'}`);
  const frame = host.sandbox === undefined ? page.mainFrame() : await innerFrame(page);
  return { page, context, frame, complaints };
}

async function innerFrame(page: Page): Promise<Frame> {
  const handle = await page.waitForSelector('iframe');
  return (await handle.contentFrame()) as Frame;
}
