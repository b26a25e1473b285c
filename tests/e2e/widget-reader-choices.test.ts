import { describe, expect, it } from 'vitest';
import { openBrowser, shows } from './browser.ts';

import { choose, comment, openSite, visit } from './widget-page.ts';

const focusedText = () => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '';

const browser = await openBrowser();

describe('what a reader chooses', () => {
  it('is the order of the comments, which the address keeps beside the page’s own query', async () => {
    const { site, post } = await openSite();
    await post('Said first');
    await post('Said last');
    const { page, context } = await visit(browser, { site, hash: '?p=123&q=a%20b' });
    await comment(page, 'Said last').waitFor();
    const entries = await page.evaluate(() => history.length);
    await page.getByLabel('Sort by').selectOption('oldest');
    const first = page.locator('article').first();
    await shows(() => first.textContent()).toContain('Said first');
    await shows(async () => new URL(page.url()).search).toBe('?p=123&q=a%20b&comments-sort=oldest');
    expect(await page.evaluate(() => history.length)).toBe(entries);

    const threads: string[] = [];
    page.on('request', (request) => request.url().includes('/thread?') && threads.push(request.url()));
    await page.reload();
    await shows(() => first.textContent()).toContain('Said first');
    expect(threads.map((address) => new URL(address).searchParams.get('sort'))).toEqual(['oldest']);
    expect(await page.getByLabel('Sort by').inputValue()).toBe('oldest');
    await page.goto('about:blank');
    await page.goBack();
    await shows(() => first.textContent()).toContain('Said first');

    await page.getByLabel('Sort by').selectOption('newest');
    await shows(async () => new URL(page.url()).search).toBe('?p=123&q=a%20b');
    await page.goto(page.url().replace(/\?.*/, '?comments-sort=<b>'));
    await comment(page, 'Said last').waitFor();
    expect(await page.getByLabel('Sort by').inputValue()).toBe('newest');
    await context.close();
  });

  it('is to ignore somebody: their comments fold to a line, there and at the next visit, until it is undone', async () => {
    const { site, post } = await openSite();
    const top = await post('Tiresome words');
    await post('Sound words', top.id);
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Sound words').waitFor();
    await choose(page, 'Tiresome words', 'Ignore Ada here');
    const lines = page.getByText('Ignored: ⁨Ada⁩');
    await shows(() => lines.count()).toBe(2);
    expect(await page.getByText('Tiresome words').isVisible()).toBe(false);
    expect(await page.evaluate(focusedText)).toBe('Show');
    await page.reload();
    await lines.first().waitFor();
    expect(await page.getByText('Tiresome words').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Show: Comment by Ada' }).first().press('Enter');
    await page.getByText('Tiresome words').waitFor();
    expect(await page.evaluate(focusedText)).toContain('Tiresome words');
    expect(await page.getByText('Sound words').isVisible()).toBe(false);
    await choose(page, 'Tiresome words', 'Stop ignoring Ada');
    await page.getByText('Sound words').waitFor();
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('ignored')))).toEqual([]);
    await context.close();
  });

  it('is to share a comment, where the browser knows where to', async () => {
    const { site, post } = await openSite();
    const { id } = await post('Worth sharing');
    const context = await browser.newContext();
    await context.addInitScript(() => {
      const share = (data: ShareData): Promise<void> => {
        Object.assign(window, { shared: data.url });
        return Promise.reject(new DOMException('Closed', 'AbortError'));
      };
      Object.defineProperty(navigator, 'share', { value: share });
    });
    const { page, complaints } = await visit(browser, { site, context });
    await choose(page, 'Worth sharing', 'Share…');
    const shared = () => page.evaluate(() => (window as unknown as { shared?: string }).shared);
    await shows(shared).toMatch(new RegExp(`/try/#comment-${id}$`));
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is made from a menu that stands before what follows it, far down the list as well', async () => {
    const { site, post } = await openSite();
    for (let n = 14; n >= 1; n--) await post(`Number ${n} from above.`);
    const { page, context } = await visit(browser, { site });
    const wanted = comment(page, 'Number 13 from above.');
    await wanted.getByRole('button', { name: /^More actions/ }).click();
    const last = page.getByRole('menuitem').last();
    await last.waitFor();
    const isOnTop = () =>
      last.evaluate((item) => {
        const { left, top, width, height } = item.getBoundingClientRect();
        const root = item.getRootNode() as ShadowRoot;
        return root.elementFromPoint(left + width / 2, top + height / 2) === item;
      });
    await shows(isOnTop).toBe(true);
    await page.keyboard.press('Escape');
    // At the end of the window there is room above the button alone.
    const more = wanted.getByRole('button', { name: /^More actions/ });
    await more.evaluate((button) => scrollBy(0, button.getBoundingClientRect().bottom - innerHeight + 10));
    await more.press('Enter');
    await shows(isOnTop).toBe(true);
    await last.click();
    await page.getByText('Ignored: ⁨Ada⁩').first().waitFor();
    await context.close();
  });

  it('is to see the exact time of a comment by keyboard, from the first moment', async () => {
    const { site, post } = await openSite();
    await post('Said just now');
    const { page, context } = await visit(browser, { site });
    const when = comment(page, 'Said just now').locator('.when');
    const shown = () => when.evaluate((link) => getComputedStyle(link, '::after').content);
    expect(await shown()).toBe('none');
    await page.keyboard.press('Tab');
    await when.focus();
    await shows(shown).toBe(JSON.stringify(await when.getAttribute('title')));
    expect(await when.getAttribute('title')).toMatch(/20\d\d at \d/);
    await context.close();
  });

  it('is to see what a deep reply answers, and to go there; a linked comment says its exact time', async () => {
    const { site, post } = await openSite();
    let id: string | null = null;
    for (const depth of [0, 1, 2, 3, 4, 5]) id = (await post(`Words at depth ${depth}`, id)).id;
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Words at depth 5').waitFor();
    const answered = comment(page, 'Words at depth 5').getByRole('link', { name: /^In reply to/ });
    expect(await answered.getAttribute('title')).toBe('Words at depth 4');
    await answered.click();
    await shows(() => page.evaluate(focusedText)).toContain('Words at depth 4');
    const time = page.locator('.highlit .when');
    // Written behind it, so that it is longer than its own words.
    const extra = (link: HTMLElement) => link.offsetWidth - (link.querySelector('time')?.offsetWidth ?? 0);
    await shows(() => time.evaluate(extra)).toBeGreaterThan(60);
    await context.close();
  });
});
