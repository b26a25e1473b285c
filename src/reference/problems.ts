import type { ProblemReason } from '../contract/problem.ts';
import type { Described } from './described.ts';

/** The meaning of a reason, and the way out of it for the caller. */
interface ProblemMeaning {
  status: number;
  meaning: string;
  action: string;
}

export const PROBLEMS = {
  'invalid-input': {
    status: 400,
    meaning: 'A part of the request is missing, unknown or malformed.',
    action: 'Read `errors`: each names a `field` and says what it should be. The same request will fail again.',
  },
  unauthenticated: {
    status: 401,
    meaning: 'The request has no credential, one that is not valid (any more), or two.',
    action: 'Send the credential that the operation asks for, and only that one. A moderator signs in again.',
  },
  'link-not-valid': {
    status: 401,
    meaning: 'The sign-in link was used before, is older than half an hour, or was never made.',
    action: 'Ask for a new link.',
  },
  forbidden: {
    status: 403,
    meaning: 'The credential is good, but not for this: it takes another role, or a page of this server.',
    action: '`detail` says what is needed. With a cookie, send the `Origin` of this server.',
  },
  'commenting-closed': {
    status: 403,
    meaning: 'The article takes no comments.',
    action: 'Remove the form. The publisher opens the article again with `commenting: "open"`.',
  },
  banned: {
    status: 403,
    meaning: 'The moderators have closed commenting for this reader.',
    action:
      'Show `detail`, which says until when, or write `until` in the reader’s own time. Without `until` the ban is for good.',
  },
  'origin-not-registered': {
    status: 403,
    meaning: 'The browser sent an `Origin` that is not one of the site’s.',
    action: 'An admin adds the origin to the site’s settings.',
  },
  'edit-window-over': {
    status: 403,
    meaning: 'The time in which an author may change or delete a comment has passed.',
    action: 'Offer a reply instead. `editableUntil` tells beforehand.',
  },
  'own-comment': {
    status: 403,
    meaning: 'Nobody votes on what they wrote themselves.',
    action: 'Leave the buttons out below the reader’s own comments.',
  },
  'not-found': {
    status: 404,
    meaning: 'There is no such thing, or the caller may not see it: both get the same answer.',
    action: 'Check the site, the key or the id in the address.',
  },
  'article-unknown': {
    status: 404,
    meaning: 'Nobody has registered this article.',
    action:
      'The publisher puts the article; or, where `registrable` is true, the first comment posted from its own page registers it.',
  },
  'method-not-allowed': {
    status: 405,
    meaning: 'The address exists, but not for this method.',
    action: '`Allow` names the methods that it takes.',
  },
  'parent-gone': {
    status: 409,
    meaning: 'The comment being answered was taken down in the meantime.',
    action: 'Keep the reader’s text and offer to post it as a new comment.',
  },
  'repeated-text': {
    status: 409,
    meaning: 'The same reader has posted the same text under this article within a day.',
    action: 'Nothing: it is there already.',
  },
  'decided-already': {
    status: 409,
    meaning: 'Another moderator, or the author, was first.',
    action: 'Show `decidedBy` and `currentStatus`, and decide again from there if it is still needed.',
  },
  'edit-not-accepted': {
    status: 422,
    meaning: 'The screening would reject the new text. The comment stays as it was.',
    action: 'Change the text.',
  },
  'edited-meanwhile': {
    status: 409,
    meaning: 'The comment’s text is not the one that was seen.',
    action: 'Read the comment again; send the new `revision` with the decision.',
  },
  'transition-not-allowed': {
    status: 409,
    meaning: 'This cannot be done to a comment in its present status.',
    action: '`currentStatus` says which status that is; read the comment again to see what can be done.',
  },
  'last-admin': {
    status: 409,
    meaning: 'A site keeps at least one admin.',
    action: 'Invite another admin first.',
  },
  'settings-changed': {
    status: 409,
    meaning: 'The settings have another version than the change was made from. Nothing was changed.',
    action: '`currentSite` has the settings as they are now: make the change from those and send their `version`.',
  },
  'being-removed': {
    status: 409,
    meaning: 'What had this key or id has been removed, and its rows are still being deleted.',
    action: 'Try again in some minutes, or take another key.',
  },
  'already-exists': {
    status: 409,
    meaning: 'There is a site with this id, a moderator with this address, or an article with this key.',
    action: 'Take another id, or use what is there.',
  },
  'precondition-failed': {
    status: 412,
    meaning: 'The article is not in the state that `If-Match` or `If-None-Match` names. Nothing was changed.',
    action: 'Read the article again, make the change to what is there now, and send its `ETag`.',
  },
  'payload-too-large': {
    status: 413,
    meaning: 'The body is larger than a request to this address needs.',
    action: '`limit` says how many bytes are taken.',
  },
  'unsupported-media-type': {
    status: 415,
    meaning:
      'The request does not declare its body as JSON in UTF-8, or to an address that takes a form as one; or it is compressed.',
    action: 'Send `Content-Type: application/json`, without a `Content-Encoding`.',
  },
  'thread-too-deep': {
    status: 422,
    meaning: 'The conversation cannot go deeper.',
    action: 'Answer an earlier comment of it. `limit` says how deep it may go.',
  },
  'comment-too-long': {
    status: 422,
    meaning: 'The comment has more characters, as a reader counts them, than the site allows.',
    action: 'Shorten it to `limit`. The preview counts in the same way.',
  },
  'comment-empty': {
    status: 422,
    meaning: 'The text has nothing that can be seen.',
    action: 'Ask for a text.',
  },
  'idempotency-key-reused': {
    status: 422,
    meaning: 'The `Idempotency-Key` belongs to a comment with another text or place.',
    action: 'Make a new key for each new comment; keep it for the retries of that one.',
  },
  'rate-limited': {
    status: 429,
    meaning:
      'There were too many such requests from one reader or network, or under one article or site, in a minute or a day. Of ' +
      'reads: too many of articles that are not there, from one network.',
    action: 'Wait as long as `Retry-After` says; `retryAt` is the same moment, as a time to show.',
  },
  internal: {
    status: 500,
    meaning: 'Something went wrong on the server’s side.',
    action: 'Try again; if it keeps happening, quote the `requestId`.',
  },
  unavailable: {
    status: 503,
    meaning: 'The database does not answer, or not in time.',
    action: 'Try again after `Retry-After`. A new comment is safe to repeat with the same `Idempotency-Key`.',
  },
  overloaded: {
    status: 503,
    meaning: 'More is asked of the database than it can do at once.',
    action: 'Try again after `Retry-After`, with longer pauses each time.',
  },
  'storage-full': {
    status: 503,
    meaning: 'The database has no room left, or only what is kept for the moderators.',
    action: 'Nothing new can be stored until the operator has made room. Reading, deleting and deciding go on.',
  },
  'quota-spent': {
    status: 503,
    meaning: 'The rows that the free plan lets a database read or write in a day are used up.',
    action: 'Try again after `Retry-After`, which is when the day ends at midnight UTC.',
  },
} as const satisfies Record<ProblemReason, ProblemMeaning>;

/** Each route that asks the database can meet these. */
const FAULTS = ['unavailable', 'overloaded', 'storage-full', 'quota-spent', 'internal'] as const;

/** All reasons for which a route can refuse, in the order in which it checks them. */
export function problemsOf({ audience, route }: Described): ProblemReason[] {
  const { params, query, headers, body, problems = [] } = route;
  const isOpen = audience.includes('anyone');
  const takesNothing = [params, query, headers, body].every((part) => part === undefined);
  // A comment's author is looked up with the comment, and a new site has no team whose member could be the wrong one.
  const isForRoles = !isOpen && !audience.includes('reader') && params !== undefined;
  const isReadersWrite = audience.includes('reader') && !route.at.startsWith('GET');
  return [
    ...new Set<ProblemReason>([
      ...(body ? (['payload-too-large', 'unsupported-media-type'] as const) : []),
      ...(isOpen ? [] : (['unauthenticated'] as const)),
      ...(isForRoles ? (['forbidden'] as const) : []),
      ...(isReadersWrite ? (['origin-not-registered'] as const) : []),
      'invalid-input',
      ...problems,
      ...(takesNothing ? [] : FAULTS),
    ]),
  ];
}
