import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { SOURCE_BYTES } from '../../src/contract/source-bytes.ts';
import { openBrowser, shows } from './browser.ts';

import { choose, comment, commentField, openSite, postButton, visit, write } from './widget-page.ts';

const browser = await openBrowser();

describe('what the widget says', () => {
  /** The next comment is answered with this problem. */
  const refuse = (page: Page, status: number, problem: Record<string, unknown>, headers = {}): Promise<unknown> =>
    page.route('**/comments', (route) =>
      route.fulfill({ status, headers, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );

  it('tells a banned reader until when, as it writes other times', async () => {
    const { site } = await openSite();
    const options = { timezoneId: 'America/New_York' };
    const { page, context } = await visit(browser, { site, options });
    page.setDefaultTimeout(5_000);
    await refuse(page, 403, { reason: 'banned', detail: 'Not before 14:05 UTC.', until: '2026-12-01T14:05:00.000Z' });
    await write(page, 'Let me in');
    await postButton(page).click();
    await page.getByText(/closed commenting for you until December 1, 2026 at 9:05\sAM\.$/).waitFor();
    await context.close();
  });

  it('leaves a field where it is when the one beside it is wrong', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await commentField(page).focus();
    const email = page.getByLabel('E-mail');
    await email.scrollIntoViewIfNeeded();
    const shape = () =>
      email.evaluate((input) => {
        const row = input.closest('.person')?.getBoundingClientRect();
        const { height, top } = input.getBoundingClientRect();
        return [height, top - (row?.top ?? 0)];
      });
    const before = await shape();
    await postButton(page).click();
    await page.getByText('Write the name your comment should appear under.').waitFor();
    expect(await shape()).toEqual(before);
    await context.close();
  });

  it('takes a complaint back when its field is typed into, and no other one', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await commentField(page).focus();
    await postButton(page).click();
    const name = page.getByText('Write the name your comment should appear under.');
    const body = page.getByText('Write your comment first.');
    await page.getByLabel('Name').fill('Grace');
    await name.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('Name').getAttribute('aria-invalid')).toBe('false');
    expect([await body.isVisible(), await commentField(page).getAttribute('aria-invalid')]).toEqual([true, 'true']);
    await commentField(page).fill('W');
    await body.waitFor({ state: 'hidden' });
    expect(await commentField(page).getAttribute('aria-invalid')).toBe('false');
    await context.close();
  });

  /** The way in which a sentence is shown and spoken. */
  const manner = async (page: Page, sentence: string) => {
    const place = page.getByText(sentence);
    await place.waitFor();
    const quiet = await page.locator('.note, .quiet').first();
    const color = (element: Element) => getComputedStyle(element).color;
    return {
      isQuiet: (await place.evaluate(color)) === (await quiet.evaluate(color)),
      role: await place.getAttribute('role'),
    };
  };

  it('says good news quietly, and what went wrong as an alarm', async () => {
    const { site, post } = await openSite();
    await post('Something to report');
    const { page, context } = await visit(browser, { site });
    await choose(page, 'Something to report', 'Report');
    await page.getByLabel('It is advertising or spam').check();
    await page.getByRole('button', { name: 'Send report' }).click();
    const thanks = 'Thank you. A moderator will look at it.';
    expect(await manner(page, thanks)).toEqual({ isQuiet: true, role: 'status' });
    await refuse(page, 429, { reason: 'rate-limited', detail: '' }, { 'Retry-After': '1' });
    await write(page, 'Once more');
    await postButton(page).click();
    expect(await manner(page, 'That was a little fast.')).toEqual({ isQuiet: false, role: 'alert' });
    expect(await manner(page, 'You can post now.')).toEqual({ isQuiet: true, role: 'status' });
    await context.close();
  });

  it('leaves an open reply as it is when a link is copied, and copies it without what led the visitor there', async () => {
    const { site, post } = await openSite();
    const { id } = await post('Worth a link');
    const options = { permissions: ['clipboard-read', 'clipboard-write'] };
    const { page, context } = await visit(browser, { site, options, hash: '?utm_source=letter&fbclid=1' });
    const here = new URL(page.url());
    await page.getByRole('button', { name: /^Reply:/ }).click();
    const reply = comment(page, 'Worth a link').getByRole('textbox', { name: 'Reply' });
    await reply.fill('Half a thought');
    await choose(page, 'Worth a link', 'Copy link');
    await page.getByText('Link copied.').waitFor();
    expect(await reply.inputValue()).toBe('Half a thought');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`${here.origin}/try/#comment-${id}`);
    await context.close();
  });

  it('warns of a text that has too many bytes for its few characters, and refuses it before it is sent', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    // One character to a reader, and 25 bytes.
    const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}';
    const fitting = Math.floor(SOURCE_BYTES / 25);
    await write(page, family.repeat(fitting));
    await page.getByText('0 characters left.').waitFor();
    await commentField(page).fill(family.repeat(fitting + 1));
    await page.getByText('1 character too long.').waitFor();
    await postButton(page).click();
    await page.getByText('This is too long. Shorten it a little.').waitFor();
    expect(sent).toEqual([]);
    await commentField(page).fill(family.repeat(fitting));
    await postButton(page).click();
    await page.getByText('Your comment is published.').waitFor({ state: 'attached' });
    await context.close();
  });

  it('puts an empty reply away at Escape, gives the focus back, and keeps one that has a text', async () => {
    const { site, post } = await openSite();
    await post('To be answered');
    const { page, context } = await visit(browser, { site });
    const answer = comment(page, 'To be answered').getByRole('button', { name: /^Reply:/ });
    const field = page.getByRole('textbox', { name: 'Reply' });
    await answer.click();
    await field.press('Escape');
    expect(await field.count()).toBe(0);
    expect(await answer.evaluate((element) => element.matches(':focus'))).toBe(true);
    await answer.press('Enter');
    await field.fill('  ');
    await comment(page, 'To be answered').getByLabel('Name').press('Escape');
    expect(await field.count()).toBe(0);
    await answer.press('Enter');
    await field.fill('A thought');
    await field.press('Escape');
    expect(await field.inputValue()).toBe('A thought');
    await context.close();
  });

  it('says that a vote did not arrive, without a word about a text, until something arrives again', async () => {
    const { site, post } = await openSite();
    await post('Worth a vote');
    const { page, context } = await visit(browser, { site });
    const agree = comment(page, 'Worth a vote').getByRole('button', { name: /^Agree/ });
    await agree.waitFor();
    await context.route('**/vote', (route) => route.abort());
    await agree.click();
    const said = comment(page, 'Worth a vote').getByRole('alert');
    await said.waitFor();
    expect(await said.textContent()).toBe('The comments cannot be reached. Check your connection and try again.');
    expect([await agree.getAttribute('aria-pressed'), await agree.textContent()]).toEqual(['false', '0']);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await said.waitFor({ state: 'hidden' });
    await agree.click();
    await said.waitFor();
    await context.unroute('**/vote');
    await agree.click();
    await shows(() => agree.getAttribute('aria-pressed')).toBe('true');
    await said.waitFor({ state: 'hidden' });
    await context.close();
  });
});
