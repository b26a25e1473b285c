import { bodyText } from '../body/body-text.ts';
import type { ReaderActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import { deedAfter } from '../event/event.ts';
import type { Hashing } from '../platform/hashing.ts';
import type { Ids } from '../platform/ids.ts';
import { beginAttempt, refuseAttempt } from '../rate-limit/admit.ts';
import type { CoolDowns } from '../rate-limit/cool-downs.ts';
import { ok, type Result, refuse } from '../result.ts';
import { bannedWords } from '../screening/phases/banned-words.ts';
import { REMEMBERED_MS } from '../screening/phases/repeated-text.ts';
import { screenComment } from '../screening/screen-comment.ts';
import type { Signal, Verdict } from '../screening/screening.ts';
import type { Site } from '../site/site.ts';
import { type CommentStatus, isInShadow } from './comment-status.ts';
import { editableUntil, type OwnComment, ownStatus } from './own-comment.ts';
import type { OwnCommentStore } from './own-comment-store.ts';
import { statusFor } from './post-comment.ts';
import { hashOfText, readSource } from './read-source.ts';

interface FindDeps {
  ids: Ids;
  ownComments: OwnCommentStore;
  coolDowns: CoolDowns;
}

export interface CommentAddress {
  articleKey: string;
  commentId: string;
}

/** Loads a reader's own comment. "Not yours" reads as "not there". */
export async function findOwn(
  deps: FindDeps,
  context: Context<ReaderActor>,
  input: CommentAddress,
  textHash: string | null,
) {
  const attempt = await beginAttempt(deps, context, 'edit');
  if (!attempt.ok) return attempt;
  const result = await deps.ownComments.findOwn(attempt.value, {
    articleKey: input.articleKey,
    id: input.commentId,
    readerId: context.actor.id,
    text: textHash === null ? null : { textHash, sameTextSince: context.now - REMEMBERED_MS },
  });
  if ('refusal' in result) return refuseAttempt(deps, attempt.value, result.refusal);
  const { found } = result;
  return found === null ? refuse({ reason: 'not-found', what: 'comment' }) : ok(found);
}

/** The same, and checks that it may be changed now. */
async function findEditable(deps: FindDeps, context: Context<ReaderActor>, input: CommentAddress, textHash: string) {
  const own = await findOwn(deps, context, input, textHash);
  if (!own.ok) return own;
  const found = own.value;
  if (found.comment.status === 'deleted') return refuse({ reason: 'not-found', what: 'comment' });
  const until = editableUntil(found.comment, found.site.settings);
  if (until === null) return refuse({ reason: 'transition-not-allowed', status: ownStatus(found.comment) });
  if (context.now > until) return refuse({ reason: 'edit-window-over', endedAt: until });
  return ok(found);
}

/**
 * A pending comment stays pending, which is also what a shadow-banned author must read; an approved one is,
 * changed, a text that nobody has decided on.
 */
const statusAfterEdit = (from: CommentStatus, outcome: Exclude<Verdict['outcome'], 'refuse'>): CommentStatus =>
  from === 'pending' ? from : statusFor(outcome);

/** A comment that waits still waits for what it was held for; the moderator reads all of it. */
const signalsAfterEdit = (from: CommentStatus, before: Signal[], found: Signal[]): Signal[] =>
  from === 'pending'
    ? [...before.filter(({ phase }) => found.every((signal) => signal.phase !== phase)), ...found]
    : found;

/** An edited text is screened as a new one is. One that would be rejected is refused: the text before it stays. */
export async function editComment(
  deps: FindDeps & { hashing: Hashing },
  context: Context<ReaderActor>,
  input: CommentAddress & { body: string },
): Promise<Result<{ comment: OwnComment; site: Site }>> {
  const { source, body, text, textHash } = await readSource(deps, context.site, input.body);
  const found = await findEditable(deps, context, input, textHash);
  if (!found.ok) return found;
  const { comment, site, article, reader, isNetworkHeld, signals, lastEventId, sameText } = found.value;
  const { now } = context;
  if (source === comment.source) return ok({ comment, site });

  const submission = {
    now,
    site,
    article,
    authorName: comment.authorName,
    source,
    typed: input.body,
    body,
    text,
    reader,
    isNetworkHeld,
    isInShadow: isInShadow(comment),
    sameText,
  };
  const verdict = screenComment(submission);
  if (verdict.outcome === 'refuse') return refuse(verdict.problem);
  // In the shadow, too: a text that is accepted where everybody else's is refused would tell of the ban.
  const isRejected = (verdict.outcome === 'shadow' ? bannedWords(submission) : verdict).outcome === 'reject';
  if (isRejected) return refuse({ reason: 'edit-not-accepted' });
  const edited = await deps.ownComments.edit(deedAfter(lastEventId, context, deps.ids), {
    articleKey: comment.articleKey,
    id: comment.id,
    from: comment.status,
    to: statusAfterEdit(comment.status, verdict.outcome),
    shadowed: verdict.outcome === 'shadow',
    revision: comment.revision,
    body,
    source,
    textHash,
    textHashBefore: await hashOfText(deps, context.site, bodyText(comment.body)),
    signals: signalsAfterEdit(comment.status, signals, verdict.signals),
  });
  return edited === null ? refuse({ reason: 'edited-meanwhile' }) : ok({ comment: edited, site });
}
