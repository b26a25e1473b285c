import type { BrowserContext, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { openBrowser, shows } from './browser.ts';

import { ARTICLE, comment, commentField, openSite, visit } from './widget-page.ts';

const { url } = inject('local');

const browser = await openBrowser();

/** The element as a framework has it. Its properties are tried by name, as frameworks set them. */
type Element = HTMLElement & Record<string, unknown>;

/** An empty page of a publisher, and the threads that were asked for. */
async function openEmpty(): Promise<{ page: Page; context: BrowserContext; threads: string[]; faults: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const threads: string[] = [];
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('/thread')) threads.push(pathname.replace(/.*articles\/|\/thread/g, ''));
  });
  const body = '<!doctype html><html lang="en"><title>An app</title>';
  await page.route(`${url}/app/`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${url}/app/`);
  return { page, context, threads, faults };
}

const define = (page: Page) => page.addScriptTag({ type: 'module', url: `${url}/belowline.js` });

const add = (page: Page, properties: Record<string, unknown>) =>
  page.evaluate((given) => {
    const element = document.createElement('belowline-comments');
    document.body.appendChild(Object.assign(element, given));
  }, properties);

const change = (page: Page, properties: Record<string, unknown>) =>
  page.evaluate((given) => {
    Object.assign(document.querySelector('belowline-comments') as HTMLElement, given);
  }, properties);

const attributes = (page: Page) =>
  page.evaluate(() => {
    const element = document.querySelector('belowline-comments') as HTMLElement;
    return Object.fromEntries(element.getAttributeNames().map((name) => [name, element.getAttribute(name)]));
  });

test('properties that were set before the script came are taken, and are the attributes from then on', async () => {
  const { site, post } = await openSite();
  await post('Set early.');
  const { page, context, threads, faults } = await openEmpty();
  await add(page, { site, article: ARTICLE, headingLevel: 3, theme: 'dark' });
  await define(page);
  await comment(page, 'Set early.').waitFor();
  expect(await attributes(page)).toMatchObject({ site, article: ARTICLE, 'heading-level': '3', theme: 'dark' });
  expect(await page.locator('belowline-comments').getByRole('heading', { level: 3 }).count()).toBe(1);
  await change(page, { article: 'another' });
  await shows(async () => threads).toEqual([ARTICLE, 'another']);
  expect(faults).toEqual([]);
  await context.close();
});

test('properties that are set one after the other read one thread, and null takes the attribute away', async () => {
  const { site, post, putArticle } = await openSite();
  await putArticle('harbour', {});
  await post('Under the ferry.');
  await post('Under the harbour.', null, undefined, 'harbour');
  const { page, context, threads, faults } = await openEmpty();
  await define(page);
  await page.waitForFunction(() => customElements.get('belowline-comments'));
  await add(page, {});
  await change(page, { site, article: ARTICLE, headingLevel: 4 });
  await comment(page, 'Under the ferry.').waitFor();
  expect(await page.locator('belowline-comments').getByRole('heading', { level: 4 }).count()).toBe(1);
  await change(page, { headingLevel: 2, article: 'harbour' });
  await comment(page, 'Under the harbour.').waitFor();
  expect(threads).toEqual([ARTICLE, 'harbour']);

  const read = () => page.locator('belowline-comments').evaluate((element: Element) => [element.site, element.api]);
  expect(await read()).toEqual([site, '']);
  await change(page, { site: null });
  expect(await attributes(page)).not.toHaveProperty('site');
  expect(await read()).toEqual(['', '']);
  expect(faults).toEqual([]);
  await context.close();
});

test('an attribute and its property are one value, whichever is set', async () => {
  const { page, context } = await openEmpty();
  await define(page);
  await page.waitForFunction(() => customElements.get('belowline-comments'));
  const manifest = (await (await fetch(`${url}/custom-elements.json`)).json()) as {
    modules: {
      declarations: { attributes: { name: string; fieldName: string }[]; members: { kind: string; name: string }[] }[];
    }[];
  };
  const [declared] = manifest.modules[0]?.declarations ?? [];
  const named = declared?.attributes.map(({ name, fieldName }) => [name, fieldName] as const) ?? [];
  // Every element has `lang` already.
  const pairs = named.filter(([name]) => name !== 'lang');
  const declaredFields = declared?.members.filter(({ kind }) => kind === 'field') ?? [];
  expect(declaredFields.map(({ name }) => name)).toEqual(pairs.map(([, field]) => field));
  const seen = await page.evaluate((all) => {
    const element = document.createElement('belowline-comments') as Element;
    const values = all.map(([attribute, field]) => {
      element[field] = 'by property';
      const byProperty = element.getAttribute(attribute);
      element.setAttribute(attribute, 'by attribute');
      return [attribute, field, byProperty, element[field]];
    });
    const own = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(element) as object);
    const fields = Object.keys(own).filter((name) => own[name]?.set);
    return {
      values,
      fields,
      observed: (element.constructor as unknown as Record<string, string[]>).observedAttributes,
    };
  }, pairs);
  expect(seen.values).toEqual(pairs.map(([name, field]) => [name, field, 'by property', 'by attribute']));
  // No property is there that is not declared, in the types as well.
  expect(seen.fields.toSorted()).toEqual(pairs.map(([, field]) => field).toSorted());
  expect(named.map(([name]) => name)).toEqual(expect.arrayContaining(seen.observed ?? []));
  const types = await (await fetch(`${url}/belowline.d.ts`)).text();
  expect([...types.matchAll(/ set (\w+)\(/g)].map(([, name]) => name).toSorted()).toEqual(seen.fields.toSorted());
  await context.close();
});

test('a widget that is moved goes on as it is: nothing is read again, and what was typed stays', async () => {
  const { site, post } = await openSite();
  await post('Here before.');
  const { page, context } = await visit(browser, { site });
  await comment(page, 'Here before.').waitFor();
  await commentField(page).fill('Half a sentence');
  await page.getByRole('toolbar').waitFor();
  let asked = 0;
  page.on('request', () => {
    asked += 1;
  });
  const scheme = await page.evaluate(() => {
    const aside = document.createElement('aside');
    aside.style.backgroundColor = '#111';
    document.body.appendChild(aside);
    const element = document.querySelector('belowline-comments') as HTMLElement;
    (aside as unknown as { moveBefore(node: Node, before: null): void }).moveBefore(element, null);
    return element.style.colorScheme;
  });
  expect(scheme).toBe('dark');
  expect(await page.locator('aside belowline-comments').count()).toBe(1);
  expect(await commentField(page).inputValue()).toBe('Half a sentence');
  await comment(page, 'Here before.').waitFor();
  expect(asked).toBe(0);
  await context.close();
});

test('a widget that another document adopts, and gives back, keeps its looks and what was typed', async () => {
  const { site, post } = await openSite();
  await post('Here and there.');
  const { page, context, complaints } = await visit(browser, { site });
  await comment(page, 'Here and there.').waitFor();
  await commentField(page).fill('Half a sentence');
  /** Moves the element into the frame or back, and says how many of its rules apply there. */
  const move = (into: 'frame' | 'page') =>
    page.evaluate((where) => {
      const frame = document.querySelector('iframe') ?? document.body.appendChild(document.createElement('iframe'));
      const other = frame.contentDocument as Document;
      const element = document.querySelector('belowline-comments') ?? other.querySelector('belowline-comments');
      (where === 'frame' ? other : document).body.appendChild(element as HTMLElement);
      return element?.shadowRoot?.adoptedStyleSheets.map((sheet) => sheet.cssRules.length > 20);
    }, into);
  expect(await move('frame')).toEqual([true]);
  await page.frameLocator('iframe').getByText('Here and there.').waitFor();
  expect(await move('page')).toEqual([true]);
  await comment(page, 'Here and there.').waitFor();
  await shows(() => commentField(page).inputValue()).toBe('Half a sentence');
  expect(complaints).toEqual([]);
  await context.close();
});
