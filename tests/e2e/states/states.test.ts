import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults } from '../accessibility.ts';
import { openBrowser } from '../browser.ts';
import { ARTICLE, visit } from '../widget-page.ts';
import { openPlaces, type Places, STATES } from './states.ts';

/** The folder for the pictures of docs/looks.md, where they are to be made: `npm run screenshots`. */
const PICTURES = process.env.STATE_PICTURES;
const WINDOW = { width: 480, height: 480 };

const browser = await openBrowser();

/** The looks of one page, each with the rules that it may break. */
const LOOKS = [
  { name: 'light', rules: 'all', media: { colorScheme: 'light' } },
  { name: 'dark', rules: 'of looks', media: { colorScheme: 'dark' } },
  { name: 'forced colours', rules: 'of looks', media: { colorScheme: 'light', forcedColors: 'active' } },
] as const;

/** A page that is as light or as dark as its reader's system. */
const STYLE = `
  :root { color-scheme: light dark; background: Canvas; color: CanvasText; font-family: system-ui, sans-serif; line-height: 1.5 }
  #comments { padding: 1rem }
`;

describe('a state of the widget', () => {
  let places: Places;
  beforeAll(async () => {
    places = await openPlaces();
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });

  test.each(STATES)('has nothing for axe to find, light, dark and with forced colours: $name', async (state) => {
    const context = await browser.newContext({ viewport: WINDOW, reducedMotion: 'reduce', locale: 'en-GB' });
    await context.addInitScript((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    }, STYLE);
    await state.before?.(context);
    const site = state.isCareful ? places.careful : places.site;
    const article = state.article ?? ARTICLE;
    const { page } = await visit(browser, { site, article, context, hash: state.hash?.(places) ?? '' });
    const sign = await state.show(page);
    await sign.waitFor();
    const colors = new Set<string>();
    for (const { name, rules, media } of LOOKS) {
      await page.emulateMedia({ forcedColors: null, ...media });
      expect(await accessibilityFaults(page, rules), name).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
      colors.add(await page.locator('belowline-comments').evaluate((element) => getComputedStyle(element).color));
      if (!PICTURES || name === 'forced colours') continue;
      await sign.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
      const path = join(PICTURES, `${state.name.replaceAll(' ', '-')}-${name}.png`);
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    }
    // Each look was another one.
    expect(colors.size).toBe(LOOKS.length);
    await context.close();
  });
});
