import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ProblemDocument } from '../../contract/problem.ts';
import type { Problem } from '../../core/problem.ts';
import { HTML } from '../cache/cache.ts';
import type { AppContext } from '../dependencies.ts';
import { underPolicyOfPages } from '../pages/page.ts';
import { problemPage } from '../pages/problem-page.ts';
import { siteView } from '../views/site.ts';
import { credentialsInWords, permittedInWords } from './needs-in-words.ts';
import { isoTime, secondsUntil, spanInWords, timeInWords, waitInWords } from './times-in-words.ts';

interface Wording {
  status: ContentfulStatusCode;
  title: string;
  detail: string;
  /** Members beside RFC 9457's own. */
  more?: Partial<ProblemDocument>;
}

const NOUNS = {
  site: 'There is no such site.',
  article: 'There is no such article.',
  comment: 'There is no such comment.',
  moderator: 'There is no such moderator.',
  reader: 'There is no such reader.',
  key: 'There is no such API key.',
  database: 'There is no such database here: wrangler.toml names those that there are.',
  table: 'There is no such table.',
  page: 'There is nothing at this address.',
};

const EXISTING = {
  site: 'There is already a site with this id.',
  moderator: 'There is already a moderator with this address.',
  article: 'There is already an article with this key. Take another one, or remove that article first.',
  rows: 'There are other rows where these are to go, or a site is there. Restore into an empty database.',
};

const MEDIA = {
  type: 'Send the body as application/json.',
  form: 'Send the form as application/x-www-form-urlencoded.',
  encoding: 'Send the body as it is, without a Content-Encoding.',
  charset: 'Send the body in UTF-8.',
};

const DAY_SECONDS = 86_400;

/** Whoever reads has done nothing fast themselves. */
const paceOf = ({ operation, windowSeconds }: Extract<Problem, { reason: 'rate-limited' }>): string => {
  if (operation === 'unknown-article') return 'Too many pages without comments were asked for from your network.';
  return windowSeconds < DAY_SECONDS ? 'That was a little fast.' : 'That is as much as is taken in a day.';
};

type Words = { [Reason in Problem['reason']]: (problem: Extract<Problem, { reason: Reason }>, now: number) => Wording };

