import type { RateLimitLog } from '../../../src/core/rate-limit/rate-limit-log.ts';
import { byText } from './tables.ts';

/** A log that keeps attempts as KV does, but never forgets them. */
export function createRateLimitLog(): RateLimitLog {
  const coolDowns = new Map<string, number>();
  const events = new Map<string, { at: number; mark: string }[]>();
  return {
    async findCoolDown(scope) {
      return coolDowns.get(scope) ?? null;
    },

    async insertCoolDown(scope, until) {
      coolDowns.set(scope, until);
    },

    async insertAndList(scope, event) {
      // The same attempt at the same time is the same key.
      const others = (events.get(scope) ?? []).filter(({ at, mark }) => at !== event.at || mark !== event.mark);
      const all = [...others, event].sort((a, b) => a.at - b.at || byText(a.mark, b.mark));
      events.set(scope, all);
      return all;
    },
  };
}
