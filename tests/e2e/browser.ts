import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, inject } from 'vitest';
import { CHROMIUM_ARGUMENTS } from '../../src/cli/chromium.ts';

/** The page as a person would see it, and where its next key would go. */
async function lookOf(page: Page): Promise<string> {
  const focus = await page.evaluate(() => {
    const outer = document.activeElement;
    return (outer?.shadowRoot?.activeElement ?? outer)?.outerHTML.slice(0, 300);
  });
  return `${page.url()}\nfocus: ${focus}\n${await page.locator('body').innerText({ timeout: 5000 })}`;
}

/** The browser of a test file, closed after its last test. Of a test that fails it tells what its pages showed. */
export async function openBrowser(more: string[] = []): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: inject('local').chromiumPath,
    args: [...CHROMIUM_ARGUMENTS, ...more],
  });
  let earlier = new Set(browser.contexts());
  beforeEach(() => {
    earlier = new Set(browser.contexts());
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const pages = browser.contexts().flatMap((context) => (earlier.has(context) ? [] : context.pages()));
    for (const page of pages) console.error(await lookOf(page).catch(String));
  });
  afterAll(() => browser.close());
  return browser;
}
