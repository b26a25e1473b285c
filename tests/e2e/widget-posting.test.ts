import { describe, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { comment, commentField, openSite, postButton, visit, write } from './widget-page.ts';

const browser = await openBrowser();

describe('posting with the widget', () => {
  it('shows a comment that waits for a moderator to its author alone, also after a reload, without a cookie', async () => {
    const { site } = await openSite({ moderation: 'pre' });
    const { page, context } = await visit(browser, { site });
    await commentField(page).focus();
    await page.getByText('A moderator reads every comment before it appears.').waitFor();
    await write(page, 'My *first* words');
    await postButton(page).click();
    const notice = page.getByText('Waiting for a moderator. Only you can see this.');
    await notice.waitFor();
    await page.reload();
    await notice.waitFor();
    expect(await comment(page, 'My first words').locator('em').textContent()).toBe('first');
    expect(await context.cookies()).toEqual([]);
    expect(await page.getByRole('heading', { name: '0 Comments' }).count()).toBe(1);
    const other = await visit(browser, { site });
    await other.page.getByText('No comments yet. Start the conversation.').waitFor();
    expect(await other.page.locator('article').count()).toBe(0);
    await other.context.close();
    await context.close();
  });

  it('takes a comment and a reply from the keyboard alone, and moves the focus to what was posted', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await page.getByRole('button', { name: 'Write a comment' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Typed without a mouse');
    await postButton(page).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Grace');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await comment(page, 'Typed without a mouse').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '');
    await expect.poll(focused).toContain('Typed without a mouse');
    await page.getByRole('button', { name: 'Reply: Comment by Grace' }).press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName))
      .toBe('TEXTAREA');
    await page.keyboard.type('Nor this');
    await page.keyboard.press('Control+Enter');
    await expect.poll(focused).toContain('Nor this');
    expect(await page.locator('li li article').filter({ hasText: 'Nor this' }).count()).toBe(1);
    expect(await page.locator('[data-belowline-count]').textContent()).toBe('2 Comments');
    await context.close();
  });

  it('asks for a name and a text, and says where they are missing', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await commentField(page).focus();
    await postButton(page).click();
    await page.getByText('Write the name your comment should appear under.').waitFor();
    await page.getByText('Write your comment first.').waitFor();
    expect(await commentField(page).evaluate((input) => input.matches(':focus'))).toBe(true);
    await page.getByLabel('E-mail').fill('not an address');
    await write(page, 'Words');
    await postButton(page).click();
    await page.getByText('This is not an e-mail address.').waitFor();
    await context.close();
  });

  it('counts what a reader calls characters, warns near the limit and refuses beyond it', async () => {
    const { site } = await openSite({ maxGraphemes: 20 });
    const { page, context } = await visit(browser, { site });
    const family = '👨‍👩‍👧‍👦';
    await write(page, family.repeat(3));
    await page.getByText('3 / 20', { exact: true }).waitFor();
    await commentField(page).fill(family.repeat(18));
    await page.getByText('2 characters left.').waitFor();
    await commentField(page).fill(family.repeat(21));
    await page.getByText('1 character too long.').waitFor();
    await postButton(page).click();
    await page.getByText('This is too long. Shorten it a little.').waitFor();
    await commentField(page).fill(family.repeat(20));
    await postButton(page).click();
    await comment(page, family.repeat(20)).waitFor();
    await context.close();
  });

  it('previews a comment as the server will show it', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, 'A **bold** word and a <b>tag</b>');
    await page.getByRole('tab', { name: 'Preview' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Preview' });
    await panel.locator('strong').waitFor();
    expect(await panel.textContent()).toBe('A bold word and a <b>tag</b>');
    await page.getByRole('tab', { name: 'Preview' }).press('ArrowLeft');
    expect(await commentField(page).inputValue()).toContain('**bold**');
    await context.close();
  });

  it('lets an author edit and delete within the window, with a question before the deletion', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site });
    await write(page, 'Teh ferry');
    await postButton(page).click();
    await page.getByRole('button', { name: /^Edit:/ }).click();
    const field = page.locator('article').getByRole('textbox', { name: 'Comment' });
    expect(await field.inputValue()).toBe('Teh ferry');
    await field.fill('The ferry');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await comment(page, 'The ferry').getByText('edited').waitFor();
    await page.reload();
    await comment(page, 'The ferry').waitFor();
    await page.getByRole('button', { name: /^Delete:/ }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(await page.getByRole('button', { name: /^Delete:/ }).evaluate((button) => button.matches(':focus'))).toBe(
      true,
    );
    await page.getByRole('button', { name: /^Delete:/ }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByText('Deleted by its author').waitFor();
    await page.getByRole('heading', { name: '0 Comments' }).waitFor();
    await page.reload();
    await page.getByText('No comments yet.').or(page.getByText('Deleted by its author')).waitFor();
    expect(await page.getByText('The ferry', { exact: true }).count()).toBe(0);
    await context.close();
  });

  it('takes the button for it away when the window passes, and leaves the one to delete', async () => {
    const { site } = await openSite({ editWindowMinutes: 1 });
    const { page, context } = await visit(browser, { site });
    await page.clock.install();
    await write(page, 'Soon fixed for good');
    await postButton(page).click();
    const edit = page.getByRole('button', { name: /^Edit:/ });
    await edit.waitFor();
    await page.clock.fastForward(61_000);
    await edit.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: /^Delete:/ }).count()).toBe(1);
    await context.close();
  });

  it('says why a comment was not published', async () => {
    const { site } = await openSite({ bannedWords: ['casino'] });
    const { page, context } = await visit(browser, { site });
    await write(page, 'Win at the casino');
    await postButton(page).click();
    await page.locator('.notice').getByText('This comment was not published.').waitFor();
    await context.close();
  });

  it('opens an unknown article with an empty thread and registers it by the first comment', async () => {
    const { site } = await openSite();
    const { page, context } = await visit(browser, { site, article: 'brand-new' });
    await page.getByText('No comments yet. Start the conversation.').waitFor();
    await write(page, 'First!');
    await postButton(page).click();
    await comment(page, 'First!').waitFor();
    await page.getByRole('heading', { name: '1 Comment' }).waitFor();
    await context.close();
  });

  it('says so where comments are not open', async () => {
    const { site } = await openSite({ unknownArticles: 'refuse' });
    const { page, context } = await visit(browser, { site, article: 'nobody-knows' });
    await page.getByText('Comments are not open here.').waitFor();
    expect(await postButton(page).isVisible()).toBe(false);
    const closed = await openSite({}, { commenting: 'closed' });
    const second = await visit(browser, { site: closed.site });
    await second.page.getByText('Comments are closed.').waitFor();
    await second.context.close();
    await context.close();
  });
});
