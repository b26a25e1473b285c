import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import * as addresses from '../../src/contract/addresses.ts';
import { accessibilityFaults } from './accessibility.ts';
import { ask } from './ask.ts';
import { openBrowser } from './browser.ts';
import { ARTICLE, choose, comment, commentField, openSite, visit } from './widget-page.ts';

const browser = await openBrowser();
const { url } = inject('local');

const tool = (page: Page, name: string) => page.getByRole('toolbar').getByRole('button', { name, exact: true });

/** Selects a part of what stands in the field. */
const select = (page: Page, part: string): Promise<void> =>
  commentField(page).evaluate((field: HTMLTextAreaElement, words) => {
    const start = field.value.indexOf(words);
    field.setSelectionRange(start, start + words.length);
  }, part);

const selected = (page: Page): Promise<string> =>
  commentField(page).evaluate((field: HTMLTextAreaElement) =>
    field.value.slice(field.selectionStart, field.selectionEnd),
  );

const value = (page: Page): Promise<string> => commentField(page).inputValue();

describe('the tools for writing', () => {
  it('mark what is selected, take the mark away, and Ctrl+Z takes each step back', async () => {
    const { site } = await openSite();
    const { page, context, complaints } = await visit(browser, { site });
    await commentField(page).click();
    await page.keyboard.type('The ferry sails');
    await select(page, 'ferry');
    await tool(page, 'Bold').click();
    expect(await value(page)).toBe('The **ferry** sails');
    expect(await selected(page)).toBe('ferry');
    await page.keyboard.press('Control+i');
    expect(await value(page)).toBe('The ***ferry*** sails');
    await tool(page, 'Bold').click();
    expect(await value(page)).toBe('The *ferry* sails');
    await page.keyboard.press('Control+z');
    expect(await value(page)).toBe('The ***ferry*** sails');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect(await value(page)).toBe('The ferry sails');
    await select(page, 'sails');
    await page.keyboard.press('Control+k');
    expect(await value(page)).toBe('The ferry [sails](https://)');
    expect(await selected(page)).toBe('https://');
    await page.keyboard.type('https://ferry.example/');
    await tool(page, 'List').click();
    expect(await value(page)).toBe('- The ferry [sails](https://ferry.example/)');
    // The work of the tools is kept as typed text is.
    await page.reload();
    await expect.poll(() => value(page), { timeout: 20_000 }).toBe('- The ferry [sails](https://ferry.example/)');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are one stop of the Tab key, and the arrow keys go from one to the next', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await commentField(page).focus();
    await tool(page, 'Code').waitFor();
    await page.keyboard.type('a');
    const focused = () =>
      page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label') ?? '');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Bold');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('Code');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Italic');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Italic');
    await page.keyboard.press('Enter');
    expect(await value(page)).toBe('a**');
    expect(await commentField(page).evaluate((field) => field.matches(':focus'))).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await context.close();
  });

  it('offer the names of the thread behind an @, without a request', async () => {
    const { site, post, guestKey } = await openSite();
    const { id } = await post('First.');
    await post('Second.', id);
    const body = { body: 'Third.', authorName: 'Ágnes Ó Briain', parentId: null };
    await ask(guestKey(), addresses.postComment, { site, article: ARTICLE, body });
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Third.').waitFor();
    await commentField(page).click();
    await tool(page, 'Code').waitFor();
    let requests = 0;
    page.on('request', () => {
      requests++;
    });
    await page.keyboard.type('a@a and @a');
    const names = page.getByRole('listbox').getByRole('option');
    expect(await names.allTextContents()).toEqual(['Ágnes Ó Briain', 'Ada']);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    const active = () =>
      commentField(page).evaluate((field) => {
        const id = field.getAttribute('aria-activedescendant') ?? '';
        return (field.getRootNode() as ShadowRoot).getElementById(id)?.textContent;
      });
    expect(await active()).toBe('Ada');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await value(page)).toBe('a@a and @Ágnes Ó Briain ');
    expect(await names.count()).toBe(0);
    await page.keyboard.type('and @agnes o');
    await names.click();
    expect(await value(page)).toBe('a@a and @Ágnes Ó Briain and @Ágnes Ó Briain ');
    await page.keyboard.type('@ad');
    await names.waitFor();
    await page.keyboard.press('Escape');
    expect(await names.count()).toBe(0);
    expect(await value(page)).toMatch(/ @ad$/);
    expect(requests).toBe(0);
    await context.close();
  });
});

