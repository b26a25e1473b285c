import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { blocks, page as docsPage } from '../support/pages.ts';
import { openBrowser, shows } from './browser.ts';

import { choose, comment, openSite, postButton, visit, write } from './widget-page.ts';

const { url } = inject('local');
const browser = await openBrowser();

interface Declared {
  members: { kind: string; name: string }[];
  events: { name: string; type: { text: string } }[];
  cssParts: { name: string }[];
  cssProperties: { name: string }[];
}

async function declared(): Promise<Declared> {
  const manifest = (await (await fetch(`${url}/custom-elements.json`)).json()) as {
    modules: { declarations: Declared[] }[];
  };
  return manifest.modules[0]?.declarations[0] as Declared;
}

/** All that the page around the element is told, in order. */
const listen = (page: Page, names: string[]) =>
  page.addInitScript((all) => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    for (const name of all)
      document.addEventListener(name, (event) => told.push([name, (event as CustomEvent).detail, event.composed]));
  }, names);

type Told = [name: string, detail: Record<string, unknown>, composed: boolean][];
const toldIn = (page: Page) => page.evaluate(() => (window as unknown as { told: Told }).told);

test('the page is told of what happens, as the manifest, the types and the docs say, without anybody’s words', async () => {
  const { site, post } = await openSite();
  const first = await post('Here before.');
  const { events } = await declared();
  const context = await browser.newContext();
  await listen(
    context as unknown as Page,
    events.map(({ name }) => name),
  );
  const { page } = await visit(browser, { site, context });
  await comment(page, 'Here before.').waitFor();
  await shows(async () => (await toldIn(page)).map(([name]) => name)).toEqual(['belowline:count', 'belowline:ready']);
  expect((await toldIn(page)).map(([, detail]) => detail)).toEqual([{ count: 1 }, { count: 1 }]);

  await write(page, 'A word of mine', 'Grace');
  await postButton(page).click();
  await comment(page, 'A word of mine').waitFor();
  await comment(page, 'Here before.')
    .getByRole('button', { name: /^Agree/ })
    .click();
  await page.route(/\/(vote|flags)$/, (route) => route.abort());
  await shows(async () => (await toldIn(page)).at(-1)?.[0]).toBe('belowline:voted');
  await comment(page, 'Here before.')
    .getByRole('button', { name: /^Disagree/ })
    .click();
  await shows(async () => (await toldIn(page)).at(-1)?.[0]).toBe('belowline:failed');
  await choose(page, 'Here before.', 'Report');
  await page.getByLabel('It is advertising or spam').check();
  await page.getByRole('button', { name: 'Send report' }).click();
  const told = async () => (await toldIn(page)).slice(2).map(([name, detail]) => ({ name: name.slice(10), ...detail }));
  await shows(async () => (await told()).length).toBe(5);
  expect(await told()).toEqual([
    { name: 'count', count: 2 },
    { name: 'posted', id: expect.any(String), status: 'published', parentId: null },
    { name: 'voted', id: first.id, value: 1 },
    { name: 'failed', action: 'vote', reason: 'no-connection' },
    { name: 'failed', action: 'report', reason: 'no-connection' },
  ]);
  const all = await toldIn(page);
  expect(all.every(([, , composed]) => composed)).toBe(true);
  expect(JSON.stringify(all)).not.toMatch(/Grace|word of mine|Here before/);
  // Every event that is declared was told, with the fields that are declared, and no other.
  for (const { name, type } of events) {
    const details = all.filter(([one]) => one === name).map(([, detail]) => Object.keys(detail));
    const fields = [...type.text.matchAll(/(\w+):/g)].map(([, field]) => field);
    expect(details.length, name).toBeGreaterThan(0);
    for (const detail of details) expect(detail, name).toEqual(fields);
  }
  const types = await (await fetch(`${url}/belowline.d.ts`)).text();
  expect([...types.matchAll(/'(belowline:\w+)'/g)].map(([, name]) => name)).toEqual(events.map(({ name }) => name));
  await context.close();
});

