import type { Context } from '../event/context.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Limit } from './limits.ts';
import type { RateLimitLog } from './rate-limit-log.ts';

interface Attempt {
  limit: Limit;
  /** The actor's key, never a raw address. */
  actorKey: string;
  /** Attempts with the same mark count once: a retry with the same Idempotency-Key is no second comment. */
  mark: string;
  now: number;
}

/**
 * A sliding window over the attempt log in KV: each attempt is a key of its own, so parallel attempts cannot overwrite
 * each other as they do in a counter. Reads the cool-down first, which is all that a refused actor costs.
 */
export async function admit(deps: { rateLimits: RateLimitLog }, attempt: Attempt): Promise<Result<null>> {
  const { limit, actorKey, mark, now } = attempt;
  const windowMillis = limit.windowSeconds * 1_000;
  const scope = `${limit.operation}:${actorKey}`;
  const limited = (retryAt: number) =>
    refuse({
      reason: 'rate-limited',
      operation: limit.operation,
      limit: limit.count,
      windowSeconds: limit.windowSeconds,
      retryAt,
    });
  try {
    const coolDown = await deps.rateLimits.findCoolDown(scope);
    if (coolDown !== null && coolDown > now) return limited(coolDown);

    const attempts = await deps.rateLimits.insertAndList(scope, { at: now, mark }, limit.windowSeconds);
    const earlier = new Map<string, number>();
    for (const other of attempts) {
      if (other.mark === mark) break;
      if (other.at > now - windowMillis && !earlier.has(other.mark)) earlier.set(other.mark, other.at);
    }
    if (earlier.size < limit.count) return ok(null);

    // The next is allowed when all but count − 1 in the log have left the window; this attempt is in it, too.
    const times = [...earlier.values(), now];
    const retryAt = (times[times.length - limit.count] ?? now) + windowMillis;
    // One write an overrun: KV takes one write a second for a key, and the first refused attempt has made it.
    if (earlier.size === limit.count) await deps.rateLimits.insertCoolDown(scope, retryAt, limit.windowSeconds);
    return limited(retryAt);
  } catch {
    return limit.withoutKv === 'admit' ? ok(null) : refuse({ reason: 'unavailable', retryAfterSeconds: 30 });
  }
}

/** The same for the network that a request comes from, where each attempt counts for itself. */
export async function admitNetwork(
  deps: { ids: Ids; rateLimits: RateLimitLog },
  context: Context,
  limit: Limit,
): Promise<Result<null>> {
  const { now } = context;
  return admit(deps, { limit, actorKey: await context.network(), mark: deps.ids.sortable(now), now });
}
