import type { Refusal } from '../core/rate-limit/attempt.ts';
import type { Bursts, Passing } from '../core/rate-limit/bursts.ts';
import { type Actor, type Limit, networkLimits } from '../core/rate-limit/limits.ts';
import { partOf } from '../core/rate-limit/network.ts';

/** The `ratelimits` bindings by the one that they count; each location of Cloudflare's counts for itself. */
export type RateLimiters = Partial<Record<Actor, { limit(asked: { key: string }): Promise<{ success: boolean }> }>>;

/** The most keys that an isolate counts; the one that was seen first is forgotten first. */
const MOST_KEYS = 5_000;

/** Counts in the isolate's memory, to the last one; then in the bindings, where there are any. */
export function createBursts(limiters: RateLimiters): Bursts {
  const seen = new Map<string, number[]>();

  const timesOf = (key: string, limit: Limit, now: number): number[] => {
    const times = (seen.get(key) ?? []).filter((at) => at > now - limit.windowSeconds * 1_000);
    const [first] = seen.keys();
    if (seen.size >= MOST_KEYS && first !== undefined) seen.delete(first);
    seen.delete(key);
    seen.set(key, times);
    return times;
  };

  const refusal = (limit: Limit, since: number): Refusal => {
    const { count, windowSeconds } = limit;
    return { limit, count, windowSeconds, retryAt: since + windowSeconds * 1_000 };
  };

  return {
    async admit({ siteId, operation, network, now }: Passing) {
      const counted = networkLimits(operation).map((limit) => {
        const key = `${operation} ${siteId} ${partOf(network, limit.actor)}`;
        return { limit, key, times: timesOf(key, limit, now) };
      });
      for (const { limit, times } of counted) {
        const blocker = times.at(-limit.count);
        if (blocker !== undefined) return refusal(limit, blocker);
      }
      for (const { times } of counted) times.push(now);
      const answers = await Promise.all(
        counted.map(async ({ limit, key }) => ({
          limit,
          success: (await limiters[limit.actor]?.limit({ key }))?.success,
        })),
      );
      const full = answers.find(({ success }) => success === false);
      return full === undefined ? null : refusal(full.limit, now);
    },
  };
}
