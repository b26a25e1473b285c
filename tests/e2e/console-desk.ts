import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { inject } from 'vitest';
import * as addresses from '../../src/contract/addresses.ts';
import type { OwnCommentView } from '../../src/contract/comment.ts';
import { ask } from './ask.ts';
import { shows } from './browser.ts';

const { url, operatorKey } = inject('local');

/** Long enough to be cut in a row, with what a comment may hold. */
const TEXTS = [
  'The night service was never profitable, and nobody asked it to be.',
  'هذا تعليق بالعربية عن العبّارة، مع كلمة English في الوسط.',
  `${'Nobody at the table pays for the delay, and so the talks go on. '.repeat(12)}\n\nSee https://example.org/report.`,
  '> The price will be passed on.\n\nBy whom? *Table 4* says the opposite:\n\n1. freight\n2. passengers',
  'Agreed.',
];

/** A page that must stay without faults: violated policies, uncaught errors, and requests to other hosts. */
export interface WatchedPage {
  page: Page;
  faults: string[];
}

/**
 * A newsroom of its own for one test: a site where every comment waits, an admin, a moderator, an article and
 * comments, oldest first as in `comments`.
 */
export async function openDesk(browser: Browser, options: { comments?: number } = {}) {
  const site = `desk-${randomBytes(6).toString('hex')}`;
  const article = 'ferry';
  await ask(operatorKey, addresses.createSite, { body: { id: site, name: 'The Desk', origins: [] } });
  await ask(operatorKey, addresses.changeSettings, { site, body: { moderation: 'pre' } });
  const fields = {
    url: `${url}/demo/`,
    headline: 'The ferry talks set out again, and what each side wants of the winter timetable this time',
    section: 'World news',
    publishedAt: '2026-11-23T06:00:00Z',
  };
  await ask(operatorKey, addresses.putArticle, { site, article, body: fields });

  const invite = async (name: string, role: 'moderator' | 'admin') => {
    const body = { email: `${name.toLowerCase()}@desk.example`, name, role };
    return (await ask(operatorKey, addresses.inviteModerator, { site, body })).signInUrl ?? '';
  };
  const links = { Ines: await invite('Ines', 'admin'), Mara: await invite('Mara', 'moderator') };

  const post = (authorName: string, text: string, network = '203.0.113.1', parentId?: string) => {
    const guestKey = randomBytes(32).toString('base64url');
    return ask(guestKey, addresses.postComment, { site, article, body: { authorName, body: text, parentId } }, network);
  };
  /** By somebody new each time. */
  const vote = (id: string, network = '203.0.113.50') => {
    const guestKey = randomBytes(32).toString('base64url');
    return ask(guestKey, addresses.voteComment, { site, article, id, body: { value: 1 } }, network);
  };
  const comments: OwnCommentView[] = [];
  for (let at = 0; at < (options.comments ?? 8); at += 1) {
    // Strangers may post 16 a minute from a network. The number keeps equal texts from being held as repeated.
    const network = `10.0.${Math.floor(at / 16)}.1`;
    comments.push(await post(`Reader ${at + 1}`, `${TEXTS[at % TEXTS.length]} (${at + 1})`, network));
  }

  /** A browser window of its own, signed in by link unless `link` is null. */
  async function open(name: keyof typeof links, context: BrowserContextOptions = {}): Promise<WatchedPage> {
    const watched = await openWindow(browser, context);
    await watched.page.goto(links[name]);
    await watched.page.getByRole('button', { name: `Sign in to ${site}` }).click();
    await watched.page.getByRole('article').first().waitFor();
    return watched;
  }

  return {
    site,
    links,
    comments,
    post,
    vote,
    open,
    address: (place: string) => `${url}/console/#/${site}/${place}`,
  };
}

export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // A refused request is reported here as well; refusals are what some of these tests are about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== url) faults.push(`asked ${origin}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return { page, faults };
}

/** The number beside a list. */
export const countOf = (page: Page, list: string) => () =>
  page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: list }).locator('.count').innerText();

export const rowOf = (page: Page, author: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: author, exact: true }) });

export const selectedAuthor = (page: Page) => () =>
  page.locator('article[aria-current="true"]').getByRole('heading', { level: 2 }).first().innerText();

/** A desk with one approved comment, on which one network has cast votes: six count, the rest is set aside. */
export async function openBurst(browser: Browser, votes: number): Promise<WatchedPage> {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  await page.keyboard.press('a');
  await shows(countOf(page, 'Approved')).toBe('1');
  for (let i = 0; i < votes; i += 1) await desk.vote(desk.comments[0]?.id ?? '');
  await page.goto(desk.address('approved'));
  await rowOf(page, 'Reader 1').waitFor();
  return { page, faults };
}
