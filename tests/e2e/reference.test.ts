import { expect, inject, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openWindow } from './console-desk.ts';

const { url } = inject('local');

const browser = await openBrowser();

test('the reference is about the address that it stands at', async () => {
  const { page, faults } = await openWindow(browser);
  await page.goto(`${url}/api/`);
  await expect.poll(() => page.locator('#credentials pre').innerText()).toContain(`export BELOWLINE_URL=${url}\n`);
  expect(await page.content()).not.toMatch(/localhost:8787|comments\.example\b(?!\/v1\/sites\/demo)/);
  const { servers } = (await (await fetch(`${url}/openapi.json`)).json()) as { servers: { url: string }[] };
  expect(servers.map((server) => new URL(server.url, `${url}/openapi.json`).href)).toEqual([`${url}/`]);
  expect(faults).toEqual([]);
});
