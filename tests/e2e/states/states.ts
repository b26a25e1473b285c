import type { BrowserContext, Locator, Page } from 'playwright-core';
import { choose, comment, commentField, limitPages, openSite, postButton, write } from '../widget-page.ts';

/** The sites and comments that the states are shown with. */
export async function openPlaces() {
  const open = await openSite({ maxGraphemes: 3_000 });
  const { post, putArticle, guestKey, remove } = open;
  const on =
    (article: string) =>
    (name: string, text: string, parentId: string | null = null, guest = guestKey()) =>
      post(text, parentId, guest, article, name);
  for (const [article, headline] of [
    ['deep', 'How deep is the strait?'],
    ['empty', 'Nobody has said a word yet'],
    ['quay', 'On the quay'],
    ['closed', 'The winter timetable of last year'],
    ['long', 'A reader writes at length'],
  ] as const)
    await putArticle(article, { headline });
  const say = on('ferry');
  const question = await say(
    'Hanne Brask',
    'I took the last boat before they stopped. *Eleven crossings a week* would do.',
  );
  await say('Oke Tammen', 'Same deck, same night. You were the one with the thermos.', question.id);
  const gone = guestKey();
  const hasty = await say('Somebody', 'I wrote this too quickly.', question.id, gone);
  await say('Lise van Aar', 'No harm done. We have all been on a late boat.', hasty.id);
  await remove(hasty.id, gone);
  await say(
    'Prof. em. J. Sundgren',
    'Two things the article leaves out:\n\n- the treaty was **suspended**, and can be resumed [by letter](https://gazette.example/treaty);\n- the licences run until March.\n\n> It is merely dull.\n\n`See annex 4.`',
  );
  const deep = on('deep');
  let below: string | null = null;
  for (const name of ['Mirja', 'Oke Tammen', 'Bastian Rook', 'Lise van Aar', 'Mirja', 'Oke Tammen'])
    below = (await deep(name, `Deeper than that, says ${name}.`, below)).id;
  await on('long')(
    'Bastian Rook',
    'The harbour dues have to come from somewhere, and freight carried the winter. '.repeat(30),
  );
  await on('closed')('Mirja', 'It was a good timetable, as timetables go.');
  await putArticle('closed', { headline: 'The winter timetable of last year', commenting: 'closed' });
  const careful = await openSite({ moderation: 'pre' });
  return { site: open.site, careful: careful.site, question };
}

export type Places = Awaited<ReturnType<typeof openPlaces>>;

export interface State {
  /** Its name in the page of the docs and in the names of its pictures. */
  name: string;
  article?: string;
  /** True on a site whose moderators read every comment before it appears. */
  isCareful?: boolean;
  hash?(places: Places): string;
  before?(context: BrowserContext): Promise<unknown>;
  /** Brings the page into the state; the answer is what it is known by, once it is there. */
  show(page: Page): Locator | Promise<Locator>;
}

const unreachable = (part: string) => (context: BrowserContext) => context.route(part, (route) => route.abort());