/** Selects words of a comment as a reader does who drags over them, and beyond its end if `beyond`. */
const drag = (page: Page, text: string, beyond = false): Promise<void> =>
  comment(page, text).evaluate((article, isBeyond) => {
    const body = article.querySelector('.body') as HTMLElement;
    const root = article.getRootNode() as ShadowRoot & { getSelection(): Selection };
    const selection = root.getSelection();
    selection.removeAllRanges();
    const range = document.createRange();
    range.setStart(body.firstElementChild?.firstChild as Node, 4);
    if (isBeyond) range.setEndAfter(article);
    else range.setEnd(body.lastElementChild?.lastChild as Node, 3);
    selection.addRange(range);
  }, beyond);

describe('a reply to selected words', () => {
  it('begins with them as a quotation, and with nothing else', async () => {
    const { site, post } = await openSite();
    await post('The *old* ferry\n1986. was better\n\n# Not so');
    const { page, context } = await visit(browser, { site });
    await comment(page, 'better').waitFor();
    const field = page.getByRole('textbox', { name: 'Reply' });
    await drag(page, 'better', true);
    await page.getByRole('button', { name: /^Reply/ }).click();
    await expect
      .poll(() => field.inputValue(), { timeout: 20_000 })
      .toBe('> old ferry\n> 1986\\. was better\n>\n> Not so\n\n');
    await page.keyboard.type('Was it?');
    await page.keyboard.press('Control+Enter');
    await page.getByLabel('Name').first().fill('Grace');
    await page.keyboard.press('Control+Enter');
    const answer = comment(page, 'Was it?');
    await answer.waitFor();
    expect(await answer.locator('blockquote p').allTextContents()).toEqual(['old ferry1986. was better', 'Not so']);
    await context.close();
  });

  it('is offered in the menu, where the whole text is quoted when nothing is selected', async () => {
    const { site, post } = await openSite();
    await post('One thing.\n\nAnother.');
    await post('Elsewhere.');
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Elsewhere.').waitFor();
    await drag(page, 'Elsewhere.');
    await choose(page, 'Another.', 'Quote');
    const field = page.getByRole('textbox', { name: 'Reply' });
    await expect.poll(() => field.inputValue(), { timeout: 20_000 }).toBe('> One thing.\n>\n> Another.\n\n');
    const caret = await field.evaluate((input: HTMLTextAreaElement) => input.value.length - input.selectionStart);
    expect(caret).toBe(0);
    await context.close();
  });
});

describe('a key that is typed into a field', () => {
  it('is no shortcut of the page, wherever it listens', async () => {
    const { site, post } = await openSite();
    await post('Said.');
    const { page, context } = await visit(browser, { site });
    await comment(page, 'Said.').waitFor();
    // One-key shortcuts as pages have them: fields are left alone, and the event's target tells which are fields.
    await page.evaluate(() => {
      const taken: string[] = [];
      Object.assign(window, { taken });
      const shortcut = (event: Event): void => {
        if ((event.target as HTMLElement).matches?.('input, textarea')) return;
        taken.push(`${event.type} ${(event as KeyboardEvent).key}`);
        event.preventDefault();
      };
      for (const type of ['keydown', 'keypress', 'keyup']) {
        document.addEventListener(type, shortcut);
        document.addEventListener(type, shortcut, true);
        window.addEventListener(type, shortcut);
      }
    });
    const taken = () => page.evaluate(() => (window as unknown as { taken: string[] }).taken.splice(0));
    await commentField(page).click();
    await page.keyboard.type('his/her question?');
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('@ad');
    await page.getByRole('option').waitFor();
    await page.keyboard.press('Enter');
    expect(await value(page)).toBe('is/her question?\n@Ada ');
    await page.getByLabel('Name').click();
    await page.keyboard.type('jk');
    expect(await page.getByLabel('Name').inputValue()).toBe('jk');
    expect(await taken()).toEqual([]);
    // The page has its keys elsewhere.
    await page.getByRole('heading', { name: /Comment/ }).focus();
    await page.keyboard.press('j');
    expect(await taken()).toContain('keydown j');
    await context.close();
  });

  it('is none from the first one on, before the rest of the form has come', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await page.route(`${url}/belowline/*writing*`, () => {});
    await commentField(page).waitFor();
    await page.evaluate(() => document.addEventListener('keydown', (event) => event.preventDefault(), true));
    await commentField(page).click();
    await page.keyboard.type('his/her');
    expect(await value(page)).toBe('his/her');
    await context.close();
  });
});
