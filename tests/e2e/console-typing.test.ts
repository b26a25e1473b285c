import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser, shows } from './browser.ts';
import { countOf, openDesk, rowOf, selectedAuthor } from './console-desk.ts';

const browser = await openBrowser();

/** Keeps requests to an address from the server until `release` is called. */
const hold = async (page: Page, address: string) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(address, async (route) => {
    await held;
    await route.continue();
  });
  return () => release();
};

const reasonField = (page: Page) => page.getByRole('textbox', { name: 'Reason' });

test('an undo that is answered late takes nobody out of a field, so that no letter typed there decides', async () => {
  const desk = await openDesk(browser, { comments: 4 });
  const { page, faults } = await desk.open('Ines');
  await page.keyboard.press('s');
  await page.keyboard.press('s');
  await shows(countOf(page, 'Spam')).toBe('2');

  const release = await hold(page, '**/decisions/undo');
  const decided: string[] = [];
  page.on('request', (request) => {
    if (/decisions?$/.test(request.url())) decided.push(request.url());
  });
  await page.keyboard.press('z');
  await page.keyboard.press('r');
  await page.keyboard.type('Off ');
  release();
  await rowOf(page, 'Reader 2').waitFor();
  await page.keyboard.type('as');
  expect(await reasonField(page).inputValue()).toBe('Off as');
  expect(await selectedAuthor(page)()).toBe('Reader 3');
  expect(decided).toEqual([]);
  expect(faults).toEqual([]);
});

test('a ruling that is answered late leaves the focus in the field that is typed in', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  await page.keyboard.press('a');
  await shows(countOf(page, 'Approved')).toBe('1');
  for (let i = 0; i < 7; i += 1) await desk.vote(desk.comments[0]?.id ?? '');
  await page.goto(desk.address('approved'));
  await rowOf(page, 'Reader 1').waitFor();

  const release = await hold(page, '**/vote-ruling');
  await page.getByRole('button', { name: 'Count them' }).click();
  await page.getByRole('button', { name: 'Count 1 vote' }).click();
  const filter = page.getByRole('searchbox');
  await filter.focus();
  await page.keyboard.type('read');
  release();
  await page.getByText('1 vote counted.').last().waitFor();
  await page.keyboard.type('er');
  expect(await filter.inputValue()).toBe('reader');
  expect(faults).toEqual([]);
});

test('a reason is asked for no longer than the marked comments that it is for', async () => {
  const desk = await openDesk(browser, { comments: 3 });
  const { page, faults } = await desk.open('Ines');
  await page.keyboard.press('x');
  await page.keyboard.press('R');
  await reasonField(page).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await shows(() => reasonField(page).count()).toBe(0);
  await page.keyboard.press('x');
  await page.getByText('1 selected').waitFor();
  expect(await reasonField(page).count()).toBe(0);
  expect(faults).toEqual([]);
});

test('what is typed while settings are being saved stays, as a change to save', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  await page.getByRole('link', { name: 'Settings' }).click();
  const banned = page.getByRole('textbox', { name: 'Banned words' });
  const suspect = page.getByRole('textbox', { name: 'Suspect words' });
  await banned.waitFor();
  const release = await hold(page, '**/settings');
  await banned.fill('casino');
  await page.getByRole('button', { name: 'Save' }).click();
  await banned.fill('casino\nlottery');
  await suspect.fill('bonus');
  release();
  await page
    .getByText(/^Saved\./)
    .last()
    .waitFor();
  expect([await banned.inputValue(), await suspect.inputValue()]).toEqual(['casino\nlottery', 'bonus']);
  await page.getByText('There are changes to save.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Everything is saved.').waitFor();
  await page.reload();
  await shows(() => suspect.inputValue()).toBe('bonus');
  expect(await banned.inputValue()).toBe('casino\nlottery');
  expect(faults).toEqual([]);
});

test('what is said of a text that was typed over meanwhile is not shown under the new one', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  await page.goto(desk.address('settings'));
  const release = await hold(page, '**/words/test');
  const text = page.getByRole('textbox', { name: 'Try the lists on a text' });
  const button = page.getByRole('button', { name: 'Try' });
  await page.getByRole('textbox', { name: 'Banned words' }).fill('casino');
  await text.fill('A casino');
  await button.click();
  await text.fill('A casinò');
  release();
  await shows(() => button.isEnabled()).toBe(true);
  expect(await page.locator('#words-test-answer').innerText()).toBe('');

  await text.fill('A casino');
  expect(await page.locator('#words-test-answer').innerText()).toContain('would be rejected');
  expect(faults).toEqual([]);
});
