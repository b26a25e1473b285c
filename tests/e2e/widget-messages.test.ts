import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openSite, postButton, visit, write } from './widget-page.ts';

describe('what the widget says', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  /** The next comment is answered with this problem. */
  const refuse = (page: Page, status: number, problem: Record<string, unknown>, headers = {}): Promise<unknown> =>
    page.route('**/comments', (route) =>
      route.fulfill({ status, headers, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );

  it('tells a banned reader until when, as it writes other times', async () => {
    const { site } = await openSite();
    const options = { timezoneId: 'America/New_York' };
    const { page, context } = await visit(browser, { site, options });
    await refuse(page, 403, { reason: 'banned', detail: 'Not before 14:05 UTC.', until: '2026-12-01T14:05:00.000Z' });
    await write(page, 'Let me in');
    await postButton(page).click();
    await page.getByText(/closed commenting for you until December 1, 2026 at 9:05\sAM\.$/).waitFor();
    await context.close();
  });
});
