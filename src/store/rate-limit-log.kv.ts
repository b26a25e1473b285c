import type { RateLimitLog } from '../core/ports.ts';

/** KV takes no shorter life than this. */
const LEAST_TTL_SECONDS = 60;
/** Nine digits of base 36 hold milliseconds until the year 5188, and sort as text. */
const TIME_LENGTH = 9;

/**
 * Keys: `rl:{scope}:{time}{mark}` for events, `cd:{scope}` for cool-downs. Each event is a key of its own, because one
 * key takes one write a second and a counter that is read and written back loses what came in between.
 */
export const createRateLimitLog = (kv: KVNamespace): RateLimitLog => ({
  async findCoolDown(scope) {
    const until = await kv.get(`cd:${scope}`);
    return until === null ? null : Number(until);
  },

  async insertCoolDown(scope, until, windowSeconds) {
    await kv.put(`cd:${scope}`, String(until), { expirationTtl: Math.max(LEAST_TTL_SECONDS, windowSeconds) });
  },

  async insertAndList(scope, event, windowSeconds) {
    const prefix = `rl:${scope}:`;
    const time = event.at.toString(36).padStart(TIME_LENGTH, '0');
    await kv.put(`${prefix}${time}${event.mark}`, '', { expirationTtl: Math.max(LEAST_TTL_SECONDS, windowSeconds) });
    const { keys } = await kv.list({ prefix });
    return keys.map(({ name }) => ({
      at: Number.parseInt(name.slice(prefix.length, prefix.length + TIME_LENGTH), 36),
      mark: name.slice(prefix.length + TIME_LENGTH),
    }));
  },
});
