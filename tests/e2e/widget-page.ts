import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { CHROMIUM_ARGUMENTS } from '../../src/cli/chromium.ts';
import type { OwnCommentView } from '../../src/contract/comment.ts';

const ARTICLE = 'ferry';
let made = 0;

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: inject('local').chromiumPath, args: CHROMIUM_ARGUMENTS });

export async function call<T>(method: string, path: string, token: string, body?: unknown): Promise<T> {
  const response = await fetch(inject('local').url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

const guestKey = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

/** A site of its own with one article, so that no test sees another's comments or uses up its limits. */
export async function openSite(settings: Record<string, unknown> = {}, article: Record<string, unknown> = {}) {
  const { url, operatorKey } = inject('local');
  const site = `widget-${process.pid}-${++made}`;
  await call('POST', '/v1/sites', operatorKey, { id: site, name: 'A paper', origins: [url] });
  await call('PATCH', `/v1/sites/${site}/settings`, operatorKey, { moderation: 'post', ...settings });
  const { key } = await call<{ key: string }>('POST', `/v1/sites/${site}/keys`, operatorKey, { name: 'cms' });
  await call('PUT', `/v1/sites/${site}/articles/${ARTICLE}`, key, {
    url: `${url}/try/`,
    headline: 'The ferry sails',
    publishedAt: '2026-11-01T10:00:00Z',
    ...article,
  });
  /** Posts as somebody new each time. */
  const post = (body: string, parentId: string | null = null, guest = guestKey()) =>
    call<OwnCommentView>('POST', `/v1/sites/${site}/articles/${ARTICLE}/comments`, guest, {
      body,
      authorName: 'Ada',
      parentId,
    });
  return { site, post, guestKey };
}

/** The policy that the demo is served under, so that what is tested is what is shipped. */
async function policy(): Promise<string> {
  const response = await fetch(`${inject('local').url}/demo/`);
  return response.headers.get('content-security-policy') ?? '';
}

/** Pages of `limit` comments, so that a test of paging does not have to post dozens. */
export const limitPages = (context: BrowserContext, limit: number): Promise<unknown> =>
  context.route('**/thread?*', (route) =>
    route.continue({ url: route.request().url().replace('limit=20', `limit=${limit}`) }),
  );

interface Visit {
  site: string;
  article?: string;
  context?: BrowserContext;
  options?: BrowserContextOptions;
  hash?: string;
}

/** An article page with the widget under it; what the browser complains of is collected. */
export async function visit(browser: Browser, { site, article = ARTICLE, hash = '', ...more }: Visit) {
  const { url } = inject('local');
  const context = more.context ?? (await browser.newContext(more.options));
  const page = await context.newPage();
  const headers = { 'Content-Security-Policy': await policy() };
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>The ferry sails</title><script type="module" async src="/belowline.js"></script>
    <main><h1>The ferry sails</h1><p><a href="#comments"><span data-belowline-count="${article}">0 Comments</span></a></p>
    <div id="comments"><belowline-comments site="${site}" article="${article}"></belowline-comments></div></main></html>`;
  await page.route(`${url}/try/**`, (route) => route.fulfill({ headers, contentType: 'text/html', body }));
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  await page.goto(`${url}/try/${hash}`);
  return { page, context, complaints, hosts };
}

export const commentField = (page: Page) => page.getByRole('textbox', { name: 'Comment' });
export const postButton = (page: Page) => page.getByRole('button', { name: 'Post Comment' });
export const comment = (page: Page, text: string) => page.locator('article').filter({ hasText: text }).last();

export async function write(page: Page, text: string, name = 'Grace'): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await commentField(page).fill(text);
}

/** What a reader downloads. */
export const gzipSize = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length;
