import { dayOf } from '../../../src/core/rate-limit/attempt.ts';
import type { DayKeyStore } from '../../../src/core/rate-limit/day-key-store.ts';
import type { Tables } from './tables.ts';

export function createDayKeyStore({ dayKeys }: Tables): DayKeyStore {
  const keyOf = (day: number, newKey: () => string): string => {
    const key = dayKeys.get(day) ?? newKey();
    dayKeys.set(day, key);
    return key;
  };
  return {
    async find(now, newKey) {
      const today = dayOf(now);
      return { today: keyOf(today, newKey), yesterday: keyOf(today - 1, newKey) };
    },

    async turn(now, newKey) {
      const today = dayOf(now);
      const missing = [today, today + 1].filter((day) => !dayKeys.has(day));
      for (const day of missing) keyOf(day, newKey);
      const over = [...dayKeys.keys()].filter((day) => day < today - 1);
      for (const day of over) dayKeys.delete(day);
      return missing.length + over.length;
    },
  };
}
