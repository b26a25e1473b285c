import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { shows } from '../browser.ts';

/** The place that the next key goes to, as a screen reader would call it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement?.shadowRoot?.activeElement;
    if (!(element instanceof HTMLElement)) return 'nowhere';
    const labelled = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const root = element.getRootNode() as ShadowRoot;
    const label = element.ariaLabel ?? labelled.map((id) => root.getElementById(id)?.textContent).join(', ');
    const field =
      element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement ? element.labels?.[0] : null;
    const kind = element.role ?? (element.localName === 'a' ? 'link' : element.localName);
    // Spoken with the field, since the focus comes to it.
    const fault =
      element.ariaInvalid === 'true' &&
      root.getElementById(element.getAttribute('aria-describedby')?.split(' ')[0] ?? '');
    if (fault) return `${kind} ${field?.textContent}: ${fault.textContent}`;
    return `${kind} ${label || field?.textContent || element.textContent}`.trim().replace(/\s+/g, ' ');
  });

/** All that is spoken from now on: each text that a live region of the widget gets. */
export const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    const root = document.querySelector('belowline-comments')?.shadowRoot as ShadowRoot;
    const before = new Map<Element, string>();
    const look = (): string[] =>
      [...root.querySelectorAll('[role=status], [role=alert]')].flatMap((region) => {
        const text = region.textContent ?? '';
        const isNew = text !== (before.get(region) ?? '');
        before.set(region, text);
        return isNew && text ? [text] : [];
      });
    look();
    new MutationObserver(() => spoken.push(...look())).observe(root, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
export const spoken = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);

/** Buttons and fields of one comment that a screen reader would list under one name, though they do different things. */
export const sameNames = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.querySelector('belowline-comments')?.shadowRoot as ShadowRoot;
    const seen = new Set<string>();
    const twice: string[] = [];
    for (const element of root.querySelectorAll<HTMLElement>('article :is(button, select, textarea)')) {
      if (!element.checkVisibility()) continue;
      const comment = element.closest('article')?.id;
      const name = `${comment} ${element.localName} ${element.ariaLabel ?? element.textContent}`;
      if (seen.has(name)) twice.push(name);
      seen.add(name);
    }
    return twice;
  });

/** A reader with a keyboard. */
export class Keys {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  press(...keys: string[]): Promise<void> {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }
  type(text: string): Promise<void> {
    return this.page.keyboard.insertText(text);
  }
  /** Goes on with Tab, or another key, as far as it takes. */
  async tabTo(name: RegExp, key = 'Tab'): Promise<void> {
    for (let n = 0; n < 80; n++) {
      if (name.test(await focused(this.page))) return;
      await this.page.keyboard.press(key);
    }
    expect.unreachable(`${name} cannot be reached; the last one was ${await focused(this.page)}`);
  }
  async enter(name: RegExp): Promise<void> {
    await this.tabTo(name);
    await this.press('Enter');
  }
  at(place: RegExp) {
    return shows(() => focused(this.page)).toMatch(place);
  }
}
