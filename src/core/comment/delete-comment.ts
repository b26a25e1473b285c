import { bodyText } from '../body/body-text.ts';
import type { ReaderActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import { deedAfter } from '../event/event.ts';
import type { Hashing } from '../platform/hashing.ts';
import type { Ids } from '../platform/ids.ts';
import type { CoolDowns } from '../rate-limit/cool-downs.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type CommentAddress, findOwn } from './edit-comment.ts';
import type { OwnCommentStore } from './own-comment-store.ts';
import { hashOfText } from './read-source.ts';

/**
 * The author takes it back, whenever and whatever became of it: text, name and address are erased; where replies hang on
 * it, a tombstone stays. Once is as good as twice.
 */
export async function deleteComment(
  deps: { ids: Ids; hashing: Hashing; ownComments: OwnCommentStore; coolDowns: CoolDowns },
  context: Context<ReaderActor>,
  input: CommentAddress,
): Promise<Result<{ articleKey: string }>> {
  const found = await findOwn(deps, context, input, null);
  if (!found.ok) return found;
  const { comment, lastEventId } = found.value;
  if (comment.status === 'deleted') return ok({ articleKey: comment.articleKey });
  const erased = await deps.ownComments.erase(deedAfter(lastEventId, context, deps.ids), {
    articleKey: comment.articleKey,
    id: comment.id,
    from: comment.status,
    revision: comment.revision,
    textHash: await hashOfText(deps, context.site, bodyText(comment.body)),
  });
  if (erased) return ok({ articleKey: comment.articleKey });
  const meanwhile = await findOwn(deps, context, input, null);
  return meanwhile.ok && meanwhile.value.comment.status === 'deleted'
    ? ok({ articleKey: comment.articleKey })
    : refuse({ reason: 'edited-meanwhile' });
}
