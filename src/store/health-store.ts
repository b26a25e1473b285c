import type { HealthStore, Migration, Run } from '../core/health/health-store.ts';
import type { Database } from './database.ts';
import { inTime, kvIsLate } from './in-time.ts';
import { sql } from './sql.ts';

/** The last file of migrations/; a test holds the two against each other. */
export const LAST_MIGRATION = '0024_create_day_keys.sql';

/** Less than a request waits for the database, so that both are told of in one answer. */
const KV_MILLIS = 1_000;

interface Row {
  at: number;
  facts: string;
}

const runOf = ([row]: Row[]): Run | null =>
  row === undefined ? null : { at: row.at, failing: JSON.parse(row.facts) as Record<string, number> };

const LAST_RUN = sql`SELECT at, facts FROM runs WHERE name = 'jobs'`;

export function createHealthStore(database: Database, kv: KVNamespace): HealthStore {
  return {
    knownMigration: LAST_MIGRATION,

    async findLastMigration() {
      const [row] = await database.all<Migration>(
        // Migrations are numbered, so the greatest name is the last one.
        sql`SELECT name, unixepoch(applied_at) * 1000 AS appliedAt FROM d1_migrations ORDER BY name DESC LIMIT 1`,
      );
      return row ?? null;
    },

    async recordRun(now, failed) {
      const failing = JSON.stringify(Object.fromEntries(failed.map((job) => [job, now])));
      const { before } = await database.batch<{ before: Row }>({
        before: LAST_RUN,
        run: sql`INSERT INTO runs (name, at, facts) VALUES ('jobs', ${now}, ${failing})
        ON CONFLICT DO UPDATE SET at = excluded.at, facts = (
          SELECT json_group_object(f.key, coalesce((SELECT value FROM json_each(runs.facts) WHERE key = f.key), f.value))
          FROM json_each(excluded.facts) f)`,
      });
      return { before: runOf(before), bytes: database.bytes() };
    },

    async probe(now) {
      const { read, run } = await database.batch<{ read: { at: number }; run: Row }>({
        write: sql`INSERT INTO runs (name, at) VALUES ('check', ${now}) ON CONFLICT DO UPDATE SET at = excluded.at`,
        read: sql`SELECT at FROM runs WHERE name = 'check'`,
        run: LAST_RUN,
      });
      return { written: read[0]?.at ?? null, run: runOf(run), bytes: database.bytes() };
    },

    async readKv() {
      await inTime(kv.get('health'), KV_MILLIS, kvIsLate);
    },
  };
}
