import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { DEFAULT_SETTINGS } from '../../src/core/site/site.ts';
import type { AppEnv, Dependencies } from '../../src/http/dependencies.ts';
import { problemResponse } from '../../src/http/gate/problems.ts';

const NOW = Date.UTC(2026, 10, 30, 14, 5);
const NEWS = { id: 'news', name: 'News', origins: [], settings: DEFAULT_SETTINGS, version: 3 };
const PUBLIC_URL = 'https://comments.example';

const answerTo = async (problem: Problem, publicUrl: string | null = PUBLIC_URL) => {
  const app = new Hono<AppEnv>().get('/', (c) => {
    c.set('requestId', 'request-1');
    return problemResponse(c, problem);
  });
  const given = { clock: { now: () => NOW }, publicUrl } as Dependencies;
  const response = await app.request('https://elsewhere.example/', {}, given);
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
};

const limited = (retryAt: number): Problem => ({
  reason: 'rate-limited',
  operation: 'comment',
  limit: 5,
  windowSeconds: 60,
  retryAt,
});

type Told = [problem: Problem, status: number, title: string, detail: string, more?: object, headers?: object];

const fast = (seconds: string) => `That was a little fast. Try again in ${seconds}.`;
const limitHeaders = (seconds: number) => ({
  'retry-after': `${seconds}`,
  'ratelimit-policy': '"comment";q=5;w=60',
  ratelimit: `"comment";r=0;t=${seconds}`,
});
const afterNow = (millis: number) => ({ retryAt: new Date(NOW + millis).toISOString(), limit: 5 });
const tooFast = 'Too many requests';
const bearer = { 'www-authenticate': 'Bearer' };
const session = 'Sign in first: your session is over, or you have been signed out.';

const missing = (what: (Problem & { reason: 'not-found' })['what'], detail: string): Told => {
  return [{ reason: 'not-found', what }, 404, 'Not found', detail];
};
const unproven = (needs: string[], detail: string): Told => {
  return [{ reason: 'unauthenticated', needs }, 401, 'Not signed in', detail, {}, bearer];
};
const forbidden = (needs: string[], detail: string): Told => {
  return [{ reason: 'forbidden', needs }, 403, 'Not allowed', detail];
};

const errors = [
  { field: 'name', message: 'This field is missing.' },
  { field: '', message: 'There is no field "x" here.' },
];

