import { expect, inject, test } from 'vitest';
import { inviteModerator, postComment } from '../../src/contract/addresses.ts';
import { ask } from './ask.ts';
import { openBrowser } from './browser.ts';
import { openWindow } from './console-desk.ts';
import { ARTICLE, openSite } from './widget-page.ts';

const { url, operatorKey } = inject('local');

const browser = await openBrowser();

test('a visible comment’s article opens at the comment, and a deleted parent is said to be one', async () => {
  const { site, post, remove, guestKey } = await openSite();
  const guest = guestKey();
  const parent = await post('Soon gone', null, guest);
  const reply = await post('An answer to it', parent.id);
  await remove(parent.id, guest);
  const editor = { email: 'ines@desk.example', name: 'Ines', role: 'admin' } as const;
  const { signInUrl } = await ask(operatorKey, inviteModerator, { site, body: editor });

  const { page } = await openWindow(browser);
  await page.goto(signInUrl ?? '');
  await page.getByRole('button', { name: `Sign in to ${site}` }).click();
  await page
    .getByRole('link', { name: /unmoderated/i })
    .first()
    .click();
  const row = page.getByRole('article').filter({ hasText: 'An answer to it' });
  await row.getByText('a comment that its author has deleted').waitFor();
  const place = `${url}/try/#comment-${reply.id}`;
  expect(await row.getByRole('link', { name: 'The ferry sails' }).getAttribute('href')).toBe(place);
  const opened = page.context().waitForEvent('page');
  await page.keyboard.press('o');
  await expect.poll(async () => (await opened).url()).toBe(place);

  await page.keyboard.press('r');
  await page.keyboard.press('Enter');
  await page
    .getByRole('link', { name: /Rejected/ })
    .first()
    .click();
  await row.waitFor();
  expect(await row.getByRole('link', { name: 'The ferry sails' }).getAttribute('href')).toBe(`${url}/try/`);
});

test.each(['World news', 'أخبار العالم'])('the section %s stands apart from the headline', async (section) => {
  const headline = 'محادثات العبّارة تعود إلى المضيق';
  const { site, post } = await openSite({ moderation: 'pre' }, { headline, section });
  await post('A comment');
  const editor = { email: 'ines@desk.example', name: 'Ines', role: 'admin' } as const;
  const { signInUrl } = await ask(operatorKey, inviteModerator, { site, body: editor });
  const { page } = await openWindow(browser);
  await page.goto(signInUrl ?? '');
  await page.getByRole('button', { name: `Sign in to ${site}` }).click();
  const row = page.getByRole('article').first();
  const edges = async (text: string) => {
    const { x = 0, width = 0 } = (await row.getByText(text, { exact: true }).boundingBox()) ?? {};
    return { left: x, right: x + width };
  };
  const [first, second] = [await edges(headline), await edges(section)];
  expect(second.left - first.right).toBeGreaterThan(5);
});

test('an e-mail address that a commenter has typed is not shown as theirs', async () => {
  const { site, guestKey } = await openSite({ moderation: 'pre' });
  const body = { body: 'Write to me.', authorName: 'Cleo', authorEmail: 'editor@gazette.example' };
  await ask(guestKey(), postComment, { site, article: ARTICLE, body });
  const editor = { email: 'ines@desk.example', name: 'Ines', role: 'admin' } as const;
  const { signInUrl } = await ask(operatorKey, inviteModerator, { site, body: editor });
  const { page } = await openWindow(browser);
  await page.goto(signInUrl ?? '');
  await page.getByRole('button', { name: `Sign in to ${site}` }).click();
  await page.getByText('editor@gazette.example (not verified)').waitFor();
});
