import type { Browser, Frame, Locator } from 'playwright-core';
import { expect, inject } from 'vitest';
import { openSite } from '../widget-page.ts';
import { type Host, openHost } from './host-page.ts';
import { shiftsOf } from './layout-shift.ts';

/** The most that a page may shift without an act of its reader. */
export const MOST_SHIFT = 0.01;

/** Several browsers may share the machine. */
const SOON = { timeout: 10_000 };

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const articleWith = (widget: Locator, text: string): Locator =>
  widget.locator('article').filter({ hasText: text }).last();

const hasOrigin = ({ sandbox }: Host): boolean => sandbox?.includes('allow-same-origin') ?? true;

/** How far the beginning of the comments is from the top of the window, in pixels. */
const topOf = (frame: Frame): Promise<number> =>
  frame.locator('#comments').evaluate((element) => Math.abs(Math.round(element.getBoundingClientRect().top)));

/** The reader came by `#comments`: the heading is at the top, and nothing has moved. */
async function arrive(host: Host, frame: Frame, widget: Locator): Promise<void> {
  if (host.hash) await widget.evaluate((element) => element.scrollIntoView());
  await articleWith(widget, 'The oldest').waitFor({ state: 'attached' });
  await widget.locator('.form-place').waitFor({ state: 'attached' });
  await expect.poll(() => topOf(frame), SOON).toBe(0);
  // A frame of another process is first drawn before it has its size: any page moves then.
  const { total, moved } = await shiftsOf(frame, hasOrigin(host) ? 'the page' : 'the script');
  expect(total, moved.join('\n')).toBeLessThanOrEqual(MOST_SHIFT);
}

/** Text that can be read, in a widget as wide as there is room. */
async function read(frame: Frame, widget: Locator): Promise<void> {
  const text = articleWith(widget, 'The oldest').locator('.body');
  await text.scrollIntoViewIfNeeded();
  const { width, ...looks } = await text.evaluate((element) => {
    const { fontSize, letterSpacing, textTransform, textIndent, webkitTextFillColor, color } =
      getComputedStyle(element);
    const isSeen = webkitTextFillColor === color;
    const { width } = element.getBoundingClientRect();
    return { width, size: Number.parseFloat(fontSize), letterSpacing, textTransform, textIndent, isSeen };
  });
  expect(width).toBeGreaterThan(250);
  expect(looks.size).toBeGreaterThanOrEqual(14);
  expect(looks).toMatchObject({ letterSpacing: 'normal', textTransform: 'none', textIndent: '0px', isSeen: true });
  expect(await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

/** A comment's time leads to it in this page, and Back leads back. */
async function followLink(frame: Frame, widget: Locator): Promise<void> {
  const before = frame.url();
  const oldest = articleWith(widget, 'The oldest');
  await oldest.locator('a.when').click();
  await expect.poll(() => widget.locator('.highlit').textContent(), SOON).toContain('The oldest');
  const id = ((await oldest.getAttribute('id')) ?? '').replace('comment-', '');
  expect(frame.url()).toContain(id);
  await frame.evaluate(() => history.back());
  await expect.poll(() => frame.url(), SOON).toBe(before);
  await expect.poll(() => widget.locator('.highlit').count(), SOON).toBe(0);
}

async function sort(widget: Locator): Promise<void> {
  await widget.getByLabel('Sort by').selectOption('oldest');
  await expect.poll(() => widget.locator('article').first().textContent(), SOON).toContain('The oldest');
}

async function write(widget: Locator): Promise<void> {
  const oldest = articleWith(widget, 'The oldest');
  await oldest.getByRole('button', { name: /^Reply:/ }).click();
  // Key by key, since a page may take some of them for itself.
  await oldest.getByRole('textbox', { name: 'Reply' }).pressSequentially('A reply from this page?');
  await oldest.getByLabel('Name').fill('Grace');
  await oldest.getByRole('button', { name: 'Post Reply' }).click();
  await widget.locator('li li article', { hasText: 'A reply from this page?' }).waitFor();

  const form = widget.locator('.form-place');
  await form.getByRole('textbox', { name: 'Comment' }).fill('A comment from this page');
  await form.getByLabel('Name').fill('Grace');
  await form.getByRole('button', { name: 'Post Comment' }).click();
  const own = articleWith(widget, 'A comment from this page');
  await own.waitFor();

  await own.getByRole('button', { name: /^Edit:/ }).click();
  await own.getByRole('textbox', { name: 'Comment' }).fill('A comment that was changed');
  await own.getByRole('button', { name: 'Save changes' }).click();
  await articleWith(widget, 'A comment that was changed').locator('.body').waitFor();
}

async function reportAndVote(widget: Locator): Promise<void> {
  const newest = articleWith(widget, 'The newest');
  await newest.getByRole('button', { name: /^More actions/ }).click();
  await newest.getByRole('menuitem', { name: 'Report' }).click();
  await newest.getByLabel('It is advertising or spam').check();
  await newest.getByRole('button', { name: 'Send report' }).click();
  await newest.getByText('Thank you. A moderator will look at it.').waitFor();
  const agree = newest.getByRole('button', { name: /^Agree/ });
  await agree.click();
  await expect.poll(() => agree.getAttribute('aria-pressed'), SOON).toBe('true');
}

/** The whole way of a reader through a publisher's page. */
export async function walk(browser: Browser, host: Host): Promise<void> {
  const { url } = inject('local');
  // A frame without an origin may write where a site names none.
  const { site, post, putArticle, guestKey } = await openSite(hasOrigin(host) ? {} : { origins: [] }, {
    url: `${url}/hosts/page.html`,
  });
  await putArticle('harbour', { headline: 'The harbour' });
  await post('Said of the harbour', null, guestKey(), 'harbour');
  const oldest = await post('The oldest comment here');
  await post('An answer to it', oldest.id);
  await post('The newest comment here');

  const phone = await openHost(browser, host, site, PHONE);
  await arrive(host, phone.frame, phone.frame.locator('belowline-comments').first());
  expect(phone.complaints).toEqual([]);
  await phone.context.close();

  const { context, frame, complaints } = await openHost(browser, host, site);
  const widget = frame.locator('belowline-comments').first();
  await arrive(host, frame, widget);
  await read(frame, widget);
  await followLink(frame, widget);
  await sort(widget);
  await write(widget);
  await reportAndVote(widget);
  expect(complaints).toEqual([]);
  await context.close();
}