const TOLD: { [Reason in Problem['reason']]: Told[] } = {
  'invalid-input': [
    [
      { reason: 'invalid-input', errors },
      400,
      'The request is not valid',
      'name: This field is missing. There is no field "x" here.',
      { errors },
    ],
  ],
  'not-found': [
    missing('site', 'There is no such site.'),
    missing('article', 'There is no such article.'),
    missing('comment', 'There is no such comment.'),
    missing('moderator', 'There is no such moderator.'),
    missing('reader', 'There is no such reader.'),
    missing('key', 'There is no such API key.'),
    missing('page', 'There is nothing at this address.'),
  ],
  'article-unknown': [
    [
      { reason: 'article-unknown', registrable: true },
      404,
      'Nobody has registered this article',
      'Its first comment will register it, when it is posted from the article’s own page.',
      { registrable: true },
    ],
    [
      { reason: 'article-unknown', registrable: false },
      404,
      'Nobody has registered this article',
      'Comments are not open on this page: the publisher has not registered it.',
      { registrable: false },
    ],
  ],
  'commenting-closed': [
    [{ reason: 'commenting-closed' }, 403, 'Comments are closed', 'Comments on this article are closed.'],
  ],
  'parent-gone': [
    [
      { reason: 'parent-gone' },
      409,
      'The comment you answer is gone',
      'The comment you are answering has been taken down. Copy your text and post it as a new comment.',
    ],
  ],
  'thread-too-deep': [
    [
      { reason: 'thread-too-deep', maxDepth: 8 },
      422,
      'This conversation cannot go deeper',
      'Replies cannot go deeper here. Answer an earlier comment of this conversation instead.',
      { limit: 8 },
    ],
  ],
  'comment-too-long': [
    [
      { reason: 'comment-too-long', graphemes: 501, limit: 500 },
      422,
      'The comment is too long',
      'Your comment has 501 characters; 500 are allowed. Shorten it and post again.',
      { limit: 500 },
    ],
  ],
  'comment-empty': [[{ reason: 'comment-empty' }, 422, 'The comment is empty', 'Write something before you post.']],
  'repeated-text': [
    [
      { reason: 'repeated-text' },
      409,
      'You have posted this already',
      'You have posted this text here before. It does not need to be posted again.',
    ],
  ],
  banned: [
    [
      { reason: 'banned', until: null },
      403,
      'You cannot comment here',
      'The moderators of this site have closed commenting for you.',
    ],
    [
      { reason: 'banned', until: NOW },
      403,
      'You cannot comment here',
      'The moderators of this site have closed commenting for you until 30 November 2026 at 14:05 UTC.',
      { until: '2026-11-30T14:05:00.000Z' },
    ],
  ],
  'rate-limited': [
    [limited(NOW - 5_000), 429, tooFast, fast('1 second'), afterNow(-5_000), limitHeaders(1)],
    [limited(NOW), 429, tooFast, fast('1 second'), afterNow(0), limitHeaders(1)],
    [limited(NOW + 1_000), 429, tooFast, fast('1 second'), afterNow(1_000), limitHeaders(1)],
    [limited(NOW + 1_001), 429, tooFast, fast('2 seconds'), afterNow(1_001), limitHeaders(2)],
    [limited(NOW + 60_000), 429, tooFast, fast('60 seconds'), afterNow(60_000), limitHeaders(60)],
    [limited(NOW + 120_000), 429, tooFast, fast('120 seconds'), afterNow(120_000), limitHeaders(120)],
    [limited(NOW + 121_000), 429, tooFast, fast('3 minutes'), afterNow(121_000), limitHeaders(121)],
    [limited(NOW + 900_000), 429, tooFast, fast('15 minutes'), afterNow(900_000), limitHeaders(900)],
    [limited(NOW + 7_201_000), 429, tooFast, fast('3 hours'), afterNow(7_201_000), limitHeaders(7_201)],
    [
      { ...limited(NOW + 7_200_000), limit: 300, windowSeconds: 86_400 } as Problem,
      429,
      tooFast,
      'That is as much as is taken in a day. Try again in 120 minutes.',
      { ...afterNow(7_200_000), limit: 300 },
      { ...limitHeaders(7_200), 'ratelimit-policy': '"comment";q=300;w=86400' },
    ],
  ],
  unauthenticated: [
    unproven(['reader'], 'Send the guest key as a bearer token.'),
    unproven(['publisher', 'operator'], 'Send an API key of this site or the operator key as a bearer token.'),
    unproven(['moderator'], session),
    unproven(['admin'], session),
    unproven(['admin', 'operator'], `${session} Or send the operator key as a bearer token.`),
  ],
  forbidden: [
    forbidden(['reader'], 'This needs a reader.'),
    forbidden(['moderator', 'admin'], 'This needs a moderator of this site.'),
    forbidden(['admin', 'operator'], 'This needs an admin of this site or the operator key.'),
    forbidden(['publisher', 'job'], 'This needs an API key of this site or a job of this server.'),
    forbidden(['own-page'], 'This needs a page of this server.'),
  ],
  'origin-not-registered': [
    [
      { reason: 'origin-not-registered' },
      403,
      'This page may not post here',
      'Comments for this site are taken from its own pages only. Its admin can add this origin in the settings.',
    ],
  ],
  'edit-window-over': [
    [
      { reason: 'edit-window-over', endedAt: NOW },
      403,
      'Too late to change',
      'The time to edit or delete this comment is over. Post a reply to add something.',
    ],
  ],
  'own-comment': [[{ reason: 'own-comment' }, 403, 'This is your own comment', 'You cannot vote on your own comment.']],
  'decided-already': [
    [
      { reason: 'decided-already', status: 'rejected', decidedBy: 'Mara' },
      409,
      'Somebody else was first',
      'Mara has already changed this comment: it is rejected now.',
      { decidedBy: 'Mara', currentStatus: 'rejected' },
    ],
    [
      { reason: 'decided-already', status: 'deleted', decidedBy: null },
      409,
      'Somebody else was first',
      'Its author has already changed this comment: it is deleted now.',
      { decidedBy: null, currentStatus: 'deleted' },
    ],
  ],
  'edit-not-accepted': [
    [
      { reason: 'edit-not-accepted' },
      422,
      'The change was not accepted',
      'The new text contains words that this site does not accept. Your comment stays as it was; change the text.',
    ],
  ],
  'edited-meanwhile': [
    [
      { reason: 'edited-meanwhile' },
      409,
      'The comment has changed',
      'The comment was edited in the meantime. Read it again before you go on.',
    ],
  ],
  'transition-not-allowed': [
    [
      { reason: 'transition-not-allowed', status: 'deleted' },
      409,
      'Not possible from here',
      'The comment is deleted now. Reload to see what can be done with it.',
      { currentStatus: 'deleted' },
    ],
  ],
  'idempotency-key-reused': [
    [
      { reason: 'idempotency-key-reused', commentId: '1m84ghm4z0000001' },
      422,
      'This key was used for another comment',
      'The Idempotency-Key has made a comment from another request. Use a new key for a new comment, or edit that one.',
      { commentId: '1m84ghm4z0000001' },
    ],
    [
      { reason: 'idempotency-key-reused', commentId: null },
      422,
      'This key was used for another comment',
      'The Idempotency-Key has made a comment from another request. Use a new key for a new comment, or edit that one.',
    ],
  ],
  'link-not-valid': [
    [
      { reason: 'link-not-valid' },
      401,
      'This link no longer works',
      'A sign-in link works once and for half an hour. Ask for a new one.',
    ],
  ],
  'last-admin': [
    [
      { reason: 'last-admin' },
      409,
      'The last admin stays',
      'This is the only admin of the site. Make somebody else admin first.',
    ],
  ],
  'being-removed': [
    [
      { reason: 'being-removed', what: 'article' },
      409,
      'It is being removed',
      'The last article of this key has been removed, and its comments are still being deleted. Try again in some minutes.',
    ],
    [
      { reason: 'being-removed', what: 'site' },
      409,
      'It is being removed',
      'The last site of this id has been removed, and its comments are still being deleted. Try again in some minutes.',
    ],
  ],
  'settings-changed': [
    [
      { reason: 'settings-changed', site: NEWS },
      409,
      'The settings have changed',
      'Somebody else has changed the settings in the meantime. Look at them as they are now, then save again.',
      { currentSite: NEWS },
    ],
  ],
  'already-exists': [
    [{ reason: 'already-exists', what: 'site' }, 409, 'It exists already', 'There is already a site with this id.'],
    [
      { reason: 'already-exists', what: 'moderator' },
      409,
      'It exists already',
      'There is already a moderator with this address.',
    ],
    [
      { reason: 'already-exists', what: 'article' },
      409,
      'It exists already',
      'There is already an article with this key. Take another one, or remove that article first.',
    ],
    [
      { reason: 'already-exists', what: 'site', enteredIn: 'DB_1' },
      409,
      'It exists already',
      'A site with this id is entered in DB_1. If it is not there yet, create it with that database.',
    ],
  ],
  'payload-too-large': [
    [
      { reason: 'payload-too-large', limitBytes: 262_144 },
      413,
      'Too large',
      'A request to this address has at most 262,144 bytes.',
      { limit: 262_144 },
    ],
  ],
  'precondition-failed': [
    [
      { reason: 'precondition-failed', isThere: true },
      412,
      'Changed in the meantime',
      'This article is another one than the request was made for. Read it again and send its ETag.',
    ],
    [
      { reason: 'precondition-failed', isThere: false },
      412,
      'Changed in the meantime',
      'There is no such article to replace. Leave If-Match out to register it.',
    ],
  ],
  'unsupported-media-type': [
    [
      { reason: 'unsupported-media-type', what: 'form' },
      415,
      'Another media type',
      'Send the form as application/x-www-form-urlencoded.',
    ],
    [
      { reason: 'unsupported-media-type', what: 'type' },
      415,
      'Another media type',
      'Send the body as application/json.',
    ],
    [
      { reason: 'unsupported-media-type', what: 'encoding' },
      415,
      'Another media type',
      'Send the body as it is, without a Content-Encoding.',
      {},
      { 'accept-encoding': 'identity' },
    ],
    [{ reason: 'unsupported-media-type', what: 'charset' }, 415, 'Another media type', 'Send the body in UTF-8.'],
  ],
  'method-not-allowed': [
    [
      { reason: 'method-not-allowed' },
      405,
      'Method not allowed',
      'This address does not take that method. The header `Allow` names those that it takes.',
    ],
  ],
  unavailable: [
    [
      { reason: 'unavailable', retryAfterSeconds: 5 },
      503,
      'Not available right now',
      'The comments cannot be reached right now. Nothing you wrote is lost; try again in a moment.',
      {},
      { 'retry-after': '5' },
    ],
  ],
  overloaded: [
    [
      { reason: 'overloaded', retryAfterSeconds: 30 },
      503,
      'Too busy right now',
      'There is more to do here than can be done at once. Nothing you wrote is lost; try again in half a minute.',
      {},
      { 'retry-after': '30' },
    ],
  ],
  'storage-full': [
    [
      { reason: 'storage-full', retryAfterSeconds: 3_600 },
      503,
      'No room left',
      'There is no room for anything new here at the moment, and the site has to make some. Keep your text.',
      {},
      { 'retry-after': '3600' },
    ],
  ],
  'quota-spent': [
    ...(
      [
        [1, '1 minute'],
        [61, '2 minutes'],
        [119 * 60, '119 minutes'],
        [119 * 60 + 1, '2 hours'],
        [86_400, '24 hours'],
      ] as const
    ).map(
      ([seconds, wait]): Told => [
        { reason: 'quota-spent', retryAfterSeconds: seconds },
        503,
        'Closed for today',
        `This site has used up what it may do in a day. It goes on in about ${wait}. Keep your text.`,
        {},
        { 'retry-after': String(seconds) },
      ],
    ),
  ],
  internal: [
    [
      { reason: 'internal' },
      500,
      'Something went wrong on our side',
      'The error has been logged. Try again; if it keeps happening, tell the site and quote the request id.',
    ],
  ],
};

test.each(Object.values(TOLD).flat())(
  'is told with its status, its sentence and its headers, and no others: %j',
  async (problem, status, title, detail, more = {}, headers = {}) => {
    const { reason } = problem;
    const type = `${PUBLIC_URL}/api/#problem-${reason}`;
    expect(await answerTo(problem)).toEqual({
      status,
      headers: { 'cache-control': 'no-store', 'content-type': 'application/problem+json', ...headers },
      body: { type, title, status, detail, reason, requestId: 'request-1', ...more },
    });
  },
);

test('has the same type by whatever name it was asked: without an address of its own, one relative to that', async () => {
  const { body } = await answerTo({ reason: 'internal' }, null);
  expect(body).toMatchObject({ type: '/api/#problem-internal' });
});
