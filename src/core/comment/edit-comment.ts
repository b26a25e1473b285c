import type { Clock } from '../platform/clock.ts';
import type { Hashing } from '../platform/hashing.ts';
import type { Ids } from '../platform/ids.ts';
import { admit } from '../rate-limit/admit.ts';
import { LIMITS } from '../rate-limit/limits.ts';
import type { RateLimitLog } from '../rate-limit/rate-limit-log.ts';
import { ok, type Result, refuse } from '../result.ts';
import { screenComment } from '../screening/screen-comment.ts';
import type { Verdict } from '../screening/screening.ts';
import type { Site } from '../site/site.ts';
import type { CommentStatus } from './comment-status.ts';
import { isInShadow, type OwnComment, ownStatus } from './own-comment.ts';
import type { OwnCommentStore } from './own-comment-store.ts';
import { statusFor } from './post-comment.ts';
import { editableUntil, readSource } from './submission.ts';

interface FindDeps {
  clock: Clock;
  ids: Ids;
  ownComments: OwnCommentStore;
  rateLimits: RateLimitLog;
}

interface FindInput {
  siteId: string;
  commentId: string;
  readerId: string;
  networkKey: string;
}

/** Loads a reader's own comment and checks that it may be changed now. "Not yours" reads as "not there". */
export async function findEditable(deps: FindDeps, input: FindInput) {
  const now = deps.clock.now();
  const attempt = { limit: LIMITS.editByNetwork, actorKey: input.networkKey, mark: deps.ids.sortable(now), now };
  const admitted = await admit(deps, attempt);
  if (!admitted.ok) return admitted;
  const found = await deps.ownComments.findOwn(input.siteId, input.commentId, input.readerId);
  if (found === null) return refuse({ reason: 'not-found', what: 'comment' });
  const until = editableUntil(found.comment, found.site.settings);
  if (until === null) return refuse({ reason: 'transition-not-allowed', status: ownStatus(found.comment) });
  if (now > until) return refuse({ reason: 'edit-window-over', endedAt: until });
  return ok(found);
}

/**
 * What waits goes on waiting, which is also what a shadow-banned author must read; what a moderator approved is,
 * changed, a text that nobody has decided on.
 */
const statusAfterEdit = (from: CommentStatus, outcome: Exclude<Verdict['outcome'], 'refuse'>): CommentStatus =>
  from === 'pending' && outcome !== 'reject' ? from : statusFor(outcome);

/** An edited text is screened as a new one is. */
export async function editComment(
  deps: FindDeps & { hashing: Hashing },
  input: FindInput & { body: string },
): Promise<Result<{ comment: OwnComment; site: Site }>> {
  const found = await findEditable(deps, input);
  if (!found.ok) return found;
  const { comment, site, article, reader } = found.value;
  const now = deps.clock.now();
  const { source, body, text, textHash } = await readSource(deps, input.siteId, input.body);
  if (textHash === comment.textHash && source === comment.source) return ok({ comment, site });

  const verdict = screenComment({
    now,
    site,
    article,
    authorName: comment.authorName,
    source,
    body,
    text,
    reader,
    isInShadow: isInShadow(comment),
    sameText: [],
  });
  if (verdict.outcome === 'refuse') return refuse(verdict.problem);
  const edited = await deps.ownComments.edit({
    siteId: input.siteId,
    id: comment.id,
    readerId: input.readerId,
    from: comment.status,
    to: statusAfterEdit(comment.status, verdict.outcome),
    shadowed: verdict.outcome === 'shadow',
    revision: comment.revision,
    body,
    source,
    textHash,
    signals: verdict.signals,
    eventId: deps.ids.sortable(now),
    now,
  });
  return edited === null ? refuse({ reason: 'edited-meanwhile' }) : ok({ comment: edited, site });
}
