import { join } from 'node:path';
import { afterAll, afterEach, expect, inject, test } from 'vitest';
import { ROOT } from '../../src/cli/project.ts';
import type { Page } from '../firefox/browser.ts';
import { openPublisher } from '../firefox/publisher.ts';
import { installPackage } from '../support/install-package.ts';
import { blocks } from '../support/pages.ts';
import { shows } from './browser.ts';
import { ARTICLE, openSite as openPlainSite } from './widget-page.ts';

/** The ways of a reader with the widget, in Firefox, under pages of another origin. */

// A package of its own: Playwright drives no Firefox but its own build.
await installPackage(join(ROOT, 'tests/firefox'));
const { focused, named, openFirefox, openReader, press, shownText } = await import('../firefox/browser.ts');

const { url } = inject('local');
const firefox = await openFirefox();
const publisher = await openPublisher();

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const page of await firefox.pages()) console.error(`${page.url()}\n${await shownText(page).catch(String)}`);
});

afterAll(async () => {
  await firefox.close();
  publisher.close();
});

const SCRIPT = `<script type="module" async src="${url}/belowline.js"></script>`;
const [POLICY = ''] = blocks('docs/embedding.md', 'csp');
const LINES = '<p>The night boat to Port Aldous sailed again after a spring without one.</p>'.repeat(60);

async function openSite() {
  const site = await openPlainSite({ origins: [publisher.origin] });
  const element = (inside = ''): string =>
    `<belowline-comments id="comments" site="${site.site}" article="${ARTICLE}">${inside}</belowline-comments>`;
  return { ...site, element };
}

/** Opens a page with this in its body and the widget's script in its head. */
async function visit(body: string, { hash = '', head = SCRIPT, ...rest }: Record<string, string> = {}) {
  const reader = await openReader(firefox);
  await reader.page.goto(publisher.put(body, { head, ...rest }) + hash);
  return reader;
}

const says = async (page: Page, text: string | RegExp): Promise<void> => {
  await shows(() => shownText(page)).toMatch(text);
};

const shadow = <T>(page: Page, read: (root: ShadowRoot) => T): Promise<T> =>
  page.evaluate(`(${read})(document.querySelector('belowline-comments').shadowRoot)`) as Promise<T>;

const value = (page: Page): Promise<string> =>
  shadow(page, (root) => root.querySelector<HTMLTextAreaElement>('textarea')?.value ?? '');

const typeComment = async (page: Page, text: string): Promise<void> => {
  await press(page, 'Comment', 'textbox');
  await page.keyboard.type(text);
  await press(page, 'Name', 'textbox');
  await page.keyboard.type('Grace');
};

const isDark = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const widget = document.querySelector('belowline-comments') as Element;
    return Number(getComputedStyle(widget).color.match(/\d+/)?.[0]) > 128;
  });