test('every part is there that is declared and documented, and no other', async () => {
  const { site, post } = await openSite({ moderation: 'pre' });
  await post('Nobody sees it.');
  const { page, context } = await visit(browser, { site });
  await write(page, 'Mine, and waiting');
  await postButton(page).click();
  await page.getByText('Waiting for a moderator').waitFor();
  const parts = await page.evaluate(() => {
    const root = document.querySelector('belowline-comments')?.shadowRoot;
    return [
      ...new Set([...(root?.querySelectorAll('[part]') ?? [])].map((element) => element.getAttribute('part') ?? '')),
    ];
  });
  const { cssParts, cssProperties, members } = await declared();
  expect(parts.toSorted()).toEqual(cssParts.map(({ name }) => name).toSorted());
  const text = docsPage('docs/embedding.md');
  for (const { name } of [...cssParts, ...cssProperties, ...members.filter(({ kind }) => kind === 'method')])
    expect(text, name).toMatch(new RegExp(`\`?${name}\\b`));
  const methods = members.filter(({ kind }) => kind === 'method').map(({ name }) => name);
  const own = await page.evaluate(() => {
    const { prototype } = customElements.get('belowline-comments') as CustomElementConstructor;
    return Object.getOwnPropertyNames(prototype).filter(
      (name) => !/Callback$|^constructor$/.test(name) && !Object.getOwnPropertyDescriptor(prototype, name)?.set,
    );
  });
  expect(own.toSorted()).toEqual(methods.toSorted());
  const types = await (await fetch(`${url}/belowline.d.ts`)).text();
  expect([...types.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name)).toEqual(methods);
  await context.close();
});

test('the methods read anew, go to the form and to a comment, though the reader was never near', async () => {
  const { site, post } = await openSite();
  const wanted = await post('The wanted one');
  await post('Another');
  const { page, context } = await visit(browser, { site });
  await comment(page, 'Another').waitFor();
  const call = (name: string, id?: string) =>
    page.evaluate(
      ([method, argument]) =>
        (document.querySelector('belowline-comments') as unknown as Record<string, (id?: string) => Promise<void>>)[
          method as string
        ]?.(argument),
      [name, id],
    );
  await call('openComment', wanted.id);
  await shows(() => page.locator('.highlit').textContent()).toContain('The wanted one');
  expect(new URL(page.url()).hash).toBe(`#comment-${wanted.id}`);
  await page.goBack();
  expect(new URL(page.url()).hash).toBe('');

  const read = page.waitForResponse(/\/thread\?/);
  await call('reload');
  expect((await read).ok()).toBe(true);
  await comment(page, 'Another').waitFor();

  // Far below the window, where nothing is read by itself.
  await page.reload();
  await page.evaluate(() => {
    const element = document.querySelector('belowline-comments') as HTMLElement;
    element.remove();
    const far = document.body.appendChild(document.createElement('div'));
    far.style.height = '9000px';
    document.body.appendChild(element);
  });
  await call('focusForm');
  await shows(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName)).toBe('textarea');
  await context.close();
});

test('the snippet of the docs counts what it hears, and styles a part', async () => {
  const { site, post } = await openSite();
  await post('Counted and blue');
  const [script = ''] = blocks('docs/embedding.md', 'js listen');
  const [css = ''] = blocks('docs/embedding.md', 'css parts');
  expect(script).toContain('belowline:posted');
  const context = await browser.newContext();
  await context.addInitScript(`window.heard = []; window.track = (...all) => heard.push(all);\n${script}`);
  const { page } = await visit(browser, { site, context });
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets.push(sheet);
  }, css);
  await comment(page, 'Counted and blue').waitFor();
  await write(page, 'Tell of this');
  await postButton(page).click();
  const heard = () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  await shows(heard).toEqual([['comment', 'published']]);
  const spacing = await page
    .locator('belowline-comments [part=author]')
    .first()
    .evaluate((name) => getComputedStyle(name).letterSpacing);
  expect(spacing).not.toBe('normal');
  await context.close();
});
