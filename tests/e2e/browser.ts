import { type Browser, chromium } from 'playwright-core';
import { afterAll, inject } from 'vitest';
import { CHROMIUM_ARGUMENTS } from '../../src/cli/chromium.ts';

/** The browser of a test file, closed after its last test. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: inject('local').chromiumPath,
    args: CHROMIUM_ARGUMENTS,
  });
  afterAll(() => browser.close());
  return browser;
}
