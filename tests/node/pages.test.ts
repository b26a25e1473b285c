import { createHash } from 'node:crypto';
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { commentsPage, conversationPage } from '../../src/http/pages/comments-page.ts';
import { linksOf, nested } from '../../src/http/pages/links.ts';
import { pageHtml } from '../../src/http/pages/page.ts';
import { problemPage } from '../../src/http/pages/problem-page.ts';
import { STYLE, STYLE_HASH } from '../../src/http/pages/style.ts';
import { threadHtml } from '../../src/http/pages/thread-html.ts';
import { threadPart } from '../support/thread-part.ts';

test('the policy of pages names the style that they have', () => {
  expect(STYLE_HASH).toBe(`sha256-${createHash('sha256').update(String(STYLE)).digest('base64')}`);
  // In a style element nothing is unescaped.
  expect(String(STYLE)).not.toMatch(/&|<\//);
});

const HOSTILE = '</script></style><!-- <b onclick="x">\'"&amp;\u2028\u0000 ]]>';

const written = { name: HOSTILE, text: HOSTILE, headline: HOSTILE, section: HOSTILE, topic: HOSTILE };

const conversation = (part: ReturnType<typeof threadPart>) => {
  const [{ replies, moreReplies, ...top } = { replies: [], moreReplies: null }] = part.view.comments;
  const trees = nested(top && 'id' in top ? [top, ...replies] : []);
  return {
    siteName: part.siteName,
    headline: null,
    links: part.links,
    id: '1'.repeat(16),
    trees,
    next: moreReplies,
    rules: part.view.rules,
  };
};

const PAGES = {
  'the thread': () => pageHtml({ title: 'x', siteName: null, canonical: null, content: threadHtml(threadPart()) }),
  'the page of comments': () => commentsPage(threadPart()),
  'the page of comments, with a hostile text in every place': () => commentsPage(threadPart(written)),
  'the page of a closed article': () => commentsPage(threadPart({}, { commenting: 'closed' })),
  'the page of a conversation': () => conversationPage({ ...conversation(threadPart()), isBeginning: true }),
  'a later page of a conversation': () => conversationPage({ ...conversation(threadPart()), isBeginning: false }),
  'a refusal': () =>
    problemPage({ type: '', title: 'No', status: 404, detail: HOSTILE, reason: 'not-found', requestId: 'x' }),
};

test.each(Object.entries(PAGES))('%s is valid HTML', async (_, page) => {
  const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });
  const report = await validator.validateString(String(page()));
  expect(
    report.results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId} ${message}`)),
  ).toEqual([]);
});

test('a tombstone has its word, and neither the name nor the text of what stood there', () => {
  const part = threadPart({ name: 'Unique Name', text: 'unique text' });
  const [gone] = /<article id="comment-gone0+">.*?<article/s.exec(String(threadHtml(part))) ?? [''];
  expect(gone).toContain('Removed by a moderator');
  expect(gone).not.toMatch(/unique/i);
});

test('a comment whose parent is on another page begins a tree of its own', () => {
  const { view } = threadPart();
  const [top] = view.comments;
  expect(nested(top?.replies ?? []).map(({ comment, replies }) => [comment.id, replies.length])).toEqual([
    ['gone'.padEnd(16, '0'), 1],
  ]);
});

test.each([
  ['https://gazette.example/a?b=1#top', 'https://gazette.example/a?b=1#comment-x'],
  ['https://gazette.example/#/post/a1', 'https://gazette.example/?comment=x#/post/a1'],
  [null, 'comments.html#comment-x'],
])('a comment of %s is linked where the widget links it: %s', (url, link) => {
  expect(linksOf('', url).permalink('x')).toBe(link);
});
