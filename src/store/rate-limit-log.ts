import type { RateLimitLog } from '../core/rate-limit/rate-limit-log.ts';

/** The shortest life of a key that KV takes. */
const LEAST_TTL_SECONDS = 60;
/** Nine digits of base 36 hold milliseconds until the year 5188, and sort as text. */
const TIME_LENGTH = 9;

/** A reader waits for the answer. A KV call that takes longer has failed, and `withoutKv` of the limit says what follows. */
const PATIENCE_MILLIS = 1_000;

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  let timer: number | null = null;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('KV did not answer in time')), PATIENCE_MILLIS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Keys: `rl:{scope}:{time}{mark}` for attempts, `cd:{scope}` for cool-downs. Each attempt is a key of its own, because one
 * key takes one write a second and a counter that is read and written back loses what came in between.
 */
export function createRateLimitLog(kv: KVNamespace): RateLimitLog {
  return {
    async findCoolDown(scope) {
      const until = await inTime(kv.get(`cd:${scope}`));
      return until === null ? null : Number(until);
    },

    async insertCoolDown(scope, until, windowSeconds) {
      await inTime(kv.put(`cd:${scope}`, String(until), { expirationTtl: Math.max(LEAST_TTL_SECONDS, windowSeconds) }));
    },

    async insertAndList(scope, attempt, windowSeconds) {
      const prefix = `rl:${scope}:`;
      const time = attempt.at.toString(36).padStart(TIME_LENGTH, '0');
      const expirationTtl = Math.max(LEAST_TTL_SECONDS, windowSeconds);
      await inTime(kv.put(`${prefix}${time}${attempt.mark}`, '', { expirationTtl }));
      const { keys } = await inTime(kv.list({ prefix }));
      return keys.map(({ name }) => ({
        at: Number.parseInt(name.slice(prefix.length, prefix.length + TIME_LENGTH), 36),
        mark: name.slice(prefix.length + TIME_LENGTH),
      }));
    },
  };
}
