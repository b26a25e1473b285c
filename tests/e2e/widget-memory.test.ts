import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { choose, comment, openSite, postButton, visit, write } from './widget-page.ts';

const browser = await openBrowser();

/** The comments that the browser still has though they are in no page any more. */
async function leftOver(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { result } = await session.send('Runtime.evaluate', { expression: 'HTMLLIElement.prototype' });
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: `${result.objectId}` });
  const found = await session.send('Runtime.callFunctionOn', {
    objectId: `${objects.objectId}`,
    functionDeclaration: 'function () { return this.filter((li) => !li.isConnected).map((li) => li.textContent); }',
    returnByValue: true,
  });
  await session.detach();
  return found.result.value as string[];
}

test('a page that posts, votes, opens forms and menus, and is read anew keeps no comment of before', async () => {
  const { site, post } = await openSite();
  const top = await post('The question');
  await post('An answer', top.id);
  const { page, context } = await visit(browser, { site });
  await comment(page, 'The question').waitFor();
  for (const text of ['The first of mine', 'The second of mine']) {
    await write(page, text);
    await postButton(page).click();
    await comment(page, text).waitFor();
    await comment(page, 'The question')
      .getByRole('button', { name: /^Agree/ })
      .click();
    await choose(page, 'The question', 'Quote');
    await page.getByRole('textbox', { name: 'Reply' }).press('ControlOrMeta+a');
    await page.getByRole('textbox', { name: 'Reply' }).press('Delete');
    await page.getByRole('textbox', { name: 'Reply' }).press('Escape');
    await comment(page, text).locator('.when').click();
    await page.locator('.highlit').waitFor();
    await page.evaluate('document.querySelector("belowline-comments").reload()');
    await comment(page, text).waitFor();
  }
  await expect.poll(() => leftOver(page), { timeout: 10_000 }).toEqual([]);
  await context.close();
});
