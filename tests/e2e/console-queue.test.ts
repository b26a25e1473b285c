import { expect, test } from 'vitest';
import { openBrowser, shows } from './browser.ts';
import { countOf, openDesk, rowOf, selectedAuthor } from './console-desk.ts';

const browser = await openBrowser();

test('one key approves, the next comment is selected and focused, and another key takes it back', async () => {
  const desk = await openDesk(browser, { comments: 4 });
  const { page, faults } = await desk.open('Ines');
  await page.keyboard.press('a');
  await page.getByText('Approved.', { exact: true }).last().waitFor();
  await shows(countOf(page, 'Pending')).toBe('3');
  await shows(countOf(page, 'Approved')).toBe('1');
  await shows(selectedAuthor(page)).toBe('Reader 2');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-current'))).toBe('true');

  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await shows(countOf(page, 'Spam')).toBe('1');
  await page.keyboard.press('z');
  await page.keyboard.press('z');
  await shows(countOf(page, 'Pending')).toBe('4');
  await shows(selectedAuthor(page)).toBe('Reader 1');
  await shows(() => page.getByRole('article').getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(
    desk.comments.map(({ authorName }) => authorName),
  );
  expect(faults).toEqual([]);
});

test('rejecting asks for a reason, typed at once, and the dossier keeps it', async () => {
  const desk = await openDesk(browser, { comments: 2 });
  const { page, faults } = await desk.open('Ines');
  await page.keyboard.press('r');
  // Letters that are keys elsewhere, typed without waiting.
  await page.keyboard.type('jazz is off topic');
  await page.keyboard.press('Enter');
  await shows(countOf(page, 'Rejected')).toBe('1');
  expect(await countOf(page, 'Approved')()).toBe('0');

  await page.keyboard.press('r');
  await page.keyboard.press('Escape');
  await shows(() => page.getByRole('textbox', { name: /Reason/ }).count()).toBe(0);

  await page.goto(desk.address('rejected'));
  await page.getByRole('complementary').getByText('“jazz is off topic”').waitFor();
  await rowOf(page, 'Reader 1').getByRole('button', { name: 'Restore' }).click();
  await shows(countOf(page, 'Pending')).toBe('2');
  expect(faults).toEqual([]);
});

test('many at once, and all of them back', async () => {
  const desk = await openDesk(browser, { comments: 5 });
  const { page, faults } = await desk.open('Ines');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+A');
  await shows(countOf(page, 'Approved')).toBe('2');
  await page.keyboard.press('z');
  await shows(countOf(page, 'Pending')).toBe('5');

  await page.getByLabel('Select all loaded').check();
  await page.getByRole('button', { name: 'Spam 5' }).click();
  await page.getByText('All caught up').waitFor();
  await shows(countOf(page, 'Spam')).toBe('5');
  await page.getByRole('button', { name: /Undo/ }).click();
  await shows(() => page.getByRole('article').count()).toBe(5);
  expect(faults).toEqual([]);
});

test('the second of two moderators reads who was first, and the row says so', async () => {
  const desk = await openDesk(browser, { comments: 3 });
  const mara = await desk.open('Mara');
  const ines = await desk.open('Ines');
  await mara.page.keyboard.press('r');
  await mara.page.keyboard.press('Enter');
  await shows(countOf(mara.page, 'Rejected')).toBe('1');

  await ines.page.keyboard.press('a');
  const row = rowOf(ines.page, 'Reader 1');
  await row.getByText('Mara already rejected this.').waitFor();
  await shows(countOf(ines.page, 'Rejected')).toBe('1');
  expect(await selectedAuthor(ines.page)()).toBe('Reader 2');
  await row.getByRole('button', { name: 'Take it off the list' }).click();
  await shows(() => ines.page.getByRole('article').count()).toBe(2);
  expect(await ines.page.getByRole('button', { name: /new comment/ }).count()).toBe(0);
  expect([...mara.faults, ...ines.faults]).toEqual([]);
});

test('no key decides while typing, in a dialog, or with another key held', async () => {
  const desk = await openDesk(browser, { comments: 3 });
  const { page, faults } = await desk.open('Ines');
  const decided: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') decided.push(request.url());
  });
  await page.keyboard.press('/');
  await page.keyboard.type('asxz reader 2');
  await page.getByText('No loaded comment matches').waitFor();
  await page.getByRole('searchbox').fill('reader 2');
  await shows(() => page.getByRole('article').count()).toBe(1);
  await page.keyboard.press('Escape');
  await shows(() => page.getByRole('article').count()).toBe(3);

  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('a');
  await page.keyboard.press('Escape');
  await shows(() => page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Alt+s');
  // The first decision that is really asked for is also the first that is sent.
  await page.keyboard.press('a');
  await shows(countOf(page, 'Approved')).toBe('1');
  expect(decided).toHaveLength(1);
  expect(faults).toEqual([]);
});

test('a double click decides one comment, not the one that slides under the pointer as well', async () => {
  const desk = await openDesk(browser, { comments: 3 });
  const { page } = await desk.open('Ines');
  await rowOf(page, 'Reader 1').getByRole('button', { name: 'Approve' }).dblclick();
  await shows(countOf(page, 'Approved')).toBe('1');
  await page.keyboard.press('s');
  await shows(countOf(page, 'Spam')).toBe('1');
  expect(await countOf(page, 'Approved')()).toBe('1');
});

test('what arrives meanwhile is offered, and the list is loaded page by page', async () => {
  const desk = await openDesk(browser, { comments: 52 });
  const { page, faults } = await desk.open('Ines');
  await shows(() => page.getByRole('article').count()).toBe(50);
  await page.getByRole('article').last().scrollIntoViewIfNeeded();
  await shows(() => page.getByRole('article').count()).toBe(52);

  await desk.post('Latecomer', 'Did I miss the ferry?', '203.0.113.99');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByRole('button', { name: '1 new comment – show' }).click();
  await shows(countOf(page, 'Pending')).toBe('53');
  expect(faults).toEqual([]);
});

test('a press on Details shows those of its comment, whichever were shown before, and a second press hides them', async () => {
  const desk = await openDesk(browser, { comments: 3 });
  const { page, faults } = await desk.open('Ines');
  const details = page.getByRole('complementary', { name: 'Details' });
  const press = (name: string) => rowOf(page, name).getByRole('button', { name: 'Details' }).click();
  await details.getByRole('heading', { name: 'Reader 1' }).waitFor();
  await press('Reader 2');
  await details.getByRole('heading', { name: 'Reader 2' }).waitFor();
  await press('Reader 2');
  await details.waitFor({ state: 'detached' });
  await press('Reader 3');
  await details.getByRole('heading', { name: 'Reader 3' }).waitFor();
  expect(faults).toEqual([]);
});
