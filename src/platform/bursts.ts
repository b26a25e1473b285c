import type { Refusal } from '../core/rate-limit/attempt.ts';
import type { Bursts, Passing } from '../core/rate-limit/bursts.ts';
import { type Actor, type Limit, networkLimits, type Operation } from '../core/rate-limit/limits.ts';
import { partOf } from '../core/rate-limit/network.ts';

interface RateLimiter {
  limit(asked: { key: string }): Promise<{ success: boolean }>;
}

/** The `ratelimits` bindings by what they count, of whom; each location of Cloudflare's counts for itself. */
export type RateLimiters = Partial<Record<Operation, Partial<Record<Actor, RateLimiter | undefined>>>>;

/** The most keys that an isolate counts; the one that was seen first is forgotten first. */
const MOST_KEYS = 5_000;

interface Seen {
  times: number[];
  /** The last word of a binding. */
  refusal: Refusal | null;
}

const refusalFrom = (limit: Limit, since: number): Refusal => {
  const { count, windowSeconds } = limit;
  return { limit, count, windowSeconds, retryAt: since + windowSeconds * 1_000 };
};

/** Counts in the isolate's memory, to the last one; then in the bindings, where there are any. */
export function createBursts(limiters: RateLimiters): Bursts {
  const seen = new Map<string, Seen>();

  const seenAt = (key: string, limit: Limit, now: number): Seen => {
    const one = seen.get(key) ?? { times: [], refusal: null };
    one.times = one.times.filter((at) => at > now - limit.windowSeconds * 1_000);
    const [first] = seen.keys();
    if (seen.size >= MOST_KEYS && first !== undefined) seen.delete(first);
    seen.delete(key);
    seen.set(key, one);
    return one;
  };

  const hold: Bursts['hold'] = ({ operation, network, now }) => {
    const counted = networkLimits(operation).map((limit) => {
      const key = `${operation} ${partOf(network, limit.actor)}`;
      return { limit, key, one: seenAt(key, limit, now) };
    });
    for (const { limit, one } of counted) {
      if (one.refusal !== null && one.refusal.retryAt > now) return one.refusal;
      const blocker = one.times.at(-limit.count);
      if (blocker !== undefined) return refusalFrom(limit, blocker);
    }
    for (const { one } of counted) one.times.push(now);
    return {
      async settle() {
        const asked = counted.map(async ({ limit, key, one }) => {
          const answer = await limiters[operation]?.[limit.actor]?.limit({ key });
          one.refusal = answer?.success === false ? refusalFrom(limit, now) : null;
          return one.refusal;
        });
        return (await Promise.all(asked)).find((refusal) => refusal !== null) ?? null;
      },
      giveBack() {
        for (const { one } of counted) {
          const place = one.times.lastIndexOf(now);
          if (place >= 0) one.times.splice(place, 1);
        }
      },
    };
  };

  return {
    hold,
    async admit(passing: Passing) {
      const held = hold(passing);
      return 'settle' in held ? held.settle() : held;
    },
  };
}
