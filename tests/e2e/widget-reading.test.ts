import { describe, expect, inject, it } from 'vitest';
import { openBrowser, shows } from './browser.ts';

import { choose, comment, limitPages, openSite, visit } from './widget-page.ts';

const focusedText = () => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '';

const browser = await openBrowser();

describe('reading with the widget', () => {
  it('nests replies in lists, labels each comment and gives its time', async () => {
    const { site, post } = await openSite();
    const top = await post('The top');
    const reply = await post('A reply', top.id);
    await post('A reply to the reply', reply.id);
    const { page, context } = await visit(browser, { site });
    await comment(page, 'A reply to the reply').waitFor();
    expect(await page.locator('ol.list > li > ol > li > ol > li > article').textContent()).toContain(
      'A reply to the reply',
    );
    const article = page.getByRole('article', { name: /^Ada/ });
    expect(await article.count()).toBe(3);
    const time = comment(page, 'A reply to the reply').locator('time');
    expect(await time.getAttribute('datetime')).toMatch(/^20\d\d-/);
    expect(await time.locator('..').getAttribute('title')).toMatch(/20\d\d/);
    expect(await page.locator('[data-belowline-count]').textContent()).toBe('3 Comments');
    await context.close();
  });

  it('shows the beginning of a long comment, and the whole at a press of a key', async () => {
    const { site, post } = await openSite();
    await post(`${'The crossing took a whole night. '.repeat(60)}And then we saw the harbour.`);
    await post('A short one');
    const { page, context } = await visit(browser, { site });
    const more = page.getByRole('button', { name: 'Read more: Comment by Ada' });
    await more.waitFor();
    expect(await more.count()).toBe(1);
    expect(await more.textContent()).toBe('Read more');
    const long = comment(page, 'The crossing took a whole night.');
    expect(await long.textContent()).not.toContain('harbour');
    // A failure is told below the comment, and the beginning stays.
    await context.setOffline(true);
    await more.focus();
    await page.keyboard.press('Enter');
    await long.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
    await context.setOffline(false);
    await page.keyboard.press('Enter');
    await comment(page, 'And then we saw the harbour.').waitFor();
    expect(await more.count()).toBe(0);
    expect(await page.evaluate(focusedText)).toContain('And then we saw the harbour.');
    await context.close();
  });

  it('begins when its attributes are set after it was put into the page, and follows their change', async () => {
    const { site, putArticle, post, guestKey } = await openSite();
    await putArticle('harbour', { headline: 'The harbour' });
    await post('Said of the ferry');
    await post('Said of the harbour', null, guestKey(), 'harbour');
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Said of the ferry').waitFor();
    await page.evaluate(() => {
      const empty = document.createElement('belowline-comments');
      document.querySelector('belowline-comments')?.replaceWith(empty);
    });
    await comment(page, 'Said of the ferry').waitFor({ state: 'detached' });
    expect(await page.locator('belowline-comments').innerText()).toBe('');
    const place = page.locator('belowline-comments');
    await place.evaluate((element, id) => {
      element.setAttribute('site', id);
      element.setAttribute('article', 'ferry');
    }, site);
    await comment(page, 'Said of the ferry').waitFor();
    await place.evaluate((element) => element.setAttribute('article', 'harbour'));
    await comment(page, 'Said of the harbour').waitFor();
    expect(await page.getByText('Said of the ferry').count()).toBe(0);
    await context.close();
  });

  it('takes attributes with spaces around them', async () => {
    const { site, post } = await openSite();
    await post('Under a key with spaces');
    const { page, context } = await visit(browser, { site: ` ${site} `, article: ' ferry ' });
    await comment(page, 'Under a key with spaces').waitFor();
    await context.close();
  });

  it('folds a conversation and unfolds it', async () => {
    const { site, post } = await openSite();
    const top = await post('The top');
    await post('A reply', top.id);
    const { page, context } = await visit(browser, { site });
    const reply = page.getByText('A reply');
    await reply.waitFor();
    await page.getByRole('button', { name: 'Collapse this conversation' }).click();
    expect(await reply.isVisible()).toBe(false);
    await page.getByText('1 reply hidden').waitFor();
    await page.getByRole('button', { name: 'Expand this conversation' }).click();
    expect(await reply.isVisible()).toBe(true);
    await context.close();
  });

  it('loads more comments and moves the focus to the first new one', async () => {
    const { site, post } = await openSite();
    for (let n = 1; n <= 5; n++) await post(`Number ${n} of many`);
    const context = await browser.newContext();
    await limitPages(context, 3);
    const { page } = await visit(browser, { site, context });
    await comment(page, 'Number 5 of many').waitFor();
    expect(await page.locator('article').count()).toBe(3);
    await page.getByRole('button', { name: 'Load more comments' }).click();
    await comment(page, 'Number 1 of many').waitFor();
    await expect.poll(() => page.evaluate(focusedText)).toContain('Number 2 of many');
    expect(await page.getByRole('button', { name: 'Load more comments' }).count()).toBe(0);
    await page.getByLabel('Sort by').selectOption('oldest');
    await expect.poll(() => page.locator('article').first().textContent()).toContain('Number 1 of many');
    await context.close();
  });

  it('follows a permalink to a comment that the first page does not have, and leads back', async () => {
    const { site, post } = await openSite();
    const top = await post('The beginning');
    const reply = await post('The answer', top.id);
    const wanted = await post('The wanted one', reply.id);
    await post('Below it', wanted.id);
    for (let n = 1; n <= 3; n++) await post(`Later ${n}`);
    const context = await browser.newContext();
    await limitPages(context, 3);
    const { page } = await visit(browser, { site, context, hash: `#comment-${wanted.id}` });
    await comment(page, 'The wanted one').waitFor();
    await expect.poll(() => page.evaluate(focusedText)).toContain('The wanted one');
    expect(await page.locator('article').count()).toBe(4);
    expect(await page.locator('.highlit').textContent()).toContain('The wanted one');
    await page.getByRole('button', { name: 'Show all comments' }).click();
    await comment(page, 'Later 3').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    const near = await page
      .getByRole('link', { name: /ago|now/ })
      .first()
      .getAttribute('href');
    await page.evaluate((address) => location.assign(address ?? ''), near);
    await expect.poll(() => page.locator('.highlit').textContent()).toContain('Later 3');
    expect(await page.locator('article').count()).toBe(3);
    await context.close();
  });

  it('says so when the comment of a permalink is gone', async () => {
    const { site, post } = await openSite();
    await post('Still here');
    const { page, context } = await visit(browser, { site, hash: '#comment-0000000000000000' });
    await page.getByText('The comment that this link leads to is not here any more.').waitFor();
    await comment(page, 'Still here').waitFor();
    await context.close();
  });

  it('keeps the replies of a deleted comment under a tombstone', async () => {
    const { site, post, remove, guestKey } = await openSite();
    const guest = guestKey();
    const gone = await post('Soon gone', null, guest);
    await post('Still attached', gone.id);
    await remove(gone.id, guest);
    const { page, context } = await visit(browser, { site });
    await page.getByText('Deleted by its author').waitFor();
    expect(await page.locator('li:has(> .tombstone) li').textContent()).toContain('Still attached');
    expect(await page.getByText('Soon gone').count()).toBe(0);
    await context.close();
  });

  it('shows a vote at once, remembers it, and takes it back when the server refuses', async () => {
    const { site, post } = await openSite();
    await post('Worth a vote');
    const { page, context } = await visit(browser, { site });
    const up = page.getByRole('button', { name: /^Agree/ });
    await up.click();
    await expect.poll(() => up.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Agree (1)' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Agree (1)', pressed: true }).waitFor();
    await page.route('**/vote', (route) => route.abort());
    await page.getByRole('button', { name: /^Disagree/ }).click();
    await page.getByText('The comments cannot be reached.').waitFor();
    expect(await up.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Disagree (0)' }).waitFor();
    await context.close();
  });

  it('sends a report with a reason', async () => {
    const { site, post } = await openSite();
    await post('Something to report');
    const { page, context } = await visit(browser, { site });
    await choose(page, 'Something to report', 'Report');
    await page.getByRole('button', { name: 'Send report' }).click();
    await page.getByText('Choose a reason first.').waitFor();
    await page.getByLabel('It is advertising or spam').check();
    await page.getByRole('button', { name: 'Send report' }).click();
    await page.getByText('Thank you. A moderator will look at it.').waitFor();
    await context.close();
  });

  it('offers to try again when the thread cannot be read', async () => {
    const { site, post } = await openSite();
    await post('Here after all');
    const context = await browser.newContext();
    await context.route('**/thread?*', (route) => route.abort());
    const { page } = await visit(browser, { site, context });
    await page.getByText('The comments cannot be reached.').waitFor();
    await context.unroute('**/thread?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await comment(page, 'Here after all').waitFor();
    await context.close();
  });

  it('offers to try again after an answer that makes no sense, and with an address that cannot be asked', async () => {
    const { site, post } = await openSite();
    await post('Here after all');
    const context = await browser.newContext();
    for (const json of [null, {}, { article: { commentCount: 1 }, rules: {}, comments: [{ body: [null] }] }])
      await context.route('**/thread?*', (route) => route.fulfill({ json }), { times: 1 });
    const { page } = await visit(browser, { site, context });
    for (let n = 0; n < 3; n++) {
      await page.getByText('The comments have a problem at the moment.').waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
    }
    await comment(page, 'Here after all').waitFor();
    const element = page.locator('belowline-comments');
    for (const [name, value] of [
      ['article', 'a\ud800b'],
      ['api', 'http://localhost:1/"x'],
    ] as const) {
      await element.evaluate((one, [key, text]) => one.setAttribute(key, text), [name, value] as const);
      await page.getByText('The comments cannot be reached.').waitFor();
      await element.evaluate(
        (one, key) => (key === 'api' ? one.removeAttribute(key) : one.setAttribute(key, 'ferry')),
        name,
      );
      await comment(page, 'Here after all').waitFor();
    }
    await context.close();
  });

  it('says for how long a network may not read, of a thread and of a linked comment, and offers to try again', async () => {
    const { site, post } = await openSite();
    const linked = await post('Here all the time');
    const context = await browser.newContext();
    const detail = 'Too much was asked for from your network. Try again in 40 sec.';
    const refuse = { status: 429, headers: { 'Retry-After': '40' }, json: { reason: 'rate-limited', detail: 'No.' } };
    await context.route('**/thread?*', (route) => route.fulfill(refuse));
    const { page } = await visit(browser, { site, context });
    await page.getByText(detail).waitFor();
    await context.unroute('**/thread?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await comment(page, 'Here all the time').waitFor();
    await context.route('**/comments/*', (route) => route.fulfill(refuse));
    const other = linked.id.slice(0, -4) + (linked.id.endsWith('0000') ? '1111' : '0000');
    await page.evaluate((id) => {
      location.hash = `comment-${id}`;
    }, other);
    await page.getByText(detail).waitFor();
    await context.close();
  });

  it('fills the count on the article and reads the thread only when it comes near', async () => {
    const { url } = inject('local');
    const page = await browser.newPage({ viewport: { width: 1000, height: 500 } });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${url}/demo/`);
    await shows(() => page.locator('[data-belowline-count]').textContent()).toMatch(/^[1-9]\d* Comments$/);
    expect(asked.filter((path) => path.endsWith('/thread'))).toEqual([]);
    await page
      .getByText(/^[1-9]\d* Comments$/)
      .first()
      .click();
    await page.getByRole('article', { name: /^Quay 4/ }).waitFor();
    expect(asked.filter((path) => path.endsWith('/mine'))).toEqual([]);
    await page.close();
  });

  it('draws the first comments before the others, and leaves all of them in place when they are read again', async () => {
    const { site, post } = await openSite();
    for (const text of ['one', 'two', 'three', 'four', 'five']) await post(text);
    const context = await browser.newContext();
    await context.addInitScript(() => {
      const counts: number[] = [];
      Object.assign(window, { counts });
      void customElements.whenDefined('belowline-comments').then(() => {
        const root = document.querySelector('belowline-comments')?.shadowRoot as ShadowRoot;
        const look = () =>
          counts.push([...root.querySelectorAll('article')].filter((one) => one.checkVisibility()).length);
        new MutationObserver(look).observe(root, { childList: true, subtree: true, attributeFilter: ['class'] });
      });
    });
    const { page } = await visit(browser, { site, context });
    const counts = () => page.evaluate(() => [...new Set(Reflect.get(window, 'counts') as number[])]);
    await shows(counts).toEqual([0, 3, 5]);
    await page.evaluate(async () => {
      (Reflect.get(window, 'counts') as number[]).length = 0;
      await document.querySelector<HTMLElement & { reload(): Promise<void> }>('belowline-comments')?.reload();
    });
    expect(await counts()).toEqual([5]);
    await context.close();
  });
});
