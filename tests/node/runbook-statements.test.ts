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

test('an address is taken out of every comment of one site, step by step', () => {
  const database = migrated();
  const [update = '', place = ''] = BLOCKS.find((block) => block.join().includes('author_email')) ?? [];
  database.exec(`
    WITH RECURSIVE n AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM n LIMIT 12001)
    INSERT INTO comments (site_id, id, article_key, root_id, depth, path, reader_id, author_name, author_email, body,
      source, text_hash, status, listed, created_at)
    SELECT iif(n % 4, 'gazette', 'courier'), printf('%016d', n), 'a', '', 0, '', '', '',
      iif(n % 3, 'reader@example.com', 'other@example.com'), '[]', '', '', 'published', 1, 0 FROM n`);
  const addresses = () =>
    database
      .prepare('SELECT site_id, author_email, count(*) AS n FROM comments GROUP BY 1, 2 ORDER BY 1, 2')
      .all()
      .map(({ site_id, author_email, n }) => [site_id, author_email, n]);
  let [at, steps]: [unknown, number] = ['', 0];
  for (; at !== null; steps += 1) {
    const after = (statement: string) => statement.replaceAll("id > ''", `id > '${at}'`);
    const { changes } = database.prepare(after(update)).run();
    expect(changes).toBeLessThanOrEqual(5_000);
    at = database.prepare(after(place)).get()?.place;
  }
  expect(steps).toBe(3);
  expect(addresses()).toEqual([
    ['courier', 'other@example.com', 1_000],
    ['courier', 'reader@example.com', 2_000],
    ['gazette', null, 6_001],
    ['gazette', 'other@example.com', 3_000],
  ]);
});