/** Each reason has a sentence that says what to do next. The compiler finds a missing one. */
const WORDS: Words = {
  'invalid-input': (problem) => ({
    status: 400,
    title: 'The request is not valid',
    detail: problem.errors.map((error) => (error.field ? `${error.field}: ${error.message}` : error.message)).join(' '),
    more: { errors: problem.errors },
  }),
  'not-found': (problem) => ({ status: 404, title: 'Not found', detail: NOUNS[problem.what] }),
  'article-unknown': (problem) => ({
    status: 404,
    title: 'Nobody has registered this article',
    detail: problem.registrable
      ? 'Its first comment will register it, when it is posted from the article’s own page.'
      : 'Comments are not open on this page: the publisher has not registered it.',
    more: { registrable: problem.registrable },
  }),
  'commenting-closed': () => ({
    status: 403,
    title: 'Comments are closed',
    detail: 'Comments on this article are closed.',
  }),
  'parent-gone': () => ({
    status: 409,
    title: 'The comment you answer is gone',
    detail: 'The comment you are answering has been taken down. Copy your text and post it as a new comment.',
  }),
  'thread-too-deep': (problem) => ({
    status: 422,
    title: 'This conversation cannot go deeper',
    detail: 'Replies cannot go deeper here. Answer an earlier comment of this conversation instead.',
    more: { limit: problem.maxDepth },
  }),
  'comment-too-long': (problem) => ({
    status: 422,
    title: 'The comment is too long',
    detail: `Your comment has ${problem.graphemes} characters; ${problem.limit} are allowed. Shorten it and post again.`,
    more: { limit: problem.limit },
  }),
  'comment-empty': () => ({ status: 422, title: 'The comment is empty', detail: 'Write something before you post.' }),
  'repeated-text': () => ({
    status: 409,
    title: 'You have posted this already',
    detail: 'You have posted this text here before. It does not need to be posted again.',
  }),
  banned: (problem) => ({
    status: 403,
    title: 'You cannot comment here',
    detail:
      problem.until === null
        ? 'The moderators of this site have closed commenting for you.'
        : `The moderators of this site have closed commenting for you until ${timeInWords(problem.until)}.`,
    more: problem.until === null ? {} : { until: isoTime(problem.until) },
  }),
  'rate-limited': (problem, now) => ({
    status: 429,
    title: 'Too many requests',
    detail: `${paceOf(problem)} Try again in ${spanInWords(secondsUntil(problem.retryAt, now))}.`,
    more: { retryAt: isoTime(problem.retryAt), limit: problem.limit },
  }),
  unauthenticated: (problem) => ({
    status: 401,
    title: 'Not signed in',
    detail: credentialsInWords(problem.needs),
  }),
  forbidden: (problem) => ({
    status: 403,
    title: 'Not allowed',
    detail: `This needs ${permittedInWords(problem.needs)}.`,
  }),
  'origin-not-registered': () => ({
    status: 403,
    title: 'This page may not post here',
    detail: 'Comments for this site are taken from its own pages only. Its admin can add this origin in the settings.',
  }),
  'edit-window-over': () => ({
    status: 403,
    title: 'Too late to change',
    detail: 'The time to edit or delete this comment is over. Post a reply to add something.',
  }),
  'own-comment': () => ({
    status: 403,
    title: 'This is your own comment',
    detail: 'You cannot vote on your own comment.',
  }),
  'decided-already': (problem) => ({
    status: 409,
    title: 'Somebody else was first',
    detail: `${problem.decidedBy ?? 'Its author'} has already changed this comment: it is ${problem.status} now.`,
    more: { decidedBy: problem.decidedBy, currentStatus: problem.status },
  }),
  'edit-not-accepted': () => ({
    status: 422,
    title: 'The change was not accepted',
    detail:
      'The new text contains words that this site does not accept. Your comment stays as it was; change the text.',
  }),
  'edited-meanwhile': () => ({
    status: 409,
    title: 'The comment has changed',
    detail: 'The comment was edited in the meantime. Read it again before you go on.',
  }),
  'transition-not-allowed': (problem) => ({
    status: 409,
    title: 'Not possible from here',
    detail: `The comment is ${problem.status} now. Reload to see what can be done with it.`,
    more: { currentStatus: problem.status },
  }),
  'idempotency-key-reused': (problem) => ({
    status: 422,
    title: 'This key was used for another comment',
    detail:
      'The Idempotency-Key has made a comment from another request. Use a new key for a new comment, or edit that one.',
    more: problem.commentId === null ? {} : { commentId: problem.commentId },
  }),
  'link-not-valid': () => ({
    status: 401,
    title: 'This link no longer works',
    detail: 'A sign-in link works once and for half an hour. Ask for a new one.',
  }),
  'last-admin': () => ({
    status: 409,
    title: 'The last admin stays',
    detail: 'This is the only admin of the site. Make somebody else admin first.',
  }),
  'settings-changed': (problem) => ({
    status: 409,
    title: 'The settings have changed',
    detail: 'Somebody else has changed the settings in the meantime. Look at them as they are now, then save again.',
    more: { currentSite: siteView(problem.site) },
  }),
  'already-exists': (problem) => ({
    status: 409,
    title: 'It exists already',
    detail:
      problem.enteredIn === undefined
        ? EXISTING[problem.what]
        : `A site with this id is entered in ${problem.enteredIn}. If it is not there yet, create it with that database.`,
  }),
  'being-removed': (problem) => ({
    status: 409,
    title: 'It is being removed',
    detail: `The last ${problem.what} of this ${problem.what === 'site' ? 'id' : 'key'} has been removed, and its comments are still being deleted. Try again in some minutes.`,
  }),
  'precondition-failed': (problem) => ({
    status: 412,
    title: 'Changed in the meantime',
    detail: problem.isThere
      ? 'This article is another one than the request was made for. Read it again and send its ETag.'
      : 'There is no such article to replace. Leave If-Match out to register it.',
  }),
  'payload-too-large': (problem) => ({
    status: 413,
    title: 'Too large',
    detail: `A request to this address has at most ${problem.limitBytes.toLocaleString('en')} bytes.`,
    more: { limit: problem.limitBytes },
  }),
  'unsupported-media-type': (problem) => ({ status: 415, title: 'Another media type', detail: MEDIA[problem.what] }),
  'method-not-allowed': () => ({
    status: 405,
    title: 'Method not allowed',
    detail: 'This address does not take that method. The header `Allow` names those that it takes.',
  }),
  unavailable: () => ({
    status: 503,
    title: 'Not available right now',
    detail: 'The comments cannot be reached right now. Nothing you wrote is lost; try again in a moment.',
  }),
  overloaded: () => ({
    status: 503,
    title: 'Too busy right now',
    detail: 'There is more to do here than can be done at once. Nothing you wrote is lost; try again in half a minute.',
  }),
  'storage-full': () => ({
    status: 503,
    title: 'No room left',
    detail: 'There is no room for anything new here at the moment, and the site has to make some. Keep your text.',
  }),
  'quota-spent': (problem) => ({
    status: 503,
    title: 'Closed for today',
    detail: `This site has used up what it may do in a day. ${waitInWords(problem.retryAfterSeconds)} Keep your text.`,
  }),
  internal: () => ({
    status: 500,
    title: 'Something went wrong on our side',
    detail: 'The error has been logged. Try again; if it keeps happening, tell the site and quote the request id.',
  }),
};

