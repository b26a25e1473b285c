import type { Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { ARTICLE, anotherLength, comment, commentField, postButton } from './widget-page.ts';

/** A text that a reader has written under the article, of which there is to be one, whatever happens. */
export const TEXT = 'The ferry sails at nine, whatever they say.';

/** How often the server has a text, among all that it shows. */
export async function stored(site: string, text = TEXT): Promise<number> {
  const { url } = inject('local');
  const thread = await fetch(`${url}/v1/sites/${site}/articles/${ARTICLE}/thread?limit=${anotherLength()}`);
  return (await thread.text()).split(JSON.stringify(text).slice(1, -1)).length - 1;
}

/** The text that stands in the field for a comment. */
export const draft = (page: Page): Promise<string> => commentField(page).inputValue();

export const showsDraft = (page: Page, text = TEXT) => expect.poll(() => draft(page), { timeout: 20_000 }).toBe(text);

export async function send(page: Page, button = postButton(page)): Promise<void> {
  await button.click();
  await comment(page, TEXT).waitFor();
  await showsDraft(page, '');
}
