import { expect, test } from 'vitest';
import { openBrowser, shows } from './browser.ts';
import { ARTICLE, openSite, visit } from './widget-page.ts';

const browser = await openBrowser();

type Widget = HTMLElement & Record<'reload' | 'focusForm', () => Promise<void>>;

/** The frame between the first comments and the others lasts until `goOn`. */
async function visitHeld(site: string, stored: Record<string, string> = {}) {
  const context = await browser.newContext();
  await context.addInitScript((entries) => {
    for (const [key, value] of Object.entries(entries)) localStorage[key] = value;
    const { setTimeout } = window;
    const acts: (() => void)[] = [];
    const held = (act: () => void, millis?: number) => (millis === 20 ? acts.push(act) : setTimeout(act, millis));
    Object.assign(window, { setTimeout: held, goOn: () => acts.map((act) => act()) });
  }, stored);
  const { page, complaints } = await visit(browser, { site, context });
  const shown = () => page.locator('article:visible').count();
  await shows(shown).toBe(3);
  const goOn = () => page.evaluate(() => Reflect.get(window, 'goOn')());
  return { page, context, complaints, shown, goOn };
}

async function openSiteOfFive() {
  const opened = await openSite();
  const ids: string[] = [];
  for (const text of ['One', 'Two', 'Three', 'Four', 'Five']) ids.push((await opened.post(text)).id);
  return { ...opened, oldest: ids[0] ?? '' };
}

test('a comment that is gone to before all are shown is shown, and in view', async () => {
  const { site, oldest } = await openSiteOfFive();
  const { page, context, complaints, shown, goOn } = await visitHeld(site);
  await page.evaluate((hash) => location.assign(hash), `#comment-${oldest}`);
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
  await shows(focused).toContain('One');
  const place = await page.getByText('One', { exact: true }).boundingBox();
  expect(place?.y).toBeLessThan(720);
  await goOn();
  expect([await shown(), complaints]).toEqual([5, []]);
  await context.close();
});

test('a form that is asked for before all are shown has the focus', async () => {
  const { site } = await openSiteOfFive();
  const { page, context } = await visitHeld(site);
  await page.evaluate(() => document.querySelector<Widget>('belowline-comments')?.focusForm());
  await shows(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName)).toBe('TEXTAREA');
  await context.close();
});

test('the form of a writer is shown below all comments alone, where it stays', async () => {
  const { site, post, guestKey } = await openSiteOfFive();
  const guest = guestKey();
  await post('Mine', null, guest);
  const draft = { body: 'Begun', refused: false, closed: false, at: Date.now(), by: 'x', tab: 'x', changed: true };
  const { page, context, shown, goOn } = await visitHeld(site, {
    [`belowline:guest:${site}`]: guest,
    [`belowline:draft:${site}:${ARTICLE}::k`]: JSON.stringify(draft),
  });
  await page.locator('.badge').filter({ hasText: 'You' }).waitFor();
  const forms = () => page.locator('textarea:visible').count();
  expect(await forms()).toBe(0);
  await goOn();
  expect([await shown(), await forms()]).toEqual([6, 1]);
  await context.close();
});

test('a reading that fails before all are shown leaves all of them, and the form', async () => {
  const { site } = await openSiteOfFive();
  const { page, context, shown, goOn } = await visitHeld(site);
  await page.route('**/thread?*', (route) => route.abort());
  await page.evaluate(() => document.querySelector<Widget>('belowline-comments')?.reload());
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await goOn();
  expect(await shown()).toBe(5);
  await page.getByRole('textbox', { name: 'Comment' }).waitFor();
  await context.close();
});
