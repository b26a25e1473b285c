import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { comment, limitPages, openSite, visit } from './widget-page.ts';

const focusedText = () => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '';

const siblings = (page: Page) => page.locator('.siblings');

const browser = await openBrowser();

describe('a permalink with the widget', () => {
  /** A page that has only the newest comment, so that each link to another needs its own reading. */
  const follow = async (site: string, id: string, query = '') => {
    const context = await browser.newContext();
    await limitPages(context, 1);
    return visit(browser, { site, context, hash: `${query}#comment-${id}` });
  };

  it('shows the other replies to the same comment below the conversation, and leads to each by keyboard', async () => {
    const { site, post } = await openSite();
    const top = await post('The question');
    const answers = [];
    for (let n = 1; n <= 6; n++) answers.push(await post(`Answer ${n}`, top.id));
    await post('Below the first answer', answers[0]?.id);
    await post('Below the third answer', answers[2]?.id);
    await post('Something else');
    const { page, context, complaints } = await follow(site, answers[2]?.id ?? '');
    await comment(page, 'Below the third answer').waitFor();
    await page.getByRole('heading', { name: 'Other replies to Ada' }).waitFor();
    expect(await siblings(page).getByRole('article').locator('.body').allTextContents()).toEqual(
      [1, 2, 4, 5, 6].map((n) => `Answer ${n}`),
    );
    expect(await page.locator('belowline-comments .list').first().textContent()).not.toContain('Answer 1');

    await siblings(page).getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await comment(page, 'Below the first answer').waitFor();
    expect(new URL(page.url()).hash).toBe(`#comment-${answers[0]?.id}`);
    await expect.poll(() => page.evaluate(focusedText)).toContain('Answer 1');
    expect(await page.locator('.highlit').textContent()).toContain('Answer 1');
    expect(await siblings(page).locator('.body').allTextContents()).toEqual([2, 3, 4].map((n) => `Answer ${n}`));

    await page.goBack();
    await comment(page, 'Below the third answer').waitFor();
    await page.getByRole('button', { name: 'Show all comments' }).click();
    await comment(page, 'Something else').waitFor();
    expect(await siblings(page).isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows the neighbours of a top-level comment, and nothing where there are none', async () => {
    const { site, post } = await openSite();
    const first = await post('The first');
    const only = await post('The only answer', first.id);
    await post('The second');
    await post('The third');
    const { page, context } = await follow(site, first.id);
    await page.getByRole('heading', { name: 'Other comments' }).waitFor();
    expect(await siblings(page).locator('.body').allTextContents()).toEqual(['The third', 'The second']);
    await page.evaluate((hash) => location.assign(hash), `#comment-${only.id}`);
    await expect.poll(() => page.locator('.highlit').textContent()).toContain('The only answer');
    await page.reload();
    await expect.poll(() => page.locator('.highlit').textContent()).toContain('The only answer');
    expect(await siblings(page).isVisible()).toBe(false);
    await context.close();
  });

  it.each([
    ['', ['Fourth', 'Third', 'First']],
    ['?comments-sort=oldest', ['First', 'Third', 'Fourth']],
    ['?comments-sort=top', ['Third', 'Fourth', 'First']],
  ])(
    'shows other comments in the order that is chosen, and replies in that of the thread: %j',
    async (query, order) => {
      const { site, post, vote } = await openSite();
      const tops = [];
      for (const text of ['First', 'Second', 'Third', 'Fourth']) tops.push(await post(text));
      const answers = [];
      for (let n = 1; n <= 3; n++) answers.push(await post(`Answer ${n}`, tops[1]?.id));
      await vote(tops[2]?.id ?? '', 1);
      await vote(answers[2]?.id ?? '', 1);
      const { page, context } = await follow(site, tops[1]?.id ?? '', query);
      await page.getByRole('heading', { name: 'Other comments' }).waitFor();
      expect(await siblings(page).locator('.body').allTextContents()).toEqual(order);
      await page.evaluate((hash) => location.assign(hash), `#comment-${answers[0]?.id}`);
      await page.reload();
      await page.getByRole('heading', { name: 'Other replies to Ada' }).waitFor();
      expect(await siblings(page).locator('.body').allTextContents()).toEqual(['Answer 2', 'Answer 3']);
      await context.close();
    },
  );

  it('names nobody where the others answer a comment that is gone', async () => {
    const { site, post, remove, guestKey } = await openSite();
    const guest = guestKey();
    const gone = await post('Soon gone', null, guest);
    const answer = await post('An answer', gone.id);
    await post('Another answer', gone.id);
    await remove(gone.id, guest);
    await post('The newest');
    const { page, context } = await follow(site, answer.id);
    await page.getByRole('heading', { name: 'Other comments' }).waitFor();
    expect(await siblings(page).locator('.body').allTextContents()).toEqual(['Another answer']);
    await context.close();
  });

  it('puts a reply to one of the others below it', async () => {
    const { site, post } = await openSite();
    const top = await post('The question');
    const answer = await post('Answer 1', top.id);
    await post('Answer 2', top.id);
    await post('The newest');
    const { page, context } = await follow(site, answer.id);
    await siblings(page)
      .getByRole('button', { name: /^Reply:/ })
      .click();
    await siblings(page).getByRole('textbox', { name: 'Reply' }).fill('To the second');
    await siblings(page).getByLabel('Name').fill('Grace');
    await siblings(page).getByRole('button', { name: 'Post Reply' }).click();
    await siblings(page).locator('li li', { hasText: 'To the second' }).waitFor();
    await context.close();
  });

  it('leads to its own thread of two on a page, and the other says nothing of it', async () => {
    const { site, putArticle, post, guestKey } = await openSite();
    await putArticle('harbour', { headline: 'The harbour' });
    await post('Said of the ferry');
    const { id } = await post('Said of the harbour', null, guestKey(), 'harbour');
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Said of the ferry').waitFor();
    await page.evaluate(() => {
      const other = document.querySelector('belowline-comments')?.cloneNode() as Element;
      other.setAttribute('article', 'harbour');
      document.querySelector('main')?.insertAdjacentElement('beforeend', other);
    });
    await comment(page, 'Said of the harbour').waitFor();

    const unknown = page.waitForResponse((response) => response.url().endsWith(`/articles/ferry/comments/${id}`));
    await page.evaluate((hash) => location.assign(hash), `#comment-${id}`);
    expect((await unknown).status()).toBe(404);
    await expect.poll(() => page.locator('.highlit').textContent()).toContain('Said of the harbour');
    expect(await page.getByText('is not here any more').isVisible()).toBe(false);
    await context.close();
  });

  it('shows a conversation alone, though more comments come that were asked for before it', async () => {
    const { site, post } = await openSite();
    const linked = await post('The linked one');
    for (const text of ['Two', 'Three']) await post(text);
    const context = await browser.newContext();
    await limitPages(context, 1);
    const { page } = await visit(browser, { site, context });
    await comment(page, 'Three').waitFor();
    let answer: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/thread?*cursor=*', async (route) => {
      await held;
      await route.fallback();
    });
    const asked = page.waitForRequest('**/thread?*cursor=*');
    await page.getByRole('button', { name: 'Load more comments' }).click();
    await asked;
    await page.evaluate((hash) => location.assign(hash), `#comment-${linked.id}`);
    await page.getByRole('heading', { name: 'Other comments' }).waitFor();
    const answered = page.waitForResponse('**/thread?*cursor=*');
    answer();
    await (await answered).finished();
    // What comes of the answer comes before this one's.
    await page.evaluate(() => fetch('/belowline.js').then((response) => response.text()));
    expect(await page.locator('.list').first().getByRole('article').count()).toBe(1);
    await context.close();
  });
});
