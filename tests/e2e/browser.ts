import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect, inject } from 'vitest';
import { CHROMIUM_ARGUMENTS } from '../../src/cli/chromium.ts';

/**
 * Chromium heeds the last list of features to leave out, and no other: this one has Playwright's own, and then those
 * which start a process of their own for each window, though nobody types an address there or opens a page after it.
 * Without them a window takes a third of the processor time.
 */
const LEFT_OUT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'BlockOriginHeaderModificationOnRedirect',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'Translate',
  'AutoDeElevate',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'SpareRendererForSitePerProcess',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

/** The page as a person would see it, and where its next key would go. */
async function lookOf(page: Page): Promise<string> {
  const focus = await page.evaluate(() => {
    const outer = document.activeElement;
    return (outer?.shadowRoot?.activeElement ?? outer)?.outerHTML.slice(0, 300);
  });
  return `${page.url()}\nfocus: ${focus}\n${await page.locator('body').innerText({ timeout: 5000 })}`;
}

/**
 * The browser of a test file, closed after its last test, and what a test has opened after that test. Of one that
 * fails it tells what its pages showed.
 * @param leftOut features of Chromium that are in the way of the tests
 * @param ignoreDefaultArgs arguments of Playwright's that are
 */
export async function openBrowser(leftOut: string[] = [], ignoreDefaultArgs: string[] = []): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: inject('local').chromiumPath,
    ignoreDefaultArgs,
    args: [...CHROMIUM_ARGUMENTS, `--disable-features=${[...LEFT_OUT, ...leftOut].join(',')}`],
  });
  let earlier = new Set(browser.contexts());
  beforeEach(() => {
    earlier = new Set(browser.contexts());
  });
  afterEach(async ({ task }) => {
    const opened = browser.contexts().filter((context) => !earlier.has(context));
    if (task.result?.state === 'fail')
      for (const page of opened.flatMap((context) => context.pages())) console.error(await lookOf(page).catch(String));
    // Pages that stay open go on asking the server.
    await Promise.all(opened.map((context) => context.close()));
  });
  afterAll(() => browser.close());
  return browser;
}

/** Waits until what the page shows is as expected. */
export const shows = <T>(read: () => Promise<T>): ReturnType<typeof expect.poll<T>> =>
  expect.poll(read, { timeout: 10_000, interval: 25 });
