import { describe, expect, test } from 'vitest';
import { openBrowser, shows } from '../browser.ts';

import { ARTICLE, openSite, visit } from '../widget-page.ts';
import { type Ids, JOURNEYS, writeComment } from './journeys.ts';
import { Keys, listen, sameNames, spoken } from './keys.ts';

const browser = await openBrowser();

describe('a reader goes by keyboard, knows where they are, and hears of each outcome once', () => {
  /** A site of its own, with an old comment that has replies, a long one, and the newest. */
  async function begin(): Promise<{ site: string; ids: Ids }> {
    const { site, post, guestKey } = await openSite({ maxGraphemes: 3_000 });
    const top = await post('The question');
    const reply = await post('Answer 1', top.id);
    for (let n = 2; n <= 6; n++) await post(`Answer ${n}`, top.id);
    await post('A long story without an end. '.repeat(70));
    await post('The newest', null, guestKey(), ARTICLE, 'Zoe');
    return { site, ids: { top: top.id, reply: reply.id } };
  }

  test.each(JOURNEYS)('$name', async ({ isAuthor, before, hash, go, at, says = [] }) => {
    const { site, ids } = await begin();
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    await before?.(context);
    const { page } = await visit(browser, { site, context, hash: hash?.(ids) ?? '' });
    const keys = new Keys(page);
    await page.locator('belowline-comments').getByRole('button').first().waitFor();
    if (isAuthor) {
      await writeComment(keys, 'One of mine', 'Grace');
      await keys.enter(/^button Post Comment/);
      await keys.at(/^article Grace/);
    }
    await listen(page);
    await go(keys);
    await keys.at(at);
    const expected = says.map((sentence) =>
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
    await shows(() => spoken(page)).toEqual(expected);
    expect(await sameNames(page)).toEqual([]);
    await context.close();
  });
});
