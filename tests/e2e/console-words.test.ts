import { expect, test } from 'vitest';
import { accessibilityFaults } from './accessibility.ts';
import { openBrowser } from './browser.ts';
import { openDesk } from './console-desk.ts';

const browser = await openBrowser();

test.each(['light', 'dark'] as const)(
  'word lists are tried on a text as they are typed, in %s',
  async (colorScheme) => {
    const desk = await openDesk(browser, { comments: 1 });
    const { page, faults } = await desk.open('Ines', { colorScheme, reducedMotion: 'reduce' });
    await page.goto(desk.address('settings'));
    const banned = page.getByRole('textbox', { name: 'Banned words' });
    const field = page.getByRole('textbox', { name: 'Try the lists on a text' });
    const answer = page.getByRole('status').filter({ hasText: /this text|can never/ });
    await banned.fill('casino\n*ackle');
    await page.getByRole('textbox', { name: 'Suspect words' }).fill('hogwash');
    expect(await page.getByRole('button', { name: 'Try' }).isDisabled()).toBe(true);

    await field.fill('A c4sino, a grackle and hogwash');
    await page.getByRole('button', { name: 'Try' }).click();
    await answer.getByText('A comment with this text would be rejected.').waitFor();
    expect(await answer.getByRole('listitem').allInnerTexts()).toEqual([
      'holds casino (banned): “c4sino” is the entry spelled otherwise: digits for letters.',
      'rejects *ackle (banned): “grackle” is the entry as written.',
      'holds hogwash (suspect): “hogwash” is the entry as written.',
    ]);
    expect(await accessibilityFaults(page, colorScheme === 'light' ? 'all' : 'of looks')).toEqual([]);
    await page.getByText('There are changes to save.').waitFor();

    await banned.fill(`casino\n$$$\n${'x'.repeat(101)}`);
    await answer.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Try' }).click();
    await answer.getByText('Banned words, line 2: “$$$” can never match').waitFor();
    await answer.getByText('Banned words, line 3: At most 100 characters.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('#bannedWords-errors').getByText('Line 2: “$$$” can never match').waitFor();
    await page.getByText('Not saved. Each field that is wrong says why.').first().waitFor();
    expect(await page.getByText('bannedWords').count()).toBe(0);
    await page.reload();
    await field.fill('A casino.');
    await page.getByRole('button', { name: 'Try' }).click();
    await answer.getByText('No entry is in this text.').waitFor();
    expect(faults).toEqual([]);
  },
);
