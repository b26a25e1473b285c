import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMetered } from '../../src/bench/metered-product.ts';
import { backUp } from '../../src/cli/backup.ts';
import type { Ask } from '../../src/cli/backup-file.ts';
import { ROOT } from '../../src/cli/project.ts';
import { restore } from '../../src/cli/restore.ts';
import { fillWithLargest } from '../support/largest-rows.ts';
import { columnsOf, hashesOf, lookInto, tablesIn } from '../support/stored-rows.ts';

/**
 * The largest row that each table can get. A backup by SQL has a statement for each row, and D1 refuses one of more than
 * 100,000 bytes: with it, all that comes after it.
 */

const folder = mkdtempSync(join(tmpdir(), 'belowline-rows-'));

/** A folder for wrangler, which looks for the database where the product has it: in `stateOf` the folder. */
const projectIn = (name: string): string => {
  const project = join(folder, name);
  mkdirSync(project);
  const lines = ['name = "belowline"', 'compatibility_date = "2026-10-20"', '[[d1_databases]]', 'binding = "DB"'];
  writeFileSync(join(project, 'wrangler.toml'), `${[...lines, 'database_name = "belowline"'].join('\n')}\n`);
  return project;
};

const stateOf = (project: string): string => join(project, '.wrangler', 'state');

const wrangler = (project: string, ...args: string[]) =>
  promisify(execFile)(
    process.execPath,
    [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), 'd1', ...args, '--local'],
    {
      cwd: project,
      maxBuffer: 1 << 28,
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
    },
  );

/** The bytes of the longest statement that inserts a row of a table, its values as SQLite writes them. */
const longestInsert = (database: DatabaseSync, table: string): number => {
  const columns = columnsOf(database, table);
  const head = `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(',')}) VALUES(${','.repeat(columns.length)});`;
  const values = columns.map((column) => `length(CAST(quote("${column}") AS BLOB))`).join(' + ');
  const { longest } = database.prepare(`SELECT max(${values}) AS longest FROM "${table}"`).get() as { longest: number };
  return longest + head.length;
};

/** At least so many bytes has the largest row of a table here: a table that is not named has no case. */
const AT_LEAST: Record<string, number> = {
  api_keys: 900,
  article_activity: 700,
  article_aliases: 1_300,
  article_hours: 700,
  article_lists: 1_500,
  articles: 45_000,
  comment_traces: 150,
  comments: 75_000,
  day_keys: 80,
  dead_letters: 800,
  directory: 80,
  events: 8_000,
  flags: 4_000,
  limit_windows: 30_000,
  listeners: 100,
  moderators: 800,
  network_holds: 100,
  outbox: 800,
  readers: 150,
  removals: 700,
  runs: 800,
  seals: 150,
  sessions: 150,
  sign_in_links: 150,
  site_counts: 80,
  sites: 80_000,
  votes: 700,
};

let source = '';
let asked = '';

beforeAll(async () => {
  source = projectIn('source');
  const product = await openMetered(stateOf(source));
  try {
    await fillWithLargest(product);
    const ask: Ask = async (at, sending) =>
      (await product.ask(at, sending, { Authorization: `Bearer ${product.operatorKey}` })).body;
    asked = join(folder, 'backup.ndjson.gz');
    await backUp(ask, asked, 'DB', () => {});
  } finally {
    await product.stop();
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

it('no row of any table makes a statement of more than 90,000 bytes', () => {
  const longest = lookInto(stateOf(source), (database) =>
    Object.fromEntries(tablesIn(database).map((table) => [table, longestInsert(database, table)])),
  );
  expect(Object.keys(longest)).toEqual(Object.keys(AT_LEAST));
  const wrong = Object.entries(longest).filter(([table, bytes]) => bytes > 90_000 || bytes < (AT_LEAST[table] ?? 0));
  expect(wrong, JSON.stringify(longest)).toEqual([]);
});

it('all of them come back from a backup by SQL into an empty database', async () => {
  const file = join(folder, 'backup.sql');
  await wrangler(source, 'export', 'belowline', '--output', file);
  expect(
    Math.max(
      ...readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => Buffer.byteLength(line)),
    ),
  ).toBeLessThanOrEqual(90_000);
  const target = projectIn('by-sql');
  await wrangler(target, 'execute', 'belowline', '--file', file);
  expect(hashesOf(stateOf(target))).toEqual(hashesOf(stateOf(source)));
}, 120_000);

it('all of them come back from a backup through the Worker', async () => {
  const target = projectIn('by-worker');
  const product = await openMetered(stateOf(target));
  try {
    const ask: Ask = async (at, sending) =>
      (await product.ask(at, sending, { Authorization: `Bearer ${product.operatorKey}` })).body;
    await restore(ask, asked, 'DB', () => {});
  } finally {
    await product.stop();
  }
  // The notes of a deployment's jobs stay with it, and a key of a day is in no file.
  const { runs: _, day_keys, ...restored } = hashesOf(stateOf(target));
  expect(hashesOf(stateOf(source))).toMatchObject(restored);
  expect(day_keys).toBe(createHash('sha256').digest('hex'));
}, 120_000);
