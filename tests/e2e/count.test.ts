import { expect, inject, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openWindow, shows } from './console-desk.ts';
import { openSite } from './widget-page.ts';

const { url } = inject('local');

const browser = await openBrowser();

const policy = async () => (await fetch(`${url}/demo/`)).headers.get('Content-Security-Policy') ?? '';

/** A front page with count.js and these paragraphs; what it asks for is collected. */
const openFront = async (site: string, paragraphs: string) => {
  const { page, faults } = await openWindow(browser);
  const headers = { 'Content-Security-Policy': await policy() };
  await page.route(`${url}/front/`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers,
      body: `<!doctype html><title>Front page</title>${paragraphs}
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
