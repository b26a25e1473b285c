import { describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { comment, commentField, openSite, postButton, visit, write } from './widget-page.ts';
import { draft, send, showsDraft, stored, TEXT } from './widget-text.ts';

const browser = await openBrowser();

describe('a text is neither lost nor doubled', () => {
  it('by two tabs, of which each keeps its own', async () => {
    const { site } = await openSite();
    const { page: one, context } = await visit(browser, { site });
    const { page: two } = await visit(browser, { site, context });
    const other = 'No, it sails at ten.';
    await write(one, TEXT);
    await write(two, other);
    expect(await draft(one)).toBe(TEXT);
    await one.reload();
    await showsDraft(one);
    await two.reload();
    await showsDraft(two, other);
    // A third one takes neither from them.
    const { page: three } = await visit(browser, { site, context });
    await commentField(three).click();
    await postButton(three).waitFor();
    await commentField(one).press('End');
    await one.keyboard.type(' ');
    await two.keyboard.type(' ');
    await postButton(one).click();
    await comment(one, TEXT).waitFor();
    await postButton(two).click();
    await comment(two, other).waitFor();
    expect([await stored(site), await stored(site, other)]).toEqual([1, 1]);
    await context.close();
  }, 180_000);

  it('by a second tab that shows the draft of the first one, which goes on with it', async () => {
    const { site } = await openSite();
    const { page: one, context } = await visit(browser, { site });
    await write(one, TEXT);
    const { page: two } = await visit(browser, { site, context });
    await commentField(two).click();
    await postButton(two).waitFor();
    await expect.poll(() => draft(two), { timeout: 20_000 }).toBe('');
    await commentField(two).fill('Something else.');
    expect(await draft(one)).toBe(TEXT);
    await send(one);
    await postButton(two).click();
    await comment(two, 'Something else.').waitFor();
    expect([await stored(site), await stored(site, 'Something else.')]).toEqual([1, 1]);
    await context.close();
  }, 180_000);

  it('by a second widget of the page', async () => {
    const { site, putArticle } = await openSite();
    await putArticle('bridge', {});
    const { page, context } = await visit(browser, { site });
    await commentField(page).waitFor();
    await page.evaluate(() => {
      const first = document.querySelector('belowline-comments') as Element;
      for (const article of ['bridge', 'ferry']) {
        const more = first.cloneNode() as Element;
        more.setAttribute('article', article);
        first.parentNode?.appendChild(more);
      }
    });
    const fields = commentField(page);
    await expect.poll(() => fields.count(), { timeout: 20_000 }).toBe(3);
    const texts = ['Of the first.', 'Of the bridge.', 'Of the second.'];
    for (const [n, text] of texts.entries()) await fields.nth(n).fill(text);
    await page.getByLabel('Name').first().fill('Grace');
    for (const n of [0, 1, 2]) expect(await fields.nth(n).inputValue()).toBe(texts[n]);
    const forms = await page.getByRole('form').evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel));
    expect(new Set(forms).size).toBe(3);
    await page.getByLabel('Name').nth(2).fill('Grace');
    await postButton(page).nth(2).click();
    await comment(page, 'Of the second.').waitFor();
    expect(await fields.nth(0).inputValue()).toBe('Of the first.');
    await page.reload();
    await expect.poll(() => fields.first().inputValue(), { timeout: 20_000 }).toBe('Of the first.');
    expect([await stored(site, 'Of the second.'), await stored(site, 'Of the first.')]).toEqual([1, 0]);
    await context.close();
  }, 180_000);
});
