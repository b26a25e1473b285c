import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import { admit } from '../rate-limit/admit.ts';
import { LIMITS } from '../rate-limit/limits.ts';
import type { RateLimitLog } from '../rate-limit/rate-limit-log.ts';
import { ok, type Result, refuse } from '../result.ts';
import { cleanText } from '../text/clean.ts';
import type { FlagStore } from './flag-store.ts';

type Deps = { clock: Clock; ids: Ids; flags: FlagStore; rateLimits: RateLimitLog };

/** A reader reports a comment; it stands in the reported queue until a moderator decides. */
export async function flagComment(
  deps: Deps,
  input: { siteId: string; commentId: string; readerId: string; networkKey: string; reason: string; note: string },
): Promise<Result<null>> {
  const now = deps.clock.now();
  const attempt = { limit: LIMITS.flagByNetwork, actorKey: input.networkKey, mark: deps.ids.sortable(now), now };
  const admitted = await admit(deps, attempt);
  if (!admitted.ok) return admitted;
  const { siteId, commentId, readerId, reason } = input;
  const found = await deps.flags.flag({ siteId, commentId, readerId, reason, note: cleanText(input.note), now });
  return found ? ok(null) : refuse({ reason: 'not-found', what: 'comment' });
}
