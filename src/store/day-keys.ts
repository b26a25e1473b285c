import { dayOf } from '../core/rate-limit/attempt.ts';
import type { DayKeyStore } from '../core/rate-limit/day-key-store.ts';
import type { Database } from './database.ts';
import { type SQL, sql } from './sql.ts';

/** The keys that an isolate has read, by their days. */
export type KnownDayKeys = Map<number, string>;

/** The first who makes a day's key makes it for all. */
const makeMissing = (days: number[], newKey: () => string): SQL => {
  const rows = days.map((day) => sql`(${day}, ${newKey()})`);
  return sql`INSERT INTO day_keys (day, key) VALUES ${sql.join(rows, sql`, `)} ON CONFLICT DO NOTHING RETURNING day`;
};

export function createDayKeyStore(database: Database, known: KnownDayKeys): DayKeyStore {
  return {
    async find(now, newKey) {
      const today = dayOf(now);
      const yesterday = today - 1;
      for (const day of known.keys()) if (day < yesterday) known.delete(day);
      if (!known.has(today) || !known.has(yesterday)) {
        const { keys } = await database.batch<{ keys: { day: number; key: string } }>({
          made: makeMissing([today, yesterday], newKey),
          // Tomorrow's is among them where it is made ahead: then nobody waits at midnight.
          keys: sql`SELECT day, key FROM day_keys WHERE day >= ${yesterday}`,
        });
        for (const { day, key } of keys) known.set(day, key);
      }
      return { today: known.get(today) as string, yesterday: known.get(yesterday) as string };
    },

    async turn(now, newKey) {
      const today = dayOf(now);
      const { made, gone } = await database.batch<{ made: { day: number }; gone: { day: number } }>({
        made: makeMissing([today, today + 1], newKey),
        gone: sql`DELETE FROM day_keys WHERE day < ${today - 1} RETURNING day`,
      });
      return made.length + gone.length;
    },
  };
}