const wordingOf = (problem: Problem, now: number): Wording =>
  (WORDS[problem.reason] as (problem: Problem, now: number) => Wording)(problem, now);

/** Makes all that is answered from here on a page, refusals too. */
export function asPage(c: AppContext): void {
  c.set('isPage', true);
  underPolicyOfPages(c);
}

/** A refusal as RFC 9457 has it; the headers that belong to its reason are set. */
export function problemDocument(
  c: AppContext,
  problem: Problem,
): Omit<ProblemDocument, 'status'> & { status: ContentfulStatusCode } {
  const now = c.env.clock.now();
  const { status, title, detail, more } = wordingOf(problem, now);
  if (problem.reason === 'rate-limited') {
    const seconds = String(secondsUntil(problem.retryAt, now));
    c.header('Retry-After', seconds);
    c.header('RateLimit-Policy', `"${problem.operation}";q=${problem.limit};w=${problem.windowSeconds}`);
    c.header('RateLimit', `"${problem.operation}";r=0;t=${seconds}`);
  }
  if ('retryAfterSeconds' in problem) c.header('Retry-After', String(problem.retryAfterSeconds));
  // RFC 9110 has this header for an encoding that is not taken.
  if (problem.reason === 'unsupported-media-type' && problem.what === 'encoding')
    c.header('Accept-Encoding', 'identity');
  if (problem.reason === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer');
  c.header('Cache-Control', 'no-store');
  return {
    ...more,
    // The API reference of this very deployment says what to do about it. By which name it was asked makes no other type.
    type: `${c.env.publicUrl ?? ''}/api/#problem-${problem.reason}`,
    title,
    status,
    detail,
    reason: problem.reason,
    requestId: c.get('requestId'),
  };
}

/** The answer for a refusal: its document, or a page where people read it. */
export function problemResponse(c: AppContext, problem: Problem): Response {
  const document = problemDocument(c, problem);
  const { status } = document;
  if (c.get('isPage')) return c.body(problemPage(document).toString(), status, { 'Content-Type': HTML });
  return c.body(JSON.stringify(document), status, { 'Content-Type': 'application/problem+json' });
}
