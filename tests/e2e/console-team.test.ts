import { expect, inject, test } from 'vitest';
import * as addresses from '../../src/contract/addresses.ts';
import { ask } from './ask.ts';
import { openBrowser } from './browser.ts';
import { openDesk } from './console-desk.ts';

const { operatorKey } = inject('local');
const browser = await openBrowser();

test('an admin makes somebody else admin and then gives it up, but not the last one', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  await page.getByRole('link', { name: 'Team' }).click();
  const giveUp = async () => {
    await page.getByRole('button', { name: 'Make Ines moderator' }).click();
    await page.getByText('Make yourself moderator? You will see neither Team nor Settings any more.').waitFor();
    await page.getByRole('button', { name: 'Make moderator', exact: true }).click();
  };
  await giveUp();
  await page.getByText('Make somebody else admin first.').waitFor();
  await page.getByRole('button', { name: 'Make Mara admin' }).click();
  await page.getByRole('button', { name: 'Make Mara moderator' }).waitFor();
  await giveUp();
  await page.getByText('Only admins see this page.').waitFor();
  expect(await page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  const { moderators } = await ask(operatorKey, addresses.listModerators, { site: desk.site });
  expect(moderators.map(({ name, role }) => `${name} ${role}`)).toEqual(['Ines moderator', 'Mara admin']);
  expect(faults).toEqual([]);
});

test('an admin who leaves the team is signed out there and then', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page } = await desk.open('Ines');
  await page.getByRole('link', { name: 'Team' }).click();
  await page.getByRole('button', { name: 'Make Mara admin' }).click();
  await page.getByRole('button', { name: 'Make Mara moderator' }).waitFor();
  await page.getByRole('button', { name: 'Remove Ines' }).click();
  await page.getByText('Remove yourself? You will be signed out. Your decisions stay.').waitFor();
  await page.getByRole('button', { name: 'Remove', exact: true }).first().click();
  await page.getByRole('button', { name: /^Send me a sign-in link/ }).waitFor();
  expect(await page.getByRole('heading', { name: 'Team' }).count()).toBe(0);
});
