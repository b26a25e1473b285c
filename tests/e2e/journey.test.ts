import { expect, inject, test } from 'vitest';
import { signInLink } from '../../src/cli/demo.ts';
import type { LocalServer } from '../../src/cli/local-server.ts';
import { accessibilityFaults } from './accessibility.ts';
import { openBrowser, shows } from './browser.ts';
import { openWindow, rowOf } from './console-desk.ts';

const { url, operatorKey, secret, demo } = inject('local');

const browser = await openBrowser();

test('a reader posts on the demo article, it waits, a moderator approves with one key, a second reader sees it', async () => {
  const words = 'The thermos on that quay deserves an article of its own.';

  const first = await openWindow(browser);
  await first.page.goto(`${url}/demo/#comments`);
  await first.page.getByRole('textbox', { name: 'Comment' }).fill(words);
  await first.page.getByLabel('Name').fill('Ida Holm');
  await first.page.getByRole('button', { name: 'Post Comment' }).click();
  const waiting = first.page.getByText('Waiting for a moderator');
  await waiting.waitFor();
  await first.page.reload();
  await waiting.waitFor();
  expect(await first.page.context().cookies()).toEqual([]);

  const desk = await openWindow(browser);
  const server = { url, secrets: { SECRET: secret, OPERATOR_KEY: operatorKey } } as LocalServer;
  await desk.page.goto(await signInLink(server, demo));
  await desk.page.getByRole('button', { name: 'Sign in' }).click();
  await desk.page.getByRole('article').first().waitFor();
  await desk.page.keyboard.press('/');
  await desk.page.keyboard.type('thermos on that quay');
  await desk.page.keyboard.press('Escape');
  const row = rowOf(desk.page, 'Ida Holm');
  await row.click();
  const answered = desk.page.waitForResponse((response) => response.url().endsWith('/decision'));
  await desk.page.keyboard.press('a');
  expect((await answered).status()).toBe(200);

  const second = await openWindow(browser);
  await second.page.goto(`${url}/demo/#comments`);
  // A page may be fifteen seconds old: it is asked for again until the comment is there.
  await expect
    .poll(
      async () => {
        await second.page.reload();
        await second.page.getByText('Hanne Brask').first().waitFor();
        return second.page.getByText(words).count();
      },
      { timeout: 40_000, interval: 500 },
    )
    .toBe(1);
  await shows(() => first.page.reload().then(() => first.page.getByText(words).count())).toBe(1);

  expect(await accessibilityFaults(first.page)).toEqual([]);
  for (const { faults } of [first, desk, second]) expect(faults).toEqual([]);
});
