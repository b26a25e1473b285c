import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Rules whose answer can change with colours, not with what the page is made of. */
const RULES_OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable'];

/**
 * The accessibility faults that axe finds in the page as it stands.
 * @param rules `of looks` for a page that was asked for all of them in another look, which takes three times as long
 */
export async function accessibilityFaults(page: Page, rules: 'all' | 'of looks' = 'all'): Promise<string[]> {
  if (page.frames().length > 1) throw new Error('The answers of frames are not collected.');
  // The other mode opens a page of its own to put the answers of frames together.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules === 'all' ? axe : axe.withRules(RULES_OF_LOOKS)).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
