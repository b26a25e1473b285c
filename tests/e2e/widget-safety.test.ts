import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { reading as arabic } from '../../src/widget/texts/ar.ts';
import { reading as english } from '../../src/widget/texts/en.ts';
import { accessibilityFaults } from './accessibility.ts';
import { openBrowser } from './browser.ts';
import { choose, comment, gzipSize, openSite, postButton, visit, write } from './widget-page.ts';

/** The widget stands in every article of a publisher: what it weighs, they pay. */
const MOST_BYTES = 15_500;

const browser = await openBrowser();

describe('the widget as a guest in a page', () => {
  it(`weighs at most ${MOST_BYTES} bytes over the wire`, async () => {
    const response = await fetch(`${inject('local').url}/belowline.js`);
    expect(gzipSize(new Uint8Array(await response.arrayBuffer()))).toBeLessThanOrEqual(MOST_BYTES);
  });

  it('breaks no Content Security Policy or Trusted Types rule and asks no other host', async () => {
    const { site, post } = await openSite();
    await post('> quoted\n\n1. **one**\n2. [two](https://news.example/two) `code`\n\n```\nblock\n```');
    const { page, context, complaints, hosts } = await visit(browser, { site });
    await comment(page, 'quoted').waitFor();
    await write(page, '<img src=x onerror=alert(1)> [x](javascript:alert(1))');
    await page.getByRole('tab', { name: 'Preview' }).click();
    await page.getByRole('tabpanel', { name: 'Preview' }).getByText('<img').waitFor();
    await postButton(page).click();
    await comment(page, '<img').waitFor();
    await page
      .getByRole('button', { name: /^Reply:/ })
      .first()
      .click();
    await choose(page, 'quoted', 'Report');
    expect(await page.locator('article img').count()).toBe(0);
    expect(await page.locator('article a[href^="javascript"]').count()).toBe(0);
    expect(await page.locator('belowline-comments [style]:not(.avatar)').count()).toBe(0);
    expect(
      await page.evaluate(
        () => document.querySelector('belowline-comments')?.shadowRoot?.querySelectorAll('style').length,
      ),
    ).toBe(0);
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([inject('local').url]);
    await context.close();
  });

  it('makes a link of http and https alone, whatever it is sent', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    const link = (href: string) => ({ t: 'a', href, c: [href] });
    const addresses = ['https://news.example/', 'HTTP://news.example/', 'mailto:a@news.example', 'javascript:alert(1)'];
    const body = [{ t: 'p', c: addresses.map(link) }];
    await page.route('**/preview', (route) => route.fulfill({ json: { body } }));
    await write(page, 'Anything');
    await page.getByRole('tab', { name: 'Preview' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Preview' });
    await panel.getByText('mailto:').waitFor();
    expect(await panel.locator('a').allTextContents()).toEqual(addresses.slice(0, 2));
    await context.close();
  });

  it('leaves nothing in the browser of somebody who only reads, and asks nobody else', async () => {
    const { site, post } = await openSite();
    const { id } = await post('Read me');
    for (let n = 1; n <= 6; n++) await post(`Answer ${n}`, id);
    const { page, context, hosts } = await visit(browser, { site });
    await comment(page, 'Read me').waitFor();
    await page.getByRole('button', { name: 'Show 1 more reply' }).click();
    await comment(page, 'Answer 6').waitFor();
    await comment(page, 'Answer 6').locator('.when').click();
    await page.locator('.highlit').waitFor();
    await page.getByLabel('Sort by').selectOption('top');
    await page.goto(`${inject('local').url}/v1/sites/${site}/articles/ferry/comments.html`);
    await page.getByText('Read me').waitFor();
    const kept = await page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: await indexedDB.databases(),
      cookie: document.cookie,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
    expect(kept).toEqual({ local: [], session: [], databases: [], cookie: '', workers: 0 });
    expect(await context.cookies()).toEqual([]);
    expect([...hosts]).toEqual([inject('local').url]);
    await context.close();
  });

  it('takes what another page of the origin has stored for what it is, or for nothing', async () => {
    const { site, post } = await openSite();
    await post('Still here');
    const context = await browser.newContext();
    await context.addInitScript((id) => {
      localStorage[`belowline:deleted:${id}`] = '{"at":9e15,"ids":{}}';
      localStorage[`belowline:guest:${id}`] = 'A'.repeat(43);
      localStorage[`belowline:draft:${id}:ferry::abc`] = '{"body":{"a":1},"at":1}';
      localStorage[`belowline:ignored:${id}`] = '{"__proto__":1}';
    }, site);
    const { page, complaints } = await visit(browser, { site, context, hash: '' });
    await comment(page, 'Still here').waitFor();
    await page.evaluate(() => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
      const place = document.body.appendChild(document.createElement('b'));
      Object.assign(place.dataset, { belowlineCount: 'ferry', belowlineCountForm: 'constructor' });
      place.textContent = 'As it was';
    });
    await write(page, 'A word of mine');
    await page.evaluate((id) => {
      const key = Object.keys(localStorage).findLast((name) => name.startsWith(`belowline:draft:${id}`)) ?? '';
      dispatchEvent(new StorageEvent('storage', { key, newValue: '{x' }));
    }, site);
    await postButton(page).click();
    await comment(page, 'A word of mine').waitFor();
    expect(await page.locator('b').innerText()).toBe('As it was');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('works where localStorage is forbidden', async () => {
    const { site } = await openSite({ moderation: 'pre' });
    const context = await browser.newContext();
    await context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('Forbidden', 'SecurityError');
        },
      });
    });
    const { page, complaints } = await visit(browser, { site, context });
    await write(page, 'Nowhere to keep this');
    await postButton(page).click();
    await page.getByText('Waiting for a moderator. Only you can see this.').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  const LOOKS: [string, 'all' | 'of looks', BrowserContextOptions][] = [
    ['light', 'all', { colorScheme: 'light' }],
    ['dark', 'of looks', { colorScheme: 'dark' }],
    ['on a phone', 'all', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
    ['with forced colors', 'of looks', { forcedColors: 'active' }],
  ];
  it('has no accessibility fault that axe knows on a phone, where a comment waits, is edited and one is missing', async () => {
    const { site } = await openSite({ moderation: 'pre' });
    const options = {
      reducedMotion: 'reduce',
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    } as const;
    const { page, context } = await visit(browser, { site, options });
    await write(page, 'A comment that waits');
    await postButton(page).click();
    await page.getByText('Waiting for a moderator').waitFor();
    await page.getByRole('button', { name: /^Edit:/ }).click();
    await page.getByRole('button', { name: 'Save changes' }).waitFor();
    await postButton(page).click();
    await page.getByText('Write your comment first.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await context.close();
  });

  it.each(LOOKS)('stands without a fault under the demo article: %s', async (_look, rules, options) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    for (const [path, name] of [
      ['/demo/', english.comment],
      ['/demo/rtl.html', arabic.comment],
    ] as const) {
      await page.goto(inject('local').url + path);
      await page.locator('belowline-comments').scrollIntoViewIfNeeded();
      await page.getByRole('textbox', { name, exact: true }).waitFor();
      expect(await accessibilityFaults(page, rules)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(width).toBeLessThanOrEqual(0);
    }
    await context.close();
  });
});