test('a thread is read under a strict policy, and nothing is left in the browser of somebody who only reads', async () => {
  const { element, post } = await openSite();
  const top = await post('The ferry was **late**.');
  await post('By an hour.', top.id);
  const { page, context, faults } = await visit(element(), {
    policy: POLICY.trim().replaceAll('https://comments.example', url),
  });
  await says(page, 'By an hour.');
  expect(await shadow(page, (root) => root.querySelector('li li article')?.textContent)).toContain('By an hour.');
  expect(await shadow(page, (root) => root.querySelector('article strong')?.textContent)).toBe('late');
  await page.waitForSelector(named('Comment', 'textbox'));
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(await context.cookies()).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('#comments shows the heading at the top, and what stands in the window does not move', async () => {
  const { element, post } = await openSite();
  for (const text of ['One', 'Two', 'Three']) await post(text);
  // Each frame tells where the beginning of the comments is, once the browser has gone to it, and the footer as long as
  // it is in the window.
  const watch = `<script>
    const tops = new Set(), footers = new Set();
    (function look() {
      requestAnimationFrame(look);
      const widget = document.querySelector('belowline-comments');
      const footer = document.querySelector('footer');
      if (!footer || !widget.matches(':defined') || (location.hash && scrollY === 0)) return;
      tops.add(Math.round(widget.getBoundingClientRect().top));
      if (footer.getBoundingClientRect().top < innerHeight) footers.add(Math.round(footer.getBoundingClientRect().top));
    })();
  </script>`;
  const head = `${watch}<style>belowline-comments:not(:defined) { display: block; min-height: 100vh }</style>${SCRIPT}`;
  const places = (page: Page) =>
    page.evaluate('({ tops: [...tops], footers: [...footers] })') as Promise<{ tops: number[]; footers: number[] }>;
  const body = `${LINES}${element()}<footer>About</footer>`;
  const linked = await visit(body, { head, hash: '#comments' });
  await says(linked.page, 'Three');
  await linked.page.waitForSelector(named('Comment', 'textbox'));
  const seen = await places(linked.page);
  expect(seen.tops).not.toEqual([]);
  expect(Math.max(...seen.tops.map(Math.abs)), `${seen.tops}`).toBeLessThanOrEqual(1);
  await linked.context.close();
  const short = await visit(`<h1>Short</h1>${element()}<footer>About</footer>`, { head });
  await says(short.page, 'Three');
  await short.page.waitForSelector(named('Comment', 'textbox'));
  expect(await places(short.page)).toEqual({ tops: [expect.any(Number)], footers: [] });
  await short.context.close();
});

test('a permalink goes to its comment, a click on a time too, and Back returns', async () => {
  const { element, post } = await openSite();
  const wanted = await post('The wanted one');
  await post('Another one');
  const lit = (page: Page) => shadow(page, (root) => root.querySelector('.highlit .body')?.textContent ?? '');
  const { page, context } = await visit(`${LINES}${element()}${LINES}`, { hash: `#comment-${wanted.id}` });
  await shows(() => lit(page)).toBe('The wanted one');
  await shows(() => focused(page)).toContain('The wanted one');
  await shows(() =>
    shadow(page, (root) => {
      const { top, bottom } = (root.querySelector('.highlit') as Element).getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }),
  ).toBe(true);
  await page.locator('belowline-comments >>> li:first-child .when').click();
  await shows(() => lit(page)).toBe('Another one');
  await page.goBack();
  await shows(() => lit(page)).toBe('The wanted one');
  await context.close();
});

test('the order is chosen, and stays in the address', async () => {
  const { element, post } = await openSite();
  for (const text of ['First', 'Second']) await post(text);
  const bodies = (page: Page) =>
    shadow(page, (root) => [...root.querySelectorAll('article .body')].map((body) => body.textContent));
  const { page, context } = await visit(element());
  await shows(() => bodies(page)).toEqual(['Second', 'First']);
  await page.select('belowline-comments >>> select', 'oldest');
  await shows(() => bodies(page)).toEqual(['First', 'Second']);
  expect(page.url()).toContain('comments-sort=oldest');
  await page.reload();
  await shows(() => bodies(page)).toEqual(['First', 'Second']);
  await context.close();
});

test('a vote is counted at once, and still there after a reload', async () => {
  const { element, post } = await openSite();
  await post('Worth a vote');
  const { page, context } = await visit(element());
  await press(page, 'Agree (0): Comment by Ada');
  const pressed = () => shadow(page, (root) => root.querySelector('.up[aria-pressed=true]')?.ariaLabel);
  await shows(pressed).toBe('Agree (1): Comment by Ada');
  await page.reload();
  await shows(pressed).toBe('Agree (1): Comment by Ada');
  await context.close();
});

test('a reply is marked by buttons and keys, each step can be taken back, and it is posted', async () => {
  const { element, post } = await openSite();
  await post('The question');
  const { page, context, faults } = await visit(element());
  await press(page, 'Reply: Comment by Ada');
  await page.waitForSelector(named('Bold'));
  await page.keyboard.type('Ask ferry');
  const select = async (letters: number): Promise<void> => {
    await page.keyboard.down('Shift');
    for (let n = 0; n < letters; n++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.up('Shift');
  };
  const ctrl = async (key: 'b' | 'z'): Promise<void> => {
    await page.keyboard.down('Control');
    await page.keyboard.press(key);
    await page.keyboard.up('Control');
  };
  await select('ferry'.length);
  await press(page, 'Bold');
  expect(await value(page)).toBe('Ask **ferry**');
  await ctrl('b');
  expect(await value(page)).toBe('Ask ferry');
  await ctrl('z');
  expect(await value(page)).toBe('Ask **ferry**');
  await press(page, 'Name', 'textbox');
  await page.keyboard.type('Grace');
  await press(page, 'Post Reply');
  await shows(() => shadow(page, (root) => root.querySelector('li li strong')?.textContent)).toBe('ferry');
  await shows(() => focused(page)).toContain('Ask ferry');
  expect(faults).toEqual([]);
  await context.close();
});

test('a reply begins with the words that are selected', async () => {
  const { element, post } = await openSite();
  await post('The ferry was late and full.');
  const { page, context } = await visit(element());
  await says(page, 'late and full');
  const [from, to, line] = await shadow(page, (root) => {
    const range = document.createRange();
    const words = root.querySelector('.body p')?.firstChild as Text;
    range.setStart(words, 'The '.length);
    range.setEnd(words, 'The ferry'.length);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return [left, right, (top + bottom) / 2] as const;
  });
  await page.mouse.move(from, line);
  await page.mouse.down();
  await page.mouse.move(to, line, { steps: 3 });
  await page.mouse.up();
  await press(page, 'Reply: Comment by Ada');
  await shows(() => value(page)).toBe('> ferry\n\n');
  await context.close();
});

test('a comment is posted, changed, and deleted after a question', async () => {
  const { element } = await openSite();
  const { page, context, faults } = await visit(element());
  await typeComment(page, 'Teh ferry');
  await press(page, 'Post Comment');
  await press(page, 'Edit: Comment by Grace');
  await page.waitForSelector(named('Save changes'));
  await page.locator('belowline-comments >>> article textarea').fill('The ferry');
  await press(page, 'Save changes');
  await says(page, 'edited');
  await press(page, 'Delete: Comment by Grace');
  await says(page, 'Delete this comment for good?');
  await shows(() => focused(page)).toBe('Keep it');
  await press(page, 'Delete it');
  await says(page, 'Deleted by its author');
  expect(await shownText(page)).not.toContain('The ferry');
  expect(faults).toEqual([]);
  await context.close();
});

test('the menu is opened, walked and closed by keys', async () => {
  const { element, post } = await openSite();
  await post('With a menu');
  const { page, context } = await visit(element());
  const more = 'More actions: Comment by Ada';
  await (await page.waitForSelector(named(more)))?.focus();
  await page.keyboard.press('Enter');
  await shows(() => focused(page)).toBe('Quote');
  await page.keyboard.press('ArrowUp');
  expect(await focused(page)).toBe('Ignore Ada here');
  await page.keyboard.press('Escape');
  await shows(() => focused(page)).toBe(more);
  expect(await shadow(page, (root) => root.querySelectorAll('[role=menu]').length)).toBe(0);
  await context.close();
});

test('a report is chosen from the menu by the mouse, and sent', async () => {
  const { element, post } = await openSite();
  await post('Something to report');
  const { page, context, faults } = await visit(element());
  await press(page, 'More actions: Comment by Ada');
  await shows(() => focused(page)).toBe('Quote');
  await press(page, 'Report', 'menuitem');
  await says(page, 'What is wrong with this comment?');
  await press(page, 'It is advertising or spam', 'radio');
  await press(page, 'Send report');
  await says(page, 'Thank you. A moderator will look at it.');
  expect(faults).toEqual([]);
  await context.close();
});

test('a draft survives a reload', async () => {
  const { element } = await openSite();
  const { page, context } = await visit(element());
  await typeComment(page, 'Half a thou');
  await page.reload();
  await shows(() => value(page)).toBe('Half a thou');
  await context.close();
});

test('it is dark where the page is, or is for a reader who prefers that, and light elsewhere', async () => {
  const { element, post } = await openSite();
  await post('Said on this page.');
  const open = async (css: string) => {
    const { page, context } = await visit(element(), { head: `<style>${css}</style>${SCRIPT}` });
    await says(page, 'Said on this page.');
    return { page, context };
  };
  for (const [css, dark] of [
    ['', false],
    ['body { background: #15202b; color: #eee }', true],
    [':root { color-scheme: light dark }', true],
    [':root { color-scheme: light dark } body { background: white }', false],
    ['@media (prefers-color-scheme: dark) { body { background: #111 } }', true],
  ] as const) {
    const { page, context } = await open(css);
    expect(await isDark(page), css).toBe(dark);
    await context.close();
  }
  const { page, context } = await open('.night { background: #111; transition: background .2s }');
  await page.evaluate(() => document.body.classList.add('night'));
  await shows(() => isDark(page)).toBe(true);
  await context.close();
});

test('a page from right to left has the widget so, too', async () => {
  const { element, post } = await openSite();
  await post('تعليق قصير');
  const { page, context } = await visit(element(), { html: 'lang="ar" dir="rtl"' });
  await says(page, 'تعليق قصير');
  const sides = await shadow(page, (root) => {
    const middle = (selector: string): number => {
      const { left, right } = (root.querySelector(selector) as Element).getBoundingClientRect();
      return (left + right) / 2;
    };
    return {
      title: middle('.title'),
      avatar: middle('.avatar'),
      align: getComputedStyle(root.children[0] as Element).textAlign,
    };
  });
  expect(sides.align).toBe('right');
  expect(Math.min(sides.title, sides.avatar)).toBeGreaterThan(500);
  await context.close();
});

test('the exact time is shown to somebody who comes by keys', async () => {
  const { element, post } = await openSite();
  await post('Said just now');
  const { page, context } = await visit(element());
  await says(page, 'Said just now');
  const shown = () =>
    shadow(page, (root) => getComputedStyle(root.querySelector('.when') as Element, '::after').content);
  expect(await shown()).toBe('none');
  await page.keyboard.press('Tab');
  await page
    .locator('belowline-comments >>> .when')
    .waitHandle()
    .then((when) => when.focus());
  await shows(shown).toBe('attr(title)');
  expect(await shadow(page, (root) => root.querySelector('.when')?.getAttribute('title'))).toMatch(/20\d\d at \d/);
  await context.close();
});

test('a thread that the server has drawn is taken over', async () => {
  const { site, element, post } = await openSite();
  await post('Drawn by the server');
  const drawn = await (await fetch(`${url}/v1/sites/${site}/articles/${ARTICLE}/thread.html`)).text();
  const body = element(`<template shadowrootmode="open">${drawn}</template>`);
  const { page, context, faults } = await visit(body, { head: '' });
  await says(page, 'Drawn by the server');
  await page.addScriptTag({ url: `${url}/belowline.js`, type: 'module' });
  await page.waitForSelector(named('Reply: Comment by Ada'));
  const counts = await shadow(page, (root) =>
    ['.belowline-thread', 'article'].map((selector) => root.querySelectorAll(selector).length),
  );
  expect(counts).toEqual([0, 1]);
  expect(faults).toEqual([]);
  await context.close();
});

test('count.js fills the places of a front page', async () => {
  const { site, post } = await openSite();
  await post('One.');
  const { page, context, faults } = await visit(`<span data-belowline-count="${ARTICLE}">…</span>`, {
    head: `<script type="module" async src="${url}/count.js?site=${site}"></script>`,
  });
  await shows(() => page.$eval('span', (place) => place.textContent)).toBe('1 Comment');
  expect(faults).toEqual([]);
  await context.close();
});

test('the pages without script show a thread, preview a comment and post it', async () => {
  const { site, post } = await openSite();
  await post('The ferry was **late**.');
  const { page, context } = await openReader(firefox);
  await page.goto(`${url}/v1/sites/${site}/articles/${ARTICLE}/comments.html`);
  expect(await page.$eval('article strong', (strong) => strong.textContent)).toBe('late');
  const began = () => page.evaluate(() => performance.timeOrigin);
  const follow = async (name: string, role: string) => {
    const before = await began();
    await page.locator(`::-p-aria([name="${name}"][role="${role}"])`).click();
    await shows(began).toBeGreaterThan(before);
  };
  await follow('Write a comment', 'link');
  await page.type('input[name=authorName]', 'Grace');
  await page.type('textarea', 'So was the *bus*.');
  await follow('Preview', 'button');
  expect(await page.$eval('.preview em', (stressed) => stressed.textContent)).toBe('bus');
  const heading = () => page.$eval('h1', (title) => title.textContent);
  // The server refuses whoever is faster than people, and keeps what they typed.
  await expect
    .poll(
      async () => {
        await follow('Post comment', 'button');
        return heading();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe('Your comment is published.');
  expect(await page.evaluate(() => document.scripts.length)).toBe(0);
  expect(await context.cookies()).toEqual([]);
  await context.close();
});
