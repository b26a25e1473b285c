import { expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { openSite } from '../widget-page.ts';
import { ARTICLE_TEXT, FOOTER, type Host, openHost } from './host-page.ts';
import { shiftsOf } from './layout-shift.ts';
import { MOST_SHIFT } from './walk.ts';

const browser = await openBrowser();

const SOON = { timeout: 10_000 };

/** The beginning of the comments, in pixels from the top of the window, once the page is at rest. */
async function arrive(host: Omit<Host, 'name'>, site: string, size: { width: number; height: number }) {
  const { context, frame } = await openHost(browser, { name: '', ...host }, site, { viewport: size });
  await frame.locator('belowline-comments .form-place').waitFor({ state: 'visible' });
  const { total, moved } = await shiftsOf(frame);
  const top = await frame.locator('#comments').evaluate((element) => Math.round(element.getBoundingClientRect().top));
  return { context, frame, top, total, moved };
}

const WINDOWS = [
  ['a desktop', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
] as const;

const NO_LINE = 'belowline-comments:not(:defined) { display: inline; min-height: 0 }';

test.each(WINDOWS)(
  '#comments shows the heading at the top, whatever stands below, and nothing moves: %s',
  async (_, size) => {
    const { site, post } = await openSite();
    const empty = await openSite();
    for (let n = 1; n <= 4; n++) await post(`Number ${n}`);
    const below = { 'a long footer': FOOTER, nothing: '' };
    for (const [name, footer] of Object.entries(below))
      for (const [comments, of] of [
        ['four comments', site],
        ['no comment', empty.site],
      ] as const)
        for (const css of ['', NO_LINE]) {
          const seen = await arrive({ body: (element) => ARTICLE_TEXT + element + footer, css }, of, size);
          const where = `${name}, ${comments}, ${css ? 'without the line of CSS' : 'with it'}`;
          expect(Math.abs(seen.top), where).toBeLessThanOrEqual(1);
          if (!css) expect(seen.total, `${where}\n${seen.moved.join('\n')}`).toBeLessThanOrEqual(MOST_SHIFT);
          await seen.context.close();
        }
  },
);

test('the id may be that of something around the element', async () => {
  const { site, post } = await openSite();
  await post('Under a heading of the page');
  const body = (element: string): string =>
    `${ARTICLE_TEXT}<section id="comments"><h2>Talk</h2>${element.replace('id="comments"', '')}</section>${FOOTER}`;
  const { context, top, total } = await arrive({ body }, site, WINDOWS[0][1]);
  expect(Math.abs(top)).toBeLessThanOrEqual(1);
  expect(total).toBeLessThanOrEqual(MOST_SHIFT);
  await context.close();
});

test('a short page does not move when its comments come, and what was kept for them goes below the window', async () => {
  const { site } = await openSite();
  const host = { body: (element: string) => `<h1>Short</h1>${element}${FOOTER}`, hash: '#' };
  const { context, frame, total, moved } = await arrive(host, site, WINDOWS[0][1]);
  expect(total, moved.join('\n')).toBeLessThanOrEqual(MOST_SHIFT);
  const footer = await frame.locator('footer').evaluate((element) => element.getBoundingClientRect().top - innerHeight);
  expect(Math.round(footer)).toBeGreaterThanOrEqual(0);
  expect(footer).toBeLessThan(40);
  await context.close();
});

test('a reader who has scrolled elsewhere before the script came stays there', async () => {
  const { site, post } = await openSite();
  await post('Far below');
  const { context, page, frame } = await openHost(
    browser,
    { name: '', body: () => `${ARTICLE_TEXT}<div id="place"></div>${FOOTER}`, hash: '#' },
    site,
  );
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<p id="comments">Late</p>');
    location.hash = '#comments';
    scrollTo(0, 100);
  });
  await page.evaluate((id) => {
    const section = document.querySelector('#comments') as HTMLElement;
    const element = document.createElement('belowline-comments');
    Object.assign(element, { site: id, article: 'ferry' });
    section.appendChild(element);
  }, site);
  await frame.waitForFunction(() => document.querySelector<HTMLElement>('belowline-comments')?.style.minHeight);
  expect(await page.evaluate(() => scrollY)).toBe(100);
  await context.close();
});

test('a linked comment stays in view while pictures above it come, until the reader goes on', async () => {
  const { site, post } = await openSite();
  const { id } = await post('The linked one');
  for (let n = 1; n <= 3; n++) await post(`After it ${n}`);
  const body = (element: string): string =>
    `${'<img alt="" src="none.png">'.repeat(9)}${ARTICLE_TEXT}${element}${FOOTER}`;
  const host: Host = {
    name: '',
    body,
    css: '* { overflow-anchor: none } img { display: block }',
    hash: `#comment-${id}`,
  };
  const { context, page, frame } = await openHost(browser, host, site, { viewport: WINDOWS[0][1] });
  const place = () =>
    frame.locator('article.highlit').evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
  await expect.poll(place, SOON).toBe(true);
  const arrivePictures = (height: number) =>
    page.evaluate((pixels) => {
      for (const picture of document.querySelectorAll('img')) picture.style.height = `${pixels}px`;
    }, height);
  await arrivePictures(300);
  await expect.poll(place, SOON).toBe(true);
  await page.mouse.wheel(0, 40);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollHeight), SOON).toBeGreaterThan(2700);
  const before = await page.evaluate(() => scrollY);
  await arrivePictures(400);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThanOrEqual(40);
  await context.close();
});

test('print has names, times and text, and no form or button', async () => {
  const { site, post } = await openSite();
  await post('Printed words');
  const { context, page, frame } = await openHost(
    browser,
    { name: '', body: (element) => ARTICLE_TEXT + element },
    site,
  );
  const widget = frame.locator('belowline-comments');
  await widget.getByText('Printed words').waitFor();
  await widget.getByRole('textbox', { name: 'Comment' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  for (const kept of [widget.getByText('Printed words'), widget.getByText('Ada'), widget.locator('time')])
    expect(await kept.isVisible()).toBe(true);
  for (const gone of ['button', 'form', 'textarea', 'select'])
    expect(await widget.locator(`${gone}:visible`).count(), gone).toBe(0);
  await context.close();
});

test('#comments shows the heading below a header that stays at the top', async () => {
  const { site, post } = await openSite();
  for (let n = 1; n <= 4; n++) await post(`Number ${n}`);
  const css = 'header { position: fixed; inset: 0 0 auto; height: 56px } belowline-comments { --belowline-top: 56px }';
  const host = { body: (element: string) => `<header>A paper</header>${ARTICLE_TEXT}${element}${FOOTER}`, css };
  const { context, top, total } = await arrive(host, site, WINDOWS[0][1]);
  expect(Math.abs(top - 56)).toBeLessThanOrEqual(1);
  expect(total).toBeLessThanOrEqual(MOST_SHIFT);
  await context.close();
});
