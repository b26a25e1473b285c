import { expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openDesk } from './console-desk.ts';

const browser = await openBrowser();

test('a ban holds its network for as long as the moderator says, who has to say so', async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  const details = page.getByRole('complementary', { name: 'Details' });
  const ban = async () => {
    const sent = page.waitForRequest('**/readers/**');
    await details.getByRole('button', { name: 'Ban', exact: true }).click();
    return (await sent).postDataJSON() as unknown;
  };
  await details.getByText('Ban this reader').click();
  expect(await ban()).toEqual({ ban: 'ban', days: 7, holdNetworkHours: 0 });
  await details.getByRole('button', { name: 'Lift the ban' }).click();
  await details.getByText('Ban this reader').click();
  await details.getByLabel('Also hold what comes from this network').selectOption('1 day');
  expect(await ban()).toEqual({ ban: 'ban', days: 7, holdNetworkHours: 24 });
  await details.getByRole('button', { name: 'Lift the ban' }).waitFor();
  expect(faults).toEqual([]);
});
