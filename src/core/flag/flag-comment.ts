import type { ReaderActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import type { Ids } from '../platform/ids.ts';
import { admitNetwork } from '../rate-limit/admit.ts';
import { LIMITS } from '../rate-limit/limits.ts';
import type { RateLimitLog } from '../rate-limit/rate-limit-log.ts';
import { ok, type Result, refuse } from '../result.ts';
import { cleanText } from '../text/clean.ts';
import type { FlagReason } from './flag-reason.ts';
import type { FlagStore } from './flag-store.ts';

/** A reader reports a comment; it stands in the reported queue until a moderator decides. */
export async function flagComment(
  deps: { ids: Ids; flags: FlagStore; rateLimits: RateLimitLog },
  context: Context<ReaderActor>,
  input: { articleKey: string; commentId: string; reason: FlagReason; note: string },
): Promise<Result<null>> {
  const admitted = await admitNetwork(deps, context, LIMITS.flagByNetwork);
  if (!admitted.ok) return admitted;
  const found = await deps.flags.flag({
    ...input,
    siteId: context.site,
    readerId: context.actor.id,
    note: cleanText(input.note),
    now: context.now,
  });
  return found ? ok(null) : refuse({ reason: 'not-found', what: 'comment' });
}
