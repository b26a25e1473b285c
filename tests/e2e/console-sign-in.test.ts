import { expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openDesk, openWindow } from './console-desk.ts';

const browser = await openBrowser();

test('opening a sign-in link signs nobody in; its button does, and once only', async () => {
  const { site, links } = await openDesk(browser, { comments: 1 });
  const { page, faults } = await openWindow(browser);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));

  await page.goto(links.Ines);
  const button = page.getByRole('button', { name: `Sign in to ${site}` });
  await button.waitFor();
  expect(sent.filter((request) => request.includes('/v1/'))).toEqual([]);
  expect(page.url()).not.toContain('token');

  await button.click();
  await page.getByRole('heading', { name: 'Reader 1' }).first().waitFor();
  expect(sent).toContain(`POST /v1/sites/${site}/sessions`);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/' });
  expect(cookie?.name).toMatch(/^__Host-/);

  const second = await openWindow(browser);
  await second.page.goto(links.Ines);
  await second.page.getByRole('button', { name: `Sign in to ${site}` }).click();
  await second.page.getByText('This link was used before or is too old.').waitFor();
  await second.page.getByLabel('E-mail').fill('somebody@desk.example');
  await second.page.getByRole('button', { name: /Send me a sign-in link/ }).click();
  // No mail is set up here, and that is said to everybody alike.
  await second.page.getByText('This Belowline sends no mail. Ask its operator').waitFor();
  expect([...faults, ...second.faults]).toEqual([]);
});

test('a session that has ended keeps the address of the list, and coming back signed in goes on there', async () => {
  const desk = await openDesk(browser, { comments: 2 });
  const { page, faults } = await desk.open('Ines');
  await page.goto(desk.address('approved'));
  await page.getByText('Nothing here').waitFor();
  await page.getByRole('link', { name: '2 pending' }).click();
  await page.getByRole('article').first().waitFor();

  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.keyboard.press('a');
  await page.getByText('Your session has ended.').waitFor();
  expect(page.url()).toBe(desk.address('pending'));

  // Signed in again in another tab, this one is looked at again.
  await page.context().addCookies(cookies);
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.getByRole('article').first().waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail').waitFor();
  expect(faults).toEqual([]);
});
