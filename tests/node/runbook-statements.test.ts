import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { ROOT } from '../../src/cli/project.ts';

/** The statements of the runbook, which are run on databases that serve readers. */
const BLOCKS = [...readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8').matchAll(/```sql run\n(.*?)```/gs)].map(
  ([, block = '']) => block.split(/;\s*$/m).filter((statement) => statement.trim() !== ''),
);

const migrated = (): DatabaseSync => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE d1_migrations (name TEXT, applied_at TEXT)');
  const folder = join(ROOT, 'migrations');
  for (const name of readdirSync(folder).sort()) database.exec(readFileSync(join(folder, name), 'utf8'));
  return database;
};

test.each(BLOCKS.flat())('%s reads no table from end to end', (statement) => {
  const plan = migrated().prepare(`EXPLAIN QUERY PLAN ${statement}`).all();
  expect(plan.map(({ detail }) => String(detail)).filter((step) => /^SCAN (?!\()/.test(step))).toEqual([]);
});
