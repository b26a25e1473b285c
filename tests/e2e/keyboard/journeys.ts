import type { BrowserContext } from 'playwright-core';
import { shows } from '../browser.ts';

import { limitPages } from '../widget-page.ts';
import type { Keys } from './keys.ts';

export interface Journey {
  name: string;
  /** Whether the reader has written the newest comment. */
  isAuthor?: boolean;
  before?(context: BrowserContext): Promise<unknown>;
  hash?(ids: Ids): string;
  /** Every step by keys alone, beginning at a control that is found by its name. */
  go(keys: Keys): Promise<unknown>;
  /** The place of the reader then. */
  at: RegExp;
  says?: (string | RegExp)[];
}

export interface Ids {
  top: string;
  reply: string;
}

const pagesOfOne = (context: BrowserContext) => limitPages(context, 1);

async function menuItem(keys: Keys, name: RegExp): Promise<void> {
  await keys.enter(/^button More actions: Comment by Zoe/);
  await keys.at(/^menuitem/);
  await keys.tabTo(name, 'ArrowDown');
  await keys.press('Enter');
}

async function writeReply(keys: Keys, text = 'By keys alone'): Promise<void> {
  await keys.enter(/^button Reply: Comment by Zoe/);
  await keys.at(/^textarea Reply/);
  await keys.type(text);
}

export async function writeComment(keys: Keys, text: string, name: string): Promise<void> {
  await keys.enter(/^button Write a comment/);
  await keys.at(/^textarea Comment/);
  await keys.page.getByLabel('Name').waitFor();
  await keys.type(text);
  await keys.tabTo(/^input Name/);
  await keys.press('Control+a');
  if (name) await keys.type(name);
  else await keys.press('Delete');
}

