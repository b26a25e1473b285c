import { expect, test } from 'vitest';
import { accessibilityFaults } from './accessibility.ts';
import { openBrowser, shows } from './browser.ts';
import { openDesk, rowOf } from './console-desk.ts';

const browser = await openBrowser();

test.each([
  ['light', 'all'],
  ['dark', 'of looks'],
] as const)('nothing for axe to find in %s', async (colorScheme, rules) => {
  const desk = await openDesk(browser);
  const { page, faults } = await desk.open('Ines', { colorScheme, reducedMotion: 'reduce' });
  await page.getByRole('complementary').getByText('Nobody has decided yet.').waitFor();
  expect(await accessibilityFaults(page, rules)).toEqual([]);

  await page.keyboard.press('a');
  await page.keyboard.press('x');
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: /Reason/ }).waitFor();
  expect(await accessibilityFaults(page, rules)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  expect(await accessibilityFaults(page, rules)).toEqual([]);

  await page.goto(desk.address('spam'));
  await page.getByText('Nothing here').waitFor();
  expect(await accessibilityFaults(page, rules)).toEqual([]);
  await page.goto(desk.address('settings'));
  await page.getByRole('textbox', { name: 'Origins' }).waitFor();
  expect(await accessibilityFaults(page, rules)).toEqual([]);
  await page.goto(desk.address('team'));
  await page.getByRole('button', { name: 'Remove Mara' }).waitFor();
  expect(await accessibilityFaults(page, rules)).toEqual([]);
  expect(faults).toEqual([]);
});

test('at least six comments are seen whole on a laptop', async () => {
  const desk = await openDesk(browser, { comments: 10 });
  const { page } = await desk.open('Ines');
  await page.getByRole('complementary').getByText('Nobody has decided yet.').waitFor();
  const whole = () =>
    page.getByRole('article').evaluateAll(
      (rows) =>
        rows.filter((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }).length,
    );
  await shows(whole).toBeGreaterThanOrEqual(6);
});

test('on a phone the text and the approve button are on the screen, and nothing is wider than it', async () => {
  const desk = await openDesk(browser);
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const { page, faults } = await desk.open('Ines', phone);
  const approve = rowOf(page, 'Reader 1').getByRole('button', { name: 'Approve' });
  const box = await approve.boundingBox();
  expect(box).not.toBeNull();
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  expect(height).toBeGreaterThanOrEqual(44);
  expect([x >= 0, x + width <= 390, y + height <= 844]).toEqual([true, true, true]);
  expect(await rowOf(page, 'Reader 1').getByText('The night service').isVisible()).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

  await rowOf(page, 'Reader 2').getByRole('button', { name: 'Details' }).tap();
  await rowOf(page, 'Reader 2').getByText('Nobody has decided yet.').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await accessibilityFaults(page)).toEqual([]);
  await approve.tap();
  await shows(() => rowOf(page, 'Reader 1').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('an admin changes settings field by field, and invites and removes a moderator', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  await page.getByRole('link', { name: 'Settings' }).click();
  const origins = page.getByRole('textbox', { name: 'Origins' });
  await origins.fill('https://news.example\nnews.example/path');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Line 2: Write an origin as in').waitFor();
  await origins.fill('https://news.example/');
  const numbers = page.locator('.numbers input');
  const heights = () => numbers.evaluateAll((inputs) => inputs.map((input) => input.clientHeight));
  const [height] = await heights();
  await page.getByRole('spinbutton', { name: 'Longest comment' }).fill('99999');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('At most 10,000.', { exact: true }).waitFor();
  expect((await heights()).filter((_, at) => at !== 1)).toEqual([height, height]);
  await page.getByRole('spinbutton', { name: 'Longest comment' }).fill('4000');
  await page.getByRole('textbox', { name: 'Suspect words' }).fill('casino\nlottery');
  await page.getByRole('radio', { name: 'Immediately' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Everything is saved.').waitFor();
  await page.reload();
  await shows(() => page.getByRole('textbox', { name: 'Suspect words' }).inputValue()).toBe('casino\nlottery');
  expect(await page.getByRole('radio', { name: 'Immediately' }).isChecked()).toBe(true);

  await page.getByRole('link', { name: 'Team' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Noor');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('noor@desk.example');
  await page.getByRole('button', { name: 'Invite' }).click();
  await shows(() => page.getByRole('textbox', { name: 'Sign-in link' }).inputValue()).toMatch(/#token=/);
  await page.getByRole('button', { name: 'Remove Noor' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await shows(() => page.getByRole('button', { name: 'Remove Noor' }).count()).toBe(0);

  const mara = await desk.open('Mara');
  await mara.page.goto(desk.address('settings'));
  await mara.page.getByText('Only admins see this page.').waitFor();
  expect([...faults, ...mara.faults]).toEqual([]);
});
