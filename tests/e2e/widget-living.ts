import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { anotherLength, visit } from './widget-page.ts';

/** Long enough for an answer of a busy machine, since no timer of the page says that it has come. */
const PATIENCE_MS = 30_000;

const isQuestion = (address: string): boolean =>
  /\/(?:thread|replies|comments\/[^/]+)$/.test(new URL(address).pathname);

interface Open {
  site: string;
  hash?: string;
  /** Comments that a page has. */
  limit?: number;
  options?: BrowserContextOptions;
}

/**
 * An article page whose clock the test turns. The server keeps a page for 15 seconds of its own clock: each question
 * has a length of its own, so that its answer is made anew.
 */
export async function openTurning(browser: Browser, { site, hash = '', limit = 20, options = {} }: Open) {
  const context = await browser.newContext(options);
  await context.clock.install();
  let asked = 0;
  let answered = 0;
  const addresses: string[] = [];
  await context.route('**/thread?*', (route) => {
    const length = limit === 20 ? anotherLength() : limit;
    return route.continue({ url: route.request().url().replace('limit=20', `limit=${length}`) });
  });
  await context.route('**/replies?*', (route) =>
    route.continue({ url: `${route.request().url()}&limit=${29 + anotherLength()}` }),
  );
  context.on('request', (request) => {
    if (!isQuestion(request.url())) return;
    asked++;
    addresses.push(request.url());
  });
  const count = (request: { url(): string }): void => {
    if (isQuestion(request.url())) answered++;
  };
  context.on('requestfinished', count);
  context.on('requestfailed', count);
  const shown = await visit(browser, { site, context, hash });
  const { page } = shown;

  const settled = async (): Promise<void> => {
    const end = Date.now() + PATIENCE_MS;
    while (answered < asked && Date.now() < end)
      await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  };
  /** Turns the clock second by second until the page asks; the seconds that it took. */
  const next = async (step = 5): Promise<number> => {
    const before = asked;
    for (let seconds = step; seconds <= 700; seconds += step) {
      await page.clock.runFor(step * 1000);
      // A request that was made on this turn is known here by now, for the page answers after it has begun.
      await page.evaluate(() => 0);
      if (asked === before) continue;
      await settled();
      return seconds;
    }
    return Number.NaN;
  };
  return { ...shown, next, addresses };
}

/** As a browser does when its tab goes behind another, or comes back. */
export const setHidden = (page: Page, isHidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
