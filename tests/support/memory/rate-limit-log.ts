import type { RateLimitLog } from '../../../src/core/rate-limit/rate-limit-log.ts';
import { byText } from './tables.ts';

/** A log that keeps attempts as KV does, but never forgets them. */
export function createRateLimitLog(): RateLimitLog {
  const coolDowns = new Map<string, number>();
  const attempts = new Map<string, { at: number; mark: string }[]>();
  return {
    async findCoolDown(scope) {
      return coolDowns.get(scope) ?? null;
    },

    async insertCoolDown(scope, until) {
      coolDowns.set(scope, until);
    },

    async insertAndList(scope, attempt) {
      // The same attempt at the same time is the same key.
      const others = (attempts.get(scope) ?? []).filter(({ at, mark }) => at !== attempt.at || mark !== attempt.mark);
      const all = [...others, attempt].sort((a, b) => a.at - b.at || byText(a.mark, b.mark));
      attempts.set(scope, all);
      return all;
    },
  };
}
