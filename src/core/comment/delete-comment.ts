import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { RateLimitLog } from '../rate-limit/rate-limit-log.ts';
import { ok, type Result, refuse } from '../result.ts';
import { findEditable } from './edit-comment.ts';
import type { OwnCommentStore } from './own-comment-store.ts';

/** The author takes it back: text, name and address are erased; where replies hang on it, a tombstone stays. */
export async function deleteComment(
  deps: { clock: Clock; ids: Ids; ownComments: OwnCommentStore; rateLimits: RateLimitLog },
  input: { siteId: string; commentId: string; readerId: string; networkKey: string },
): Promise<Result<{ articleKey: string }>> {
  const found = await findEditable(deps, input);
  if (!found.ok) return found;
  const { comment } = found.value;
  const now = deps.clock.now();
  const erased = await deps.ownComments.erase({
    siteId: input.siteId,
    id: comment.id,
    readerId: input.readerId,
    from: comment.status,
    revision: comment.revision,
    eventId: deps.ids.sortable(now),
    now,
  });
  return erased ? ok({ articleKey: comment.articleKey }) : refuse({ reason: 'edited-meanwhile' });
}
