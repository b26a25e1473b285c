import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { openBrowser, shows } from './browser.ts';
import { openWindow } from './console-desk.ts';
import { gzipSize, openSite, postButton, visit, write } from './widget-page.ts';

const { url } = inject('local');

const browser = await openBrowser();

const policy = async () => (await fetch(`${url}/demo/`)).headers.get('Content-Security-Policy') ?? '';

/** A front page with count.js and these paragraphs; what it asks for is collected. */
const openFront = async (site: string, paragraphs: string, { lang = 'en', clock = false } = {}) => {
  const { page, faults } = await openWindow(browser);
  if (clock) await page.clock.install();
  const headers = { 'Content-Security-Policy': await policy() };
  await page.route(`${url}/front/`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers,
      body: `<!doctype html><html lang="${lang}"><title>Front page</title>${paragraphs}
        <script type="module" async src="/count.js?site=${site}"></script>`,
    }),
  );
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/v1/')) asked.push(request.url());
  });
  await page.goto(`${url}/front/`);
  return { page, faults, asked };
};

const place = (key: string) => `<span data-belowline-count="${key}">…</span>`;

const keysOf = (address: string) => new URL(address).searchParams.getAll('key');

test('count.js fills all counts of a front page with one request, and leaves the rest of the page alone', async () => {
  const { site, post } = await openSite();
  await post('One.');
  await post('And another one.');
  const { page, faults, asked } = await openFront(
    site,
    `<p>${place('ferry')} and ${place('ferry')}</p><p>${place('never-heard-of')} <span id="mine">untouched</span></p>`,
  );
  await shows(() => page.locator('p').allInnerTexts()).toEqual(['2 Comments and 2 Comments', '0 Comments untouched']);
  expect(asked.map((address) => new URL(address).search)).toEqual(['?key=ferry&key=never-heard-of']);
  expect(faults).toEqual([]);
});

