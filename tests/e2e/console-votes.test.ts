import { expect, test } from 'vitest';
import { openBrowser, shows } from './browser.ts';
import { openBurst, rowOf } from './console-desk.ts';

const browser = await openBrowser();

test('votes set aside are counted by keyboard alone, asked for twice, and the history says who did it', async () => {
  const { page, faults } = await openBurst(browser, 9);
  await rowOf(page, 'Reader 1').getByText('3 votes set aside').waitFor();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByText(/3 votes came in a burst/).waitFor();
  const count = details.getByRole('button', { name: 'Count them' });
  await page.locator('article[aria-current="true"]').focus();
  for (let i = 0; i < 20 && !(await count.evaluate((one) => one === document.activeElement)); i += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await details.getByText('Count 3 votes? This cannot be taken back.').waitFor();
  // Nothing has happened yet, and the way back leads to the button that was left.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await shows(() => count.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await details.getByText(', 6 up and 0 down').count()).toBe(1);

  await page.keyboard.press('Enter');
  await details.getByRole('button', { name: 'Count 3 votes' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('3 votes counted.').last().waitFor();
  await details.getByText(/Ines counted 3 votes set aside/).waitFor();
  await shows(() => details.getByText(', 9 up and 0 down').count()).toBe(1);
  expect(await page.getByText(/votes came in a burst|3 votes set aside$/).count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-current'))).toBe('true');
  expect(faults).toEqual([]);
});

test('votes set aside are discarded; what a colleague was first to rule on is said', async () => {
  const { page, faults } = await openBurst(browser, 7);
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByRole('button', { name: 'Discard them' }).click();
  // The session of a second window rules first.
  const twin = await page.context().newPage();
  await twin.goto(page.url());
  await twin.getByRole('button', { name: 'Discard them' }).click();
  await twin.getByRole('button', { name: 'Discard 1 vote' }).click();
  await twin.getByText('1 vote discarded.').last().waitFor();

  await details.getByRole('button', { name: 'Discard 1 vote' }).click();
  await page.getByText('There are no votes set aside any more.').last().waitFor();
  await details.getByText(/Ines discarded 1 vote set aside/).waitFor();
  await shows(() => details.getByRole('button', { name: /Discard/ }).count()).toBe(0);
  await shows(() => details.getByText(', 6 up and 0 down').count()).toBe(1);
  expect(faults).toEqual([]);
});

test('a ruling that does not reach the server is said, and can be made again', async () => {
  const { page, faults } = await openBurst(browser, 8);
  const details = page.getByRole('complementary', { name: 'Details' });
  await page.route('**/vote-ruling', (route) => route.abort());
  await details.getByRole('button', { name: 'Count them' }).click();
  await details.getByRole('button', { name: 'Count 2 votes' }).click();
  await page
    .getByText(/Not saved\. The server cannot be reached/)
    .last()
    .waitFor();
  await page.unroute('**/vote-ruling');
  await details.getByRole('button', { name: 'Count them' }).click();
  await details.getByRole('button', { name: 'Count 2 votes' }).click();
  await page.getByText('2 votes counted.').last().waitFor();
  expect(faults).toEqual([]);
});
