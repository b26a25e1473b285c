import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';
import * as addresses from '../../src/contract/addresses.ts';
import type { ArticleInput } from '../../src/contract/article.ts';
import type { SettingsPatch } from '../../src/contract/site.ts';
import { ask } from './ask.ts';

export const ARTICLE = 'ferry';

const guestKey = (): string => randomBytes(32).toString('base64url');

/** A site of its own with one article, so that no test sees another's comments or uses up its limits. */
export async function openSite(settings: SettingsPatch = {}, fields: Partial<ArticleInput> = {}) {
  const { url, operatorKey } = inject('local');
  const site = `widget-${randomBytes(6).toString('hex')}`;
  await ask(operatorKey, addresses.createSite, { body: { id: site, name: 'A paper', origins: [url] } });
  await ask(operatorKey, addresses.changeSettings, { site, body: { moderation: 'post', ...settings } });
  const { key } = await ask(operatorKey, addresses.createApiKey, { site, body: { name: 'cms' } });
  const putArticle = (article: string, body: Partial<ArticleInput>) =>
    ask(key, addresses.putArticle, {
      site,
      article,
      body: { url: `${url}/try/`, headline: 'The ferry sails', publishedAt: '2026-11-01T10:00:00Z', ...body },
    });
  await putArticle(ARTICLE, fields);
  /** Posts as somebody new each time. */
  const post = (text: string, parentId: string | null = null, guest = guestKey(), article = ARTICLE, name = 'Ada') => {
    const body = { body: text, authorName: name, parentId };
    return ask(guest, addresses.postComment, { site, article, body });
  };
  /** As the guest who wrote it. */
  const remove = (id: string, guest: string) => ask(guest, addresses.deleteComment, { site, article: ARTICLE, id });
  const edit = (id: string, guest: string, text: string) =>
    ask(guest, addresses.editComment, { site, article: ARTICLE, id, body: { body: text } });
  /** As somebody new each time. */
  const vote = (id: string, value: 1 | -1) =>
    ask(guestKey(), addresses.voteComment, { site, article: ARTICLE, id, body: { value } });
  return { site, putArticle, post, remove, edit, vote, guestKey };
}

const readPolicy = async (): Promise<string> => {
  const response = await fetch(`${inject('local').url}/demo/`);
  return response.headers.get('content-security-policy') ?? '';
};

let policy: Promise<string> | undefined;

/** Pages of `limit` comments, so that a test of paging does not have to post dozens. */
export const limitPages = (context: BrowserContext, limit: number): Promise<unknown> =>
  context.route('**/thread?*', (route) =>
    route.continue({ url: route.request().url().replace('limit=20', `limit=${limit}`) }),
  );

let lengths = 0;

/** The server keeps a page for 15 seconds: one of another length is made anew. */
export const anotherLength = (): number => 21 + (lengths++ % 30);

/** From now on no thread of the context is one that the server has kept. */
export const readAnew = (context: BrowserContext): Promise<unknown> =>
  context.route('**/thread?*', (route) =>
    route.continue({ url: route.request().url().replace('limit=20', `limit=${anotherLength()}`) }),
  );

interface Visit {
  site: string;
  article?: string;
  lang?: string;
  context?: BrowserContext;
  options?: BrowserContextOptions;
  hash?: string;
}

/** An article page with the widget under it; what the browser complains of is collected. */
export async function visit(browser: Browser, { site, article = ARTICLE, lang = 'en', hash = '', ...more }: Visit) {
  const { url } = inject('local');
  const context = more.context ?? (await browser.newContext(more.options));
  const page = await context.newPage();
  // That of the demo, so that what is tested is what is shipped.
  policy ??= readPolicy();
  const headers = { 'Content-Security-Policy': await policy };
  const body = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
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
  await commentField(page).fill(text);
  await page.getByLabel('Name').fill(name);
}

/** The bytes that a reader downloads. */
export const gzipSize = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length;

/** Opens the menu of a comment and chooses from it. */
export async function choose(page: Page, text: string, item: string): Promise<void> {
  await comment(page, text)
    .getByRole('button', { name: /^More actions/ })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
}