test('count.js says in the console what to check where the site is not known', async () => {
  const { page } = await openWindow(browser);
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await page.route(`${url}/front/`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Front page</title><span data-belowline-count="ferry">Comments</span>
        <script type="module" async src="/count.js?site=nosite"></script>`,
    }),
  );
  await page.goto(`${url}/front/`);
  await shows(async () => warnings).toEqual([`Belowline knows no site "nosite". Check ${url}/count.js?site=nosite`]);
  expect(await page.locator('[data-belowline-count]').textContent()).toBe('Comments');
});

test('a key that cannot be an article’s stays as it is and keeps no other from its count', async () => {
  const { site, post } = await openSite();
  await post('One.');
  const [longest, tooLong] = ['k'.repeat(200), 'k'.repeat(201)];
  const wrong = [tooLong, 'with space', 'with\u00a0space', 'tab\there', ''];
  const { page, faults, asked } = await openFront(site, `<p>${[...wrong, longest, 'ferry'].map(place).join(' ')}</p>`);
  await shows(() => page.locator('span').allInnerTexts()).toEqual([...wrong.map(() => '…'), '0 Comments', '1 Comment']);
  expect(asked.map(keysOf)).toEqual([['ferry', longest]]);
  expect(faults).toEqual([]);
});

test('no request for counts has more than a hundred keys, or more than 8 kB of address', async () => {
  const { site } = await openSite();
  const numbered = (count: number, key: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => key(100 + n))
      .map(place)
      .join('');
  const sizes = (asked: string[]) => asked.map((address) => keysOf(address).length);

  const short = await openFront(
    site,
    numbered(100, (n) => `article-${n}`),
  );
  await shows(() => short.page.locator('span').last().innerText()).toEqual('0 Comments');
  expect(sizes(short.asked)).toEqual([100]);

  const many = await openFront(
    site,
    numbered(101, (n) => `article-${n}`),
  );
  await shows(() => many.page.locator('span').last().innerText()).toEqual('0 Comments');
  expect(sizes(many.asked).sort()).toEqual([50, 51]);

  // Letters of three bytes, each of which takes nine characters of an address.
  const long = await openFront(
    site,
    numbered(20, (n) => `${'語'.repeat(190)}-${n}`),
  );
  await shows(() => long.page.locator('span', { hasText: '0 Comments' }).count()).toEqual(20);
  expect(sizes(long.asked).reduce((sum, size) => sum + size)).toBe(20);
  for (const address of long.asked) expect(address.length).toBeLessThan(8_000);
  expect([...short.faults, ...many.faults, ...long.faults]).toEqual([]);
});

/** Puts more places into the page, as a list that goes on does. */
const add = (page: Page, keys: string[], form = '') =>
  page.evaluate(
    ([all, shape]) => {
      const list = document.body.appendChild(document.createElement('p'));
      for (const key of all) {
        const span = list.appendChild(document.createElement('span'));
        span.dataset.belowlineCount = key;
        if (shape) span.dataset.belowlineCountForm = shape;
      }
    },
    [keys, form] as const,
  );

const spans = (page: Page) => () => page.locator('span').allInnerTexts();

test('count.js weighs at most 3 kB over the wire', async () => {
  const response = await fetch(`${url}/count.js`);
  expect(gzipSize(new Uint8Array(await response.arrayBuffer()))).toBeLessThanOrEqual(3_000);
});

test('count.js fills what appears later, together and without asking for what it knows', async () => {
  const { site, post } = await openSite();
  await post('One.');
  const { page, faults, asked } = await openFront(site, place('ferry'));
  await shows(spans(page)).toEqual(['1 Comment']);
  await add(page, ['tunnel', 'bridge', 'ferry', 'bridge']);
  await shows(spans(page)).toEqual(['1 Comment', '0 Comments', '0 Comments', '1 Comment', '0 Comments']);
  expect(asked.map(keysOf)).toEqual([['ferry'], ['bridge', 'tunnel']]);
  expect(faults).toEqual([]);
});

test('a place whose key or form changes is filled anew', async () => {
  const { site, post, putArticle } = await openSite();
  await putArticle('bridge', {});
  for (const text of ['One.', 'Two.']) await post(text);
  await post('Under the bridge.', null, undefined, 'bridge');
  const { page, faults, asked } = await openFront(
    site,
    `${place('ferry')} <span data-belowline-count="bridge" data-belowline-count-form="number">…</span>`,
  );
  await shows(spans(page)).toEqual(['2 Comments', '1']);
  const set = (name: string, value: string) =>
    page.locator('span').evaluateAll((all, [is, to]) => all[0]?.setAttribute(is, to), [name, value] as const);
  await set('data-belowline-count', 'bridge');
  await shows(spans(page)).toEqual(['1 Comment', '1']);
  await set('data-belowline-count-form', 'number');
  await shows(spans(page)).toEqual(['1', '1']);
  await set('data-belowline-count', 'no key');
  await shows(spans(page)).toEqual(['…', '1']);
  expect(asked.map(keysOf)).toEqual([['bridge', 'ferry']]);
  expect(faults).toEqual([]);
});

test('a framework that puts its own text back gets the count again, and a page that writes another keeps it', async () => {
  const { site, post } = await openSite();
  await post('One.');
  const { page, asked } = await openFront(site, `${place('ferry')} ${place('ferry')}`);
  await shows(spans(page)).toEqual(['1 Comment', '1 Comment']);
  const write = (at: number, text: string) =>
    page.locator('span').evaluateAll((all, [nth, words]) => all[nth]?.replaceChildren(words), [at, text] as const);
  await write(1, 'One voice');
  await write(0, '…');
  await shows(spans(page)).toEqual(['1 Comment', 'One voice']);
  expect(asked).toHaveLength(1);
});

test('a count is asked for again when another place for it appears a minute later', async () => {
  const { site, post } = await openSite();
  const { page, asked } = await openFront(site, place('ferry'), { clock: true });
  await shows(spans(page)).toEqual(['0 Comments']);
  await post('One.');
  const later = async (milliseconds: number) => {
    await page.clock.fastForward(milliseconds);
    await add(page, ['ferry']);
    await page.clock.runFor(100);
  };
  await later(50_000);
  await shows(spans(page)).toEqual(['0 Comments', '0 Comments']);
  expect(asked).toHaveLength(1);
  await later(10_000);
  await shows(async () => asked.map(keysOf)).toEqual([['ferry'], ['ferry']]);
});

test('counts are in the page’s language, with its own numbers', async () => {
  const { site, post } = await openSite();
  await post('One.');
  for (const [lang, texts] of [
    ['de-AT', ['1 Kommentar', '0 Kommentare', '1']],
    ['ar', ['تعليق واحد', 'لا تعليقات', '1']],
    ['xx', ['1 Comment', '0 Comments', '1']],
  ] as const) {
    const number = '<span data-belowline-count="ferry" data-belowline-count-form="number"></span>';
    const { page, faults } = await openFront(site, place('ferry') + place('bridge') + number, { lang });
    await shows(spans(page)).toEqual(texts);
    expect(faults).toEqual([]);
  }
});

test('a widget fills the places of its own article that appear after it, in both forms', async () => {
  const { site, post } = await openSite();
  await post('One.');
  const { page, context, complaints } = await visit(browser, { site });
  await page.getByRole('heading', { name: '1 Comment', exact: true }).waitFor();
  await add(page, ['ferry']);
  await add(page, ['ferry'], 'number');
  await shows(() => page.locator('body > p').allInnerTexts()).toEqual(['1 Comment', '1']);
  expect(complaints).toEqual([]);
  await context.close();
});

test('count.js leaves the place of an article to its thread in the same page, and fills the others', async () => {
  const { site, post, putArticle, guestKey } = await openSite();
  await putArticle('harbour', { headline: 'The harbour' });
  await post('Said of the harbour', null, guestKey(), 'harbour');
  await post('Said of the ferry');
  const { page, asked } = await openFront(
    site,
    `<p>${place('ferry')} and ${place('harbour')}</p><belowline-comments site="${site}" article="ferry"></belowline-comments>
      <script type="module" async src="/belowline.js"></script>`,
  );
  const counts = () => page.locator('p').first().innerText();
  await shows(counts).toBe('1 Comment and 1 Comment');
  expect(asked.filter((address) => keysOf(address).includes('ferry'))).toEqual([]);
  await write(page, 'One more');
  await postButton(page).click();
  await shows(counts).toBe('2 Comments and 1 Comment');
  // Another place makes count.js look at all of them again.
  await page.evaluate(() => {
    const more = document.querySelector('p')?.appendChild(document.createElement('b'));
    if (more) more.dataset.belowlineCount = 'harbour';
  });
  await shows(() => page.locator('p b').innerText()).toBe('1 Comment');
  expect(await counts()).toBe('2 Comments and 1 Comment1 Comment');
});

test('a widget that is not read yet asks for its count when a place for it appears', async () => {
  const { site, post } = await openSite();
  await post('One.');
  const { page } = await openWindow(browser);
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/v1/') && asked.push(new URL(request.url()).pathname));
  await page.route(`${url}/front/`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>Article</title><div style="height: 9000px"></div>
        <script type="module" src="/belowline.js"></script>
        <belowline-comments site="${site}" article="ferry"></belowline-comments>`,
    }),
  );
  await page.goto(`${url}/front/`);
  await add(page, ['bridge']);
  await add(page, ['ferry']);
  await shows(spans(page)).toEqual(['', '1 Comment']);
  expect(asked).toEqual([`/v1/sites/${site}/counts`]);
});
