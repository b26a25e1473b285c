import type { ReaderActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import type { Ids } from '../platform/ids.ts';
import { beginAttempt, refuseAttempt } from '../rate-limit/admit.ts';
import type { CoolDowns } from '../rate-limit/cool-downs.ts';
import { ok, type Result, refuse } from '../result.ts';
import { cleanText } from '../text/clean.ts';
import type { FlagReason } from './flag-reason.ts';
import type { FlagStore } from './flag-store.ts';

/** A reader reports a comment; it stands in the reported queue until a moderator decides. */
export async function flagComment(
  deps: { ids: Ids; flags: FlagStore; coolDowns: CoolDowns },
  context: Context<ReaderActor>,
  input: { articleKey: string; commentId: string; reason: FlagReason; note: string },
): Promise<Result<null>> {
  const attempt = await beginAttempt(deps, context, 'flag');
  if (!attempt.ok) return attempt;
  const flag = { ...input, readerId: context.actor.id, note: cleanText(input.note) };
  const result = await deps.flags.flag(attempt.value, flag);
  switch (result.outcome) {
    case 'done':
      return ok(null);
    case 'not-found':
      return refuse({ reason: 'not-found', what: 'comment' });
    case 'banned':
      return refuse({ reason: 'banned', until: result.until });
    case 'limited':
      return refuseAttempt(deps, attempt.value, result.refusal);
  }
}
