import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser, shows } from './browser.ts';
import { openBurst, openDesk } from './console-desk.ts';

const browser = await openBrowser();

/** The words on what has the focus. */
const focused = (page: Page) => () => page.evaluate(() => document.activeElement?.textContent ?? '');

/** Presses a button as a key does, and tells what has the focus once the page has changed, before any other key comes. */
const press = (button: Locator) =>
  button.evaluate(async (element: HTMLElement) => {
    const changed = new Promise((resolve) => {
      new MutationObserver(resolve).observe(document.body, { childList: true, subtree: true });
    });
    element.focus();
    element.click();
    await changed;
    return document.activeElement?.textContent ?? '';
  });

test('a question about votes has the focus as soon as it is shown, and gives it back', async () => {
  const { page, faults } = await openBurst(browser, 7);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  expect(await press(button('Discard them'))).toBe('Discard 1 vote');
  expect(await press(button('Leave them'))).toBe('Count them');
  expect(await press(button('Count them'))).toBe('Count 1 vote');
  expect(await press(button('Leave them'))).toBe('Count them');

  await page.route('**/vote-ruling', (route) => route.abort());
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page
    .getByText(/Not saved\. The server cannot be reached/)
    .last()
    .waitFor();
  await shows(() => page.evaluate(() => document.activeElement?.getAttribute('aria-current'))).toBe('true');
  expect(faults).toEqual([]);
});

test('the question whether a moderator goes has the focus as soon as it is shown, and gives it back', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  await page.goto(desk.address('team'));
  const mara = page.getByRole('listitem').filter({ hasText: 'mara@desk.example' });
  const button = (name: string) => mara.getByRole('button', { name, exact: true });
  expect(await press(button('Remove Mara'))).toBe('Remove');
  await mara.getByText('Remove Mara? The decisions stay.').waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)()).toBe('Keep');
  expect(await press(button('Keep'))).toBe('Remove');
  await button('Remove Mara').waitFor();
  expect(faults).toEqual([]);
});

test('a ban that is set, lifted or not saved leaves the focus where the next can be done', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  const details = page.getByRole('complementary', { name: 'Details' });
  const ban = details.getByRole('button', { name: 'Ban', exact: true });
  await details.getByText('Ban this reader').focus();
  await page.keyboard.press('Enter');
  await page.route('**/readers/**', (route) => route.abort());
  await ban.focus();
  await page.keyboard.press('Enter');
  await page
    .getByText(/^Not saved\./)
    .last()
    .waitFor();
  await shows(focused(page)).toBe('Ban this reader');
  await page.unroute('**/readers/**');

  await ban.focus();
  await page.keyboard.press('Enter');
  await shows(focused(page)).toBe('Lift the ban');
  await page.keyboard.press('Enter');
  await shows(focused(page)).toBe('Ban this reader');
  expect(faults).toEqual([]);
});

test('whoever has gone to a field while a ban was on its way stays there', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  const details = page.getByRole('complementary', { name: 'Details' });
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/readers/**', async (route) => {
    await held;
    await route.continue();
  });
  await details.getByText('Ban this reader').click();
  await details.getByRole('button', { name: 'Ban', exact: true }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('Read');
  letThrough();
  await details.getByRole('button', { name: 'Lift the ban' }).waitFor();
  await page.keyboard.type('er');
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('Reader');
  expect(faults).toEqual([]);
});