const refused = (page: Page, status: number, problem: object, headers = {}): Promise<unknown> =>
  page.route('**/comments', (route) =>
    route.fulfill({ status, headers, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );

async function send(page: Page, text: string): Promise<void> {
  await write(page, text);
  await postButton(page).click();
}

/** Posts a comment; the answer is the button by which its author takes it back. */
async function sendOwn(page: Page): Promise<Locator> {
  await send(page, 'I will be on the quay on Friday.');
  return comment(page, 'I will be on the quay').getByRole('button', { name: /^Delete/ });
}

const reading: State[] = [
  { name: 'thread', show: (page) => comment(page, 'Two things') },
  {
    name: 'loading',
    before: (context) => context.route('**/thread?*', () => undefined),
    show: (page) => page.getByText('Loading comments'),
  },
  { name: 'empty', article: 'empty', show: (page) => page.getByText('No comments yet') },
  { name: 'closed', article: 'closed', show: (page) => page.getByText('Comments are closed.') },
  {
    name: 'unreachable',
    before: unreachable('**/thread?*'),
    show: (page) => page.getByText('cannot be reached'),
  },
  { name: 'long comment', article: 'long', show: (page) => page.getByRole('button', { name: /^Read more/ }) },
  {
    name: 'deep replies',
    article: 'deep',
    show: (page) => page.getByRole('link', { name: /^Continue this conversation/ }),
  },
  {
    name: 'one conversation',
    before: (context) => limitPages(context, 1),
    hash: ({ question }) => `#comment-${question.id}`,
    show: (page) => page.getByText('You are reading one conversation.'),
  },
  {
    name: 'a comment that is gone',
    hash: () => '#comment-0000000000000000',
    show: (page) => page.getByText('is not here any more'),
  },
  {
    name: 'folded',
    async show(page) {
      await page.getByRole('button', { name: 'Collapse this conversation' }).first().click();
      return page.getByRole('button', { name: 'Expand this conversation' });
    },
  },
  {
    name: 'more comments',
    before: (context) => limitPages(context, 1),
    show: (page) => page.getByRole('button', { name: 'Load more comments' }),
  },
  {
    name: 'exact time',
    async show(page) {
      await page.keyboard.press('Tab');
      const when = comment(page, 'Two things').locator('.when');
      await when.focus();
      return when;
    },
  },
  {
    name: 'voted',
    async show(page) {
      const agree = comment(page, 'Two things').getByRole('button', { name: /^Agree/ });
      await agree.click();
      return agree.and(page.locator('[aria-pressed=true]'));
    },
  },
  {
    name: 'menu',
    async show(page) {
      await comment(page, 'Two things')
        .getByRole('button', { name: /^More actions/ })
        .click();
      return page.getByRole('menu');
    },
  },
  {
    name: 'report',
    async show(page) {
      await choose(page, 'Two things', 'Report');
      const spam = page.getByLabel('It is advertising or spam');
      await spam.check();
      return spam;
    },
  },
  {
    name: 'reported',
    async show(page) {
      await choose(page, 'Two things', 'Report');
      await page.getByLabel('Something else').check();
      await page.getByRole('button', { name: 'Send report' }).click();
      return page.getByText('Thank you.');
    },
  },
  {
    name: 'ignored',
    async show(page) {
      await choose(page, 'the last boat', 'Ignore Hanne Brask here');
      return page.getByText('Ignored:');
    },
  },
];

const writing: State[] = [
  {
    name: 'form',
    article: 'empty',
    async show(page) {
      await commentField(page).focus();
      return page.getByRole('toolbar');
    },
  },
  {
    name: 'near the limit',
    article: 'empty',
    async show(page) {
      await write(page, 'Twenty. '.repeat(370));
      return page.getByText('characters left');
    },
  },
  {
    name: 'something is missing',
    article: 'empty',
    async show(page) {
      await commentField(page).focus();
      await postButton(page).click();
      return page.getByText('Write your comment first.');
    },
  },
  {
    name: 'preview',
    article: 'empty',
    async show(page) {
      await write(page, 'It was **suspended**, not *lapsed*:\n\n- by letter\n- in March');
      await page.getByRole('tab', { name: 'Preview' }).click();
      return page.getByRole('listitem').filter({ hasText: 'by letter' });
    },
  },
  {
    name: 'names to mention',
    async show(page) {
      await commentField(page).focus();
      await page.getByRole('toolbar').waitFor();
      await commentField(page).pressSequentially('Thank you, @o');
      return page.getByRole('listbox');
    },
  },
  {
    name: 'reply',
    async show(page) {
      await choose(page, 'Two things', 'Quote');
      return page.getByRole('textbox', { name: 'Reply' });
    },
  },
  { name: 'waiting for a moderator', isCareful: true, show: sendOwn },
  { name: 'published', article: 'quay', show: sendOwn },
  {
    name: 'edit',
    isCareful: true,
    async show(page) {
      await sendOwn(page);
      await comment(page, 'on the quay').getByRole('button', { name: /^Edit/ }).click();
      return page.getByText('left to change this');
    },
  },
  {
    name: 'delete',
    isCareful: true,
    async show(page) {
      await (await sendOwn(page)).click();
      return page.getByText('Delete this comment for good?');
    },
  },
  {
    name: 'too fast',
    article: 'empty',
    async show(page) {
      await refused(page, 429, { reason: 'rate-limited', detail: '' }, { 'Retry-After': '40' });
      await send(page, 'Once more, and quickly.');
      return page.getByText('That was a little fast.');
    },
  },
  {
    name: 'closed for this reader',
    article: 'empty',
    async show(page) {
      await refused(page, 403, { reason: 'banned', detail: '', until: '2027-01-01T12:00:00Z' });
      await send(page, 'Let me in.');
      return page.getByText('The moderators have closed');
    },
  },
  {
    name: 'did not arrive',
    article: 'empty',
    async show(page) {
      await page.route('**/comments', (route) => route.abort());
      await send(page, 'Written in a tunnel.');
      return page.getByText('Nothing you wrote is lost.');
    },
  },
  {
    name: 'draft',
    article: 'empty',
    async show(page) {
      await write(page, 'Half a thought');
      await page.reload();
      return page.getByText('Your draft is still here.');
    },
  },
  {
    name: 'renewed meanwhile',
    article: 'empty',
    before: unreachable('**/belowline/writing-*'),
    async show(page) {
      await commentField(page).focus();
      return page.getByText('The comments were renewed meanwhile.');
    },
  },
];

/** All that a reader may see of the widget: docs/looks.md shows each, and axe looks at each in every look. */
export const STATES: State[] = [...reading, ...writing];
