import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { D1Database } from '@cloudflare/workers-types';
import { unstable_splitSqlQuery as splitSqlQuery } from 'wrangler';
import { PlainError } from './project.ts';

// The table that `wrangler d1 migrations` keeps, letter for letter: a database migrated here counts as migrated there.
const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "d1_migrations"(
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/**
 * Applies the migrations that the database does not have yet, each in one transaction with its own bookkeeping row.
 * It runs in this process, because starting wrangler costs more than the rest of a start.
 */
export async function applyMigrations(db: D1Database, folder: string): Promise<string[]> {
  await db.prepare(BOOKKEEPING).run();
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map((row) => row.name));
  const pending = readdirSync(folder)
    .filter((name) => name.endsWith('.sql') && !applied.has(name))
    .sort();
  for (const name of pending) {
    const statements = splitSqlQuery(readFileSync(join(folder, name), 'utf8'));
    try {
      await db.batch([
        ...statements.map((statement) => db.prepare(statement)),
        db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
      ]);
    } catch (error) {
      throw new PlainError(
        `Migration ${name} failed and was rolled back: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  return pending;
}
