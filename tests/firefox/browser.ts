import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { ensureFirefox } from './firefox-path.ts';

export type { Browser, Page };

/**
 * Firefox, by WebDriver BiDi, for a reader who prefers dark pages. A press of the mouse focuses no button, as was long so on
 * macOS: whatever works here works where it does.
 */
export const openFirefox = (): Promise<Browser> =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath: ensureFirefox(),
    extraPrefsFirefox: {
      'layout.css.prefers-color-scheme.content-override': 0,
      'accessibility.mouse_focuses_formcontrol': 0,
    },
  });

/** A reader of their own, with one page; what Firefox complains of is collected. */
export async function openReader(browser: Browser) {
  const context: BrowserContext = await browser.createBrowserContext();
  const page: Page = await context.newPage();
  await page.setViewport({ width: 1000, height: 700 });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  return { context, page, faults };
}

/** The element that has this role and name in the widget. */
export const named = (name: string, role = 'button'): string =>
  `belowline-comments >>> ::-p-aria([name="${name}"][role="${role}"])`;

export const press = (page: Page, name: string, role = 'button'): Promise<void> =>
  page.locator(named(name, role)).click();

/** The text that stands in the widget, as a reader sees it. */
export const shownText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const section = document.querySelector('belowline-comments')?.shadowRoot?.firstElementChild as HTMLElement | null;
    return section?.innerText ?? '';
  });

/** The element in the widget that has the focus: its name, else its text. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement?.shadowRoot?.activeElement;
    return element?.ariaLabel ?? element?.textContent ?? '';
  });
