import { expect, inject, test } from 'vitest';
import * as addresses from '../../src/contract/addresses.ts';
import { ask } from './ask.ts';
import { openBrowser, shows } from './browser.ts';
import { openDesk } from './console-desk.ts';

const { operatorKey } = inject('local');
const browser = await openBrowser();

const openSettings = async () => {
  const desk = await openDesk(browser, { comments: 1 });
  const { page, faults } = await desk.open('Ines');
  await page.getByRole('link', { name: 'Settings' }).click();
  const banned = page.getByRole('textbox', { name: 'Banned words' });
  await banned.waitFor();
  /** The deed of another admin. */
  const meanwhile = (body: object) => ask(operatorKey, addresses.changeSettings, { site: desk.site, body });
  const save = () => page.getByRole('button', { name: 'Save' }).click();
  return { page, faults, banned, meanwhile, save, site: desk.site };
};

test('two admins who each add a word are both heard, and another field that one of them changed stays', async () => {
  const { page, faults, banned, meanwhile, save } = await openSettings();
  await banned.fill('casino');
  await meanwhile({ maxLinks: 9, add: { bannedWords: ['lottery'] } });
  await save();
  await page.getByText('Everything is saved.').waitFor();
  expect((await banned.inputValue()).split('\n').sort()).toEqual(['casino', 'lottery']);
  expect(await page.getByLabel('Links allowed').inputValue()).toBe('9');
  await banned.fill('lottery');
  await meanwhile({ add: { bannedWords: ['bonus'] } });
  await save();
  await page.getByText('Everything is saved.').waitFor();
  expect((await banned.inputValue()).split('\n').sort()).toEqual(['bonus', 'lottery']);
  expect(faults).toEqual([]);
});

test('an admin who sets what another has just set is shown both, keeps what was typed, and decides', async () => {
  const { page, faults, banned, meanwhile, save, site } = await openSettings();
  const links = page.getByLabel('Links allowed');
  const settings = () => ask(operatorKey, addresses.getSettings, { site });
  await links.fill('3');
  await banned.fill('casino');
  await meanwhile({ maxLinks: 9, moderation: 'post' });
  await save();
  await page.getByText('Somebody else has set this to “9” meanwhile. Save again to replace it.').waitFor();
  expect([await links.inputValue(), await banned.inputValue()]).toEqual(['3', 'casino']);
  expect(await page.getByRole('radio', { name: 'Immediately' }).isChecked()).toBe(true);
  expect((await settings()).settings).toMatchObject({ maxLinks: 9, bannedWords: [] });
  await save();
  await page.getByText('Everything is saved.').waitFor();
  expect((await settings()).settings).toMatchObject({ maxLinks: 3, bannedWords: ['casino'], moderation: 'post' });

  await page.getByRole('radio', { name: 'After approval', exact: true }).check();
  await meanwhile({ moderation: 'first-comment' });
  await save();
  await page.getByText('Somebody else has set this to “After a reader’s first approval” meanwhile.').waitFor();
  await page.getByRole('button', { name: 'Put back' }).click();
  await shows(() => page.getByRole('radio', { name: 'After a reader’s first approval' }).isChecked()).toBe(true);
  await page.getByText('Everything is saved.').waitFor();
  expect(faults).toEqual([]);
});

test('what an admin has typed is still there after a look at another page, and a page is not left without a question', async () => {
  const { page, faults, banned, meanwhile, save } = await openSettings();
  const links = page.getByLabel('Links allowed');
  await banned.fill('casino');
  await links.fill('3');
  await meanwhile({ maxLinks: 9, add: { bannedWords: ['lottery'] } });
  await page.getByRole('link', { name: 'Team' }).click();
  await page.getByRole('heading', { name: 'Team' }).waitFor();
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  });
  await page.close({ runBeforeUnload: true });
  await shows(async () => asked).toEqual(['beforeunload']);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText('There are changes to save.').waitFor();
  expect([await banned.inputValue(), await links.inputValue()]).toEqual(['casino', '3']);
  await save();
  await page.getByText('Somebody else has set this to “9” meanwhile. Save again to replace it.').waitFor();
  await save();
  await page.getByText('Everything is saved.').waitFor();
  await page.reload();
  await banned.waitFor();
  expect(asked).toHaveLength(1);
  expect((await banned.inputValue()).split('\n').sort()).toEqual(['casino', 'lottery']);
  expect(faults).toEqual([]);
});

test('a page is left without a question from the moment on that it says that everything is saved, and with one from the first letter', async () => {
  const { page, faults, banned, save } = await openSettings();
  await banned.fill('casino');
  await page.getByText('There are changes to save.').waitFor();
  await page.evaluate(() => {
    const asks = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const { port1, port2 } = new MessageChannel();
    const answers: boolean[] = [];
    port1.onmessage = () => answers.push(asks());
    Object.assign(window, { answers });
    // A message arrives after what was begun with the change, and before the next frame.
    new MutationObserver(() => port2.postMessage('')).observe(document.querySelector('.save-bar') ?? document, {
      subtree: true,
      characterData: true,
    });
  });
  await save();
  await page.getByText('Everything is saved.').waitFor();
  await page.getByLabel('Links allowed').fill('3');
  await page.getByText('There are changes to save.').waitFor();
  await shows(() => page.evaluate(() => Reflect.get(window, 'answers'))).toEqual([false, true]);
  expect(faults).toEqual([]);
});
