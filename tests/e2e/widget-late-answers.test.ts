import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comment, commentField, launchBrowser, openSite, postButton, visit, write } from './widget-page.ts';

/** Holds the answers of these addresses back until they are let go. */
const hold = async (page: Page, addresses: RegExp) => {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((open) => {
    letGo = open;
  });
  let asked = 0;
  await page.route(addresses, async (route) => {
    asked++;
    await gate;
    await route.fallback();
  });
  return { letGo, asked: () => asked };
};

describe('an answer that is late or missing', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('leaves the text as it is until a comment that is being sent has arrived', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, 'Sent slowly');
    const sending = await hold(page, /\/comments$/);
    await postButton(page).click();
    await page.getByText('Sending…').waitFor();
    await commentField(page).press('x');
    expect(await commentField(page).inputValue()).toBe('Sent slowly');
    sending.letGo();
    await comment(page, 'Sent slowly').waitFor();
    await commentField(page).fill('The next one');
    expect(await commentField(page).inputValue()).toBe('The next one');
    await context.close();
  });
});
