import { describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openTurning, setHidden } from './widget-living.ts';
import { comment, openSite } from './widget-page.ts';

const focusedText = () => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '';

const browser = await openBrowser();

describe('a thread that stays open', () => {
  it('offers what came meanwhile, moves nothing, and shows it at a press', async () => {
    const { site, post } = await openSite();
    const top = await post('The first of all');
    await post('Another one');
    const { page, context, next } = await openTurning(browser, { site });
    await comment(page, 'Another one').waitFor();
    await page.evaluate(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: 'layout-shift' });
    });
    const placeOf = () => comment(page, 'The first of all').evaluate((element) => element.getBoundingClientRect().top);
    const before = await placeOf();
    await next();
    await post('An answer to the first', top.id);
    await post('The newest of all');
    await next();
    const bar = page.getByRole('button', { name: '2 new comments' });
    await bar.waitFor();
    expect(await page.locator('article').count()).toBe(2);
    expect(await placeOf()).toBe(before);
    expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
    expect(await page.locator('.spoken').textContent()).toBe('2 new comments');
    await page.getByRole('heading', { name: '4 Comments' }).waitFor();
    expect(await page.locator('[data-belowline-count]').textContent()).toBe('4 Comments');

    await bar.click();
    await comment(page, 'The newest of all').waitFor();
    expect(await page.locator('article').allTextContents()).toEqual([
      expect.stringContaining('The newest of all'),
      expect.stringContaining('Another one'),
      expect.stringContaining('The first of all'),
      expect.stringContaining('An answer to the first'),
    ]);
    expect(await page.evaluate(focusedText)).toContain('The newest of all');
    expect(await page.locator('.spoken').textContent()).toBe('2 more comments loaded.');
    expect(await bar.count()).toBe(0);
    await next();
    expect(await page.getByRole('button', { name: /new comment/ }).count()).toBe(0);
    await context.close();
  });

  it('asks every 20 seconds, then more and more seldom, not at all while it is hidden, and once on return', async () => {
    const { site, post } = await openSite();
    await post('All there is');
    const { page, context, next, addresses } = await openTurning(browser, { site });
    await comment(page, 'All there is').waitFor();
    await next();
    const pace: number[] = [];
    for (let n = 0; n < 8; n++) pace.push(await next());
    // The page's clock goes on by itself as well, and the test sees a question a moment after it was asked.
    const paces = [20, 20, 20, 40, 80, 160, 300, 300];
    for (const [n, seconds] of paces.entries()) {
      expect(pace[n], `question ${n}`).toBeGreaterThanOrEqual(seconds - 10);
      expect(pace[n], `question ${n}`).toBeLessThanOrEqual(seconds + 35);
    }

    await setHidden(page, true);
    const before = addresses.length;
    await page.clock.runFor(3_600_000);
    expect(addresses.length).toBe(before);
    await setHidden(page, false);
    expect(await next()).toBe(5);
    expect(addresses.length).toBe(before + 1);
    await context.close();
  });

  it('shows votes, edits and deletions in their places, but nothing under the focus until it has gone', async () => {
    const { site, post, remove, edit, vote, guestKey } = await openSite();
    const [ada, kim] = [guestKey(), guestKey()];
    const edited = await post('Not yet right', null, ada);
    const gone = await post('Soon gone', null, kim);
    const { page, context, next } = await openTurning(browser, { site });
    await comment(page, 'Soon gone').waitFor();
    const reply = comment(page, 'Not yet right').getByRole('button', { name: /^Reply/ });
    await reply.focus();
    await next();
    await vote(edited.id, 1);
    await edit(edited.id, ada, 'Right at last');
    await remove(gone.id, kim);
    await next();
    await page.getByText('No longer here').waitFor();
    expect(await page.getByText('Soon gone').count()).toBe(0);
    await page.getByRole('heading', { name: '1 Comment' }).waitFor();
    expect(await reply.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page
      .getByLabel('Sort by')
      .or(page.getByRole('button', { name: 'Write a comment' }))
      .first()
      .focus();
    await comment(page, 'Right at last').waitFor();
    await page.getByText('edited').waitFor();
    await vote(edited.id, 1);
    await next();
    await page.getByRole('button', { name: 'Agree (2)' }).waitFor();
    expect(await page.getByRole('button', { name: /new comment/ }).count()).toBe(0);
    await context.close();
  });

  it('keeps a reply that is being typed when its comment changes, and the first comment of all is offered, too', async () => {
    const { site, post, edit, guestKey } = await openSite();
    const { page, context, next } = await openTurning(browser, { site });
    await page.getByText('No comments yet.').waitFor();
    await next();
    const ada = guestKey();
    const first = await post('The first', null, ada);
    await next();
    await page.getByRole('button', { name: '1 new comment' }).click();
    await comment(page, 'The first').waitFor();
    expect(await page.getByText('No comments yet.').count()).toBe(0);
    await comment(page, 'The first')
      .getByRole('button', { name: /^Reply/ })
      .click();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await field.fill('Half a sen');
    await edit(first.id, ada, 'The first, in better words');
    await next();
    await field.press('x');
    expect(await field.inputValue()).toBe('Half a senx');
    expect(await page.getByText('in better words').count()).toBe(0);
    await page.getByRole('textbox', { name: 'Comment' }).focus();
    await page.getByText('in better words').waitFor();
    expect(await field.inputValue()).toBe('Half a senx');
    await context.close();
  });

  it('waits as long as a refusal says, and stops when the element is taken out', async () => {
    const { site, post } = await openSite();
    await post('All there is');
    const { page, context, next, addresses } = await openTurning(browser, { site });
    await comment(page, 'All there is').waitFor();
    await next();
    const refusal = { type: 'about:blank', title: 'Slow down', status: 429, reason: 'rate-limited' };
    await page.route(
      '**/thread?*',
      (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '100' }, json: refusal }),
      {
        times: 1,
      },
    );
    await next();
    expect(await next()).toBeGreaterThanOrEqual(95);
    await comment(page, 'All there is').waitFor();
    await page.locator('belowline-comments').evaluate((element) => element.remove());
    const before = addresses.length;
    await page.clock.runFor(3_600_000);
    expect(addresses.length).toBe(before);
    await context.close();
  });

  it('finds new replies behind the first five, and new comments in another order than the newest first', async () => {
    const { site, post } = await openSite();
    const top = await post('The question');
    for (let n = 1; n <= 6; n++) await post(`Answer ${n}`, top.id);
    await post('Another question');
    const { page, context, next } = await openTurning(browser, { site, hash: '?comments-sort=oldest' });
    await page.getByRole('button', { name: 'Show 1 more reply' }).click();
    await comment(page, 'Answer 6').waitFor();
    await next();
    await post('Answer 7', top.id);
    await post('The last question');
    await next();
    await page.getByRole('button', { name: '2 new comments' }).click();
    await comment(page, 'The last question').waitFor();
    const texts = await page.locator('article .body').allTextContents();
    expect(texts.slice(5)).toEqual(['Answer 5', 'Answer 6', 'Answer 7', 'Another question', 'The last question']);
    expect(await page.evaluate(focusedText)).toContain('Answer 7');
    await context.close();
  });

  it('says how many replies wait behind their button, without offering them as new', async () => {
    const { site, post } = await openSite();
    const top = await post('The question');
    for (let n = 1; n <= 6; n++) await post(`Answer ${n}`, top.id);
    const { page, context, next } = await openTurning(browser, { site });
    await page.getByRole('button', { name: 'Show 1 more reply' }).waitFor();
    await next();
    await post('Answer 7', top.id);
    await next();
    await page.getByRole('button', { name: 'Show 2 more replies' }).waitFor();
    expect(await page.getByRole('button', { name: /new comment/ }).count()).toBe(0);
    await context.close();
  });

  it('asks again after an answer that makes no sense, and no sooner than a day after a wait of a month', async () => {
    const { site, post } = await openSite();
    await post('All there is');
    const { page, context, next } = await openTurning(browser, { site });
    await comment(page, 'All there is').waitFor();
    await next();
    for (const json of [null, { comments: null }, { article: null, comments: [{ body: [null] }] }]) {
      await page.route('**/thread?*', (route) => route.fulfill({ json }), { times: 1 });
      expect(await next()).toBeGreaterThan(0);
    }
    const refusal = { type: 'about:blank', title: 'Slow down', status: 429, reason: 'rate-limited' };
    await page.route(
      '**/thread?*',
      (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '2592000' }, json: refusal }),
      { times: 1 },
    );
    expect(await next()).toBeGreaterThan(0);
    expect(await next()).toBeNaN();
    await context.close();
  });
});
