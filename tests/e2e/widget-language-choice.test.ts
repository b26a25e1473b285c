import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { openBrowser, shows } from './browser.ts';

import { openSite, visit } from './widget-page.ts';

const { url } = inject('local');

const browser = await openBrowser();

let site = '';
beforeAll(async () => {
  const made = await openSite();
  ({ site } = made);
  await made.post('1 2 3');
  await made.post('4 5 6');
});

/** The names of the files that the page has asked for beside the script, without their release. */
function collectParts(page: Page): string[] {
  const parts: string[] = [];
  page.on('request', (request) => {
    const [, name] = /\/belowline\/(.+)-.{8}\.js$/.exec(request.url()) ?? [];
    if (name) parts.push(name);
  });
  return parts;
}

const title = (page: Page) => page.locator('belowline-comments h2').first();

/** A page of the test's own around an element. */
async function openPage(html: string, script = ''): Promise<Page> {
  const page = await browser.newPage();
  const body = `<!doctype html>${html}<script>${script}</script><script type="module" src="/belowline.js"></script>`;
  await page.route(`${url}/choice/`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await page.goto(`${url}/choice/`);
  return page;
}

const widget = (attributes = '') =>
  `<belowline-comments site="${site}" article="ferry" ${attributes}></belowline-comments>`;

describe('the language of the widget', () => {
  it('is the only one that is loaded: a file to read, and one to write', async () => {
    const { page, context } = await visit(browser, { site, lang: 'en' });
    const parts = collectParts(page);
    for (const [lang, heading, comment, others] of [
      ['de-AT', '2 Kommentare', 'Kommentar', ['de', 'de-writing']],
      ['en-GB', '2 Comments', 'Comment', ['en-writing']],
    ] as const) {
      await page.locator('belowline-comments').evaluate((element, to) => element.setAttribute('lang', to), lang);
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      await page.getByRole('textbox', { name: comment, exact: true }).focus();
      await page.getByRole('tab').first().waitFor();
      const words = parts.filter((part) => /^..(?:-writing)?$/.test(part));
      expect([...new Set(words)].sort()).toEqual([...others]);
      parts.length = 0;
      await page.reload();
    }
    await context.close();
  });

  it('comes at the same time as the thread, and neither waits for the other', async () => {
    const page = await browser.newPage();
    let asked: () => void = () => {};
    const thread = new Promise<void>((resolve) => {
      asked = resolve;
    });
    let wanted: () => void = () => {};
    const words = new Promise<void>((resolve) => {
      wanted = resolve;
    });
    await page.route('**/thread?*', async (route) => {
      asked();
      await words;
      await route.continue();
    });
    await page.route('**/belowline/ja-*.js', async (route) => {
      wanted();
      await thread;
      await route.continue();
    });
    const body = `<!doctype html><html lang="ja"><script type="module" src="/belowline.js"></script>${widget()}`;
    await page.route(`${url}/choice/`, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${url}/choice/`);
    await shows(() => title(page).textContent()).toBe('コメント 2 件');
    await page.close();
  });

  it('is English while its file does not come', async () => {
    const { page, context } = await visit(browser, { site, lang: 'en' });
    await page.route('**/belowline/ru-*.js', (route) => route.abort());
    await page.locator('belowline-comments').evaluate((element) => element.setAttribute('lang', 'ru'));
    await page.getByRole('heading', { name: '2 Comments', exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Comment', exact: true }).focus();
    await page.getByRole('button', { name: 'Post Comment', exact: true }).waitFor();
    expect(await page.locator('belowline-comments section').getAttribute('lang')).toBe('en');
    await context.close();
  });

  it.each([
    ['of its own attribute', '<html lang="fr"><div lang="es">', 'lang="pl"', '2 komentarze', 'pl'],
    ['of the nearest element', '<html lang="fr"><div lang="es-MX">', '', '2 comentarios', 'es-MX'],
    ['of a tag with an underscore', '<html lang="de_CH">', '', '2 Kommentare', 'de-CH'],
    ['of an old code', '<html lang="iw">', '', 'שתי תגובות', 'iw'],
    ['English for one without words', '<html lang="da">', '', '2 Comments', 'en'],
    ['English for traditional characters', '<html lang="zh-TW">', '', '2 Comments', 'en'],
    ['English for what is no language', '<html lang="en-!">', '', '2 Comments', 'en'],
    ['English where there is none', '<html>', '', '2 Comments', 'en'],
  ])('is %s', async (_, around, attributes, heading, tag) => {
    const page = await openPage(around + widget(attributes));
    await shows(() => title(page).textContent()).toBe(heading);
    expect(await page.locator('belowline-comments section').getAttribute('lang')).toBe(tag);
    await page.close();
  });

  it('and the direction are those around the host of a shadow root', async () => {
    const script = `const host = document.querySelector('x-story').attachShadow({ mode: 'closed' });
      const widget = document.createElement('belowline-comments');
      for (const [name, value] of [['site', '${site}'], ['article', 'ferry']]) widget.setAttribute(name, value);
      host.append(document.createElement('main'));
      host.firstChild.append(widget);
      window.widget = widget;`;
    const look = (page: Page) => () =>
      page.evaluate(() => {
        const section = (window as unknown as { widget: HTMLElement }).widget.shadowRoot?.querySelector('section');
        return section && [section.querySelector('h2')?.textContent, getComputedStyle(section).direction];
      });
    const bare = await openPage('<html lang="en"><div lang="ar"><x-story></x-story></div>', script);
    await shows(look(bare)).toEqual(['تعليقان', 'rtl']);
    const told = await openPage('<html lang="ar"><div dir="ltr"><x-story></x-story></div>', script);
    await shows(look(told)).toEqual(['تعليقان', 'ltr']);
    await bare.close();
    await told.close();
  });

  it.each([
    ['<html lang="he">', '', 'rtl'],
    ['<html lang="he" dir="ltr">', '', 'ltr'],
    ['<html lang="he">', 'dir="ltr"', 'ltr'],
    ['<html lang="de" dir="rtl">', '', 'rtl'],
    ['<html lang="de">', '', 'ltr'],
  ])('runs in %s with "%s" as %s', async (around, attributes, direction) => {
    const page = await openPage(around + widget(attributes));
    const section = page.locator('belowline-comments section');
    await section.waitFor();
    expect(await section.evaluate((element) => getComputedStyle(element).direction)).toBe(direction);
    await page.close();
  });
});
