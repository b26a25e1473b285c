import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { openSite } from './widget-page.ts';

const { url } = inject('local');
const SHOTS = process.env.WIDGET_SHOTS;

const browser = await openBrowser();

describe('the widget looks like the page that it is in', () => {
  let site = '';
  beforeAll(async () => {
    const made = await openSite();
    ({ site } = made);
    await made.post('Said on this page.');
  });

  /** A publisher's page with styles of its own, for a reader whose system prefers light or dark. */
  async function open(colorScheme: 'light' | 'dark', styles: string, attributes = ''): Promise<Page> {
    const page = await browser.newPage({ colorScheme, viewport: { width: 700, height: 500 } });
    const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><style>${styles}</style>
      <h1>A page</h1><main><belowline-comments site="${site}" article="ferry" ${attributes}></belowline-comments></main>
      <script type="module" async src="/belowline.js"></script></html>`;
    await page.route(`${url}/looks/`, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${url}/looks/`);
    await page.getByText('Said on this page.').waitFor();
    return page;
  }

  const look = (page: Page): Promise<string> =>
    page.locator('belowline-comments').evaluate((widget) => {
      const [red = 0] = getComputedStyle(widget).color.match(/\d+/g)?.map(Number) ?? [];
      return red < 128 ? 'light' : 'dark';
    });

  it.each([
    ['light', 'dark', 'a page that knows light alone', ''],
    [
      'light',
      'dark',
      'a white page with a part of its own colour',
      'body { background: #fff } main { background: #0000 }',
    ],
    ['dark', 'light', 'a dark page', 'body { background: #15202b; color: #eee }'],
    ['dark', 'light', 'a page with a dark part', 'main { background: oklch(25% .05 250); padding: 1rem }'],
    ['dark', 'dark', 'a page of both looks', ':root { color-scheme: light dark }'],
    ['light', 'light', 'a page of both looks', ':root { color-scheme: light dark }'],
    [
      'light',
      'dark',
      'a white page that says it has both looks',
      ':root { color-scheme: light dark } body { background: white }',
    ],
  ] as const)('%s for a reader who prefers %s, in %s', async (expected, preferred, name, styles) => {
    const page = await open(preferred, styles);
    expect(await look(page)).toBe(expected);
    if (SHOTS)
      await page.screenshot({ path: join(SHOTS, `${expected}-${preferred}-${name.replaceAll(' ', '-')}.png`) });
    await page.close();
  });

  it('changes with the page and with what the reader prefers', async () => {
    const page = await open(
      'light',
      'body { background: #fff; transition: background-color .2s } .night { background: #111 }',
    );
    await page.evaluate(() => document.body.classList.add('night'));
    await expect.poll(() => look(page)).toBe('dark');
    await page.evaluate(() => document.body.classList.remove('night'));
    await expect.poll(() => look(page)).toBe('light');
    await page.close();
    const both = await open('light', '@media (prefers-color-scheme: dark) { body { background: #111 } }');
    await both.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => look(both)).toBe('dark');
    await both.close();
  });

  it('changes with whatever around it the page switches its look by, and with a style sheet that comes late', async () => {
    const dark = 'main.dark, [data-theme=dark] main, h1[hidden] ~ main { background: #111 }';
    const page = await open('light', `main { background: #fff } ${dark}`);
    const change = (act: () => void): Promise<void> => page.evaluate(act);
    await change(() => document.querySelector('main')?.classList.add('dark'));
    await expect.poll(() => look(page)).toBe('dark');
    await change(() => document.querySelector('main')?.classList.remove('dark'));
    await expect.poll(() => look(page)).toBe('light');
    await change(() => document.documentElement.setAttribute('data-theme', 'dark'));
    await expect.poll(() => look(page)).toBe('dark');
    await change(() => document.documentElement.removeAttribute('data-theme'));
    await expect.poll(() => look(page)).toBe('light');
    await change(() => {
      document.head.appendChild(document.createElement('style')).textContent = 'main { background: #111 !important }';
    });
    await expect.poll(() => look(page)).toBe('dark');
    await page.route('**/late.css', (route) =>
      route.fulfill({ contentType: 'text/css', body: 'body main { background: #fefefe !important }' }),
    );
    await change(() => {
      Object.assign(document.head.appendChild(document.createElement('link')), {
        rel: 'stylesheet',
        href: '/late.css',
      });
    });
    await expect.poll(() => look(page)).toBe('light');
    await page.close();
  });

  it('lets the page through where no theme is asked for', async () => {
    const surface = (page: Page) =>
      page.locator('belowline-comments').evaluate((widget) => getComputedStyle(widget).backgroundColor);
    const plain = await open('light', 'body { background: #fdfcf9 }');
    expect(await surface(plain)).toBe('rgba(0, 0, 0, 0)');
    await plain.close();
    const themed = await open('light', 'body { background: #fdfcf9 }', 'theme="light"');
    expect(await surface(themed)).toBe('rgb(255, 255, 255)');
    await themed.close();
  });

  it.each([
    ['light', 'body { background: #111 }', 'light'],
    ['dark', 'body { background: #fff }', 'dark'],
    ['auto', 'body { background: #fff }', 'dark'],
  ])('but theme="%s" has the last word', async (theme, styles, expected) => {
    const page = await open('dark', styles, `theme="${theme}"`);
    expect(await look(page)).toBe(expected);
    await page.close();
  });
});