const refuse = (context: BrowserContext, reason: string, status: number) =>
  context.route(/\/comments$/, (route) =>
    route.fulfill({
      status,
      headers: { 'Retry-After': '30', 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': '*' },
      contentType: 'application/problem+json',
      body: JSON.stringify({ reason, status }),
    }),
  );

const failOnce = (context: BrowserContext, part: string) => context.route(part, (route) => route.abort(), { times: 1 });

export const JOURNEYS: Journey[] = [
  { name: 'to the form', go: (keys) => keys.enter(/^button Write a comment/), at: /^textarea Comment/ },
  {
    name: 'to another order',
    async go(keys) {
      await keys.tabTo(/^select/);
      await keys.press('ArrowDown');
    },
    at: /^select/,
    says: ['The comments are in the new order.'],
  },
  { name: 'past a conversation', go: (keys) => keys.enter(/^button Collapse/), at: /^button Expand/ },
  {
    name: 'back into a conversation',
    async go(keys) {
      await keys.enter(/^button Collapse/);
      await keys.press('Enter');
    },
    at: /^button Collapse/,
  },
  {
    name: 'to more comments',
    before: pagesOfOne,
    go: (keys) => keys.enter(/^button Load more/),
    at: /^article Ada/,
    says: ['1 more comment loaded.'],
  },
  {
    name: 'to more replies',
    go: (keys) => keys.enter(/^button Show 1 more reply/),
    at: /^article Ada/,
    says: ['1 more comment loaded.'],
  },
  {
    name: 'to more comments that do not come, and come at the next try',
    before: async (context) => {
      await limitPages(context, 1);
      await context.route(/cursor=/, (route) => route.abort(), { times: 1 });
    },
    async go(keys) {
      await keys.enter(/^button Load more/);
      await keys.page.getByText('cannot be reached').waitFor();
      await keys.enter(/^button Try again/);
    },
    at: /^article Ada/,
    says: [/cannot be reached/, '1 more comment loaded.'],
  },
  { name: 'to the whole of a long comment', go: (keys) => keys.enter(/^button Read more/), at: /^article Ada/ },
  {
    name: 'to the link of a comment',
    go: (keys) => keys.enter(/^link (?:just now|\d)/),
    at: /^article Zoe/,
  },
  {
    name: 'to a linked comment, and from there to all',
    before: pagesOfOne,
    hash: ({ reply }) => `#comment-${reply}`,
    async go(keys) {
      await keys.at(/^article Ada/);
      await keys.press('Shift+Tab');
      await keys.tabTo(/Show all/, 'Shift+Tab');
      await keys.press('Enter');
    },
    at: /^h2 \d+ Comments/,
  },
  {
    name: 'to the neighbour of a linked comment',
    before: pagesOfOne,
    hash: ({ reply }) => `#comment-${reply}`,
    async go(keys) {
      await keys.at(/^article Ada/);
      await keys.enter(/^link (?:just now|\d)/);
    },
    at: /^article Ada/,
  },
  {
    name: 'to a vote',
    async go(keys) {
      await keys.enter(/^button Agree/);
      await keys.page.waitForResponse(/\/vote$/);
    },
    at: /^button Agree/,
  },
  {
    name: 'to a vote that does not arrive',
    before: (context) => context.route('**/vote', (route) => route.abort()),
    go: (keys) => keys.enter(/^button Agree/),
    at: /^button Agree/,
    says: [/^The comments cannot be reached/],
  },
  {
    name: 'into a menu and out of it',
    async go(keys) {
      await keys.enter(/^button More actions/);
      await keys.at(/^menuitem/);
      await keys.press('ArrowDown', 'End', 'Home', 'ArrowUp', 'Escape');
    },
    at: /^button More actions/,
  },
  {
    name: 'to a copied link',
    before: (context) => context.grantPermissions(['clipboard-read', 'clipboard-write']),
    go: (keys) => menuItem(keys, /Copy link/),
    at: /^button More actions/,
    says: ['Link copied.'],
  },
  {
    name: 'to a report',
    async go(keys) {
      await menuItem(keys, /Report/);
      await keys.at(/^input It is offensive/);
      await keys.press('ArrowDown');
      await keys.enter(/^button Send report/);
    },
    at: /^article Zoe/,
    says: ['Thank you. A moderator will look at it.'],
  },
  {
    name: 'to a report without a reason',
    async go(keys) {
      await menuItem(keys, /Report/);
      await keys.at(/^input It is offensive/);
      await keys.enter(/^button Send report/);
    },
    at: /^button Send report/,
    says: ['Choose a reason first.'],
  },
  {
    name: 'out of a report',
    async go(keys) {
      await menuItem(keys, /Report/);
      await keys.at(/^input It is offensive/);
      await keys.enter(/^button Cancel/);
    },
    at: /^button More actions/,
  },
  { name: 'past somebody who is ignored', go: (keys) => menuItem(keys, /Ignore/), at: /^button Show/ },
  {
    name: 'to what somebody says who is ignored',
    async go(keys) {
      await menuItem(keys, /Ignore/);
      await keys.at(/^button Show/);
      await keys.press('Enter');
    },
    at: /^article Zoe/,
  },
  {
    name: 'to a reply and back',
    async go(keys) {
      await keys.enter(/^button Reply: Comment by Zoe/);
      await keys.at(/^textarea Reply/);
      await keys.press('Escape');
    },
    at: /^button Reply: Comment by Zoe/,
  },
  {
    name: 'to a reply that is sent by Ctrl and Enter',
    async go(keys) {
      await writeReply(keys);
      await keys.tabTo(/^input Name/);
      await keys.type('Grace');
      await keys.press('Control+Enter');
    },
    at: /^article Grace/,
    says: ['Your comment is published.'],
  },
  {
    name: 'to a quotation',
    go: (keys) => menuItem(keys, /Quote/),
    at: /^textarea Reply/,
  },
  {
    name: 'to a comment',
    async go(keys) {
      await writeComment(keys, 'From the keyboard', 'Grace');
      await keys.enter(/^button Post Comment/);
    },
    at: /^article Grace/,
    says: ['Your comment is published.'],
  },
  {
    name: 'to a comment by Enter in the name',
    async go(keys) {
      await writeComment(keys, 'By Enter in a field', 'Grace');
      await keys.press('Enter');
    },
    at: /^article Grace/,
    says: ['Your comment is published.'],
  },
  {
    name: 'to a name that is missing',
    async go(keys) {
      await writeComment(keys, 'Without a name', '');
      await keys.enter(/^button Post Comment/);
    },
    at: /^input Name: Write the name your comment should appear under\.$/,
  },
  {
    name: 'to a text that is missing',
    async go(keys) {
      await writeComment(keys, '', 'Grace');
      await keys.enter(/^button Post Comment/);
    },
    at: /^textarea Comment: Write your comment first\.$/,
  },
  {
    name: 'to a comment that came too fast',
    before: (context) => refuse(context, 'rate-limited', 429),
    async go(keys) {
      await writeComment(keys, 'Too fast', 'Grace');
      await keys.enter(/^button Post Comment/);
    },
    at: /^button Post Comment/,
    says: [/^That was a little fast\./],
  },
  {
    name: 'to a comment that arrives at the second try',
    before: (context) => failOnce(context, '**/comments'),
    async go(keys) {
      await writeComment(keys, 'In a tunnel', 'Grace');
      await keys.enter(/^button Post Comment/);
      await keys.page.getByText('Nothing you wrote is lost.').waitFor();
      await keys.at(/^button Try again/);
      await keys.press('Enter');
    },
    at: /^article Grace/,
    says: [/^The comments cannot be reached/, 'Your comment is published.'],
  },
  {
    name: 'to a preview and back',
    async go(keys) {
      await writeComment(keys, '**Bold** words', 'Grace');
      await keys.tabTo(/^tab /, 'Shift+Tab');
      await keys.press('ArrowRight');
      await keys.page.locator('.preview strong').waitFor();
      await keys.press('ArrowLeft');
    },
    at: /^tab Write/,
  },
  {
    name: 'to bold words, by the tools',
    async go(keys) {
      await keys.enter(/^button Write a comment/);
      await keys.page.getByRole('toolbar').waitFor();
      await keys.type('loud');
      await keys.press('Control+a', 'Shift+Tab');
      await keys.at(/^button Bold/);
      await keys.press('Enter');
      await shows(() => keys.page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('**loud**');
    },
    at: /^textarea Comment/,
  },
  {
    name: 'to a name that is mentioned',
    async go(keys) {
      await keys.enter(/^button Write a comment/);
      await keys.page.getByRole('toolbar').waitFor();
      await keys.page.keyboard.type('@zo');
      await keys.page.getByRole('listbox').waitFor();
      await keys.press('Enter');
      await shows(() => keys.page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('@Zoe ');
    },
    at: /^textarea Comment/,
  },
  {
    name: 'to a change of one’s own',
    isAuthor: true,
    async go(keys) {
      await keys.enter(/^button Edit/);
      await keys.at(/^textarea Comment/);
      await keys.press('End');
      await keys.type(', in better words');
      await keys.enter(/^button Save changes/);
    },
    at: /^article Grace/,
    says: ['Your changes are saved.'],
  },
  {
    name: 'out of a change of one’s own',
    isAuthor: true,
    async go(keys) {
      await keys.enter(/^button Edit/);
      await keys.at(/^textarea Comment/);
      await keys.enter(/^button Cancel/);
    },
    at: /^button Edit/,
  },
  {
    name: 'out of a deletion',
    isAuthor: true,
    async go(keys) {
      await keys.enter(/^button Delete/);
      await keys.at(/^button Keep it/);
      await keys.press('Enter');
    },
    at: /^button Delete/,
  },
  {
    name: 'to a deletion',
    isAuthor: true,
    async go(keys) {
      await keys.enter(/^button Delete/);
      await keys.at(/^button Keep it/);
      await keys.tabTo(/^button Delete it/, 'Shift+Tab');
      await keys.press('Enter');
    },
    at: /^article Deleted by its author/,
    says: ['Your comment is deleted.'],
  },
  {
    name: 'to a thread that comes at the second try',
    before: (context) => failOnce(context, '**/thread?*'),
    async go(keys) {
      await keys.enter(/^button Try again/);
    },
    at: /^h2 \d+ Comments/,
  },
];
