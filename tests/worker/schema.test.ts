import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { LAST_MIGRATION } from '../../src/store/health-store.ts';
import * as schema from '../../src/store/schema.ts';
import { listTables } from '../support/table-dump.ts';

interface Column {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
}

const columnsOf = async (table: string): Promise<Column[]> =>
  (await env.DB.prepare(`SELECT * FROM pragma_table_info('${table}')`).all<Column>()).results;

/** Each key and index of a table as the list of its columns. */
const indexesOf = async (table: string): Promise<Record<string, string[]>> => {
  const { results } = await env.DB.prepare(
    `SELECT i.name, i.origin, c.name AS column_name FROM pragma_index_list('${table}') i, pragma_index_info(i.name) c
      ORDER BY i.name, c.seqno`,
  ).all<{ name: string; origin: string; column_name: string }>();
  const indexes: Record<string, string[]> = {};
  for (const { name, origin, column_name } of results) {
    const key = origin === 'pk' ? `${table}, primary key` : name;
    indexes[key] = [...(indexes[key] ?? []), column_name];
  }
  return indexes;
};

const tablesInTypeScript = Object.values(schema).filter((value) => is(value, SQLiteTable));

describe('schema.ts', () => {
  test('has the tables that the migrations make, and no others', async () => {
    expect(tablesInTypeScript.map((table) => getTableConfig(table).name).sort()).toEqual(await listTables());
  });

  test.each(tablesInTypeScript.map((table) => [getTableConfig(table).name, table] as const))(
    'says of %s what is there: the columns, their types, and which may be empty',
    async (name, table) => {
      const written = getTableConfig(table).columns.map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        // Columns of a key are never empty: the tables are WITHOUT ROWID.
        required: column.notNull || column.primary,
      }));
      const migrated = (await columnsOf(name)).map(({ name, type, notnull, pk }) => ({
        name,
        type,
        required: notnull === 1 || pk > 0,
      }));
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect(written.sort(byName)).toEqual(migrated.sort(byName));
    },
  );
});

describe('a site’s rows', () => {
  /** Keys and indexes that begin with something else than the site, and the reason. */
  const EXCEPTIONS: Record<string, string> = {
    'sites, primary key': 'its id is the site',
    'runs, primary key': 'a run is of the database, whatever sites it has',
    'day_keys, primary key': 'a key is of the database, whatever sites it has',
    'limit_windows, primary key': 'the job forgets what is over on every site in one pass',
    'comment_traces, primary key': 'the job forgets what is over on every site in one pass',
    network_holds_by_end: 'the job ends what is over on every site in one pass',
    sessions_by_expiry: 'the job ends what is over on every site in one pass',
    sign_in_links_by_expiry: 'the job ends what is over on every site in one pass',
  };

  test('are found by the site first, in every key and every index', async () => {
    const others: string[] = [];
    for (const table of await listTables()) {
      const indexes = await indexesOf(table);
      expect(Object.keys(indexes), table).toContain(`${table}, primary key`);
      for (const [name, columns] of Object.entries(indexes)) if (columns[0] !== 'site_id') others.push(name);
    }
    expect(others.sort()).toEqual(Object.keys(EXCEPTIONS).sort());
  });
});

describe('migrations', () => {
  const all = env.TEST_MIGRATIONS;

  /** Tables whose rows went elsewhere in the batch that dropped them, and the test that compares each of them. */
  const MOVED: Record<string, string> = {
    moderation_events: 'tests/worker/event-history.test.ts',
    vote_rulings: 'tests/worker/event-history.test.ts',
  };

  test('end with the one that the health check knows', () => {
    expect(all.at(-1)?.name).toBe(LAST_MIGRATION);
  });

  test('are numbered without a gap', () => {
    expect(all.map(({ name }) => name.slice(0, 5))).toEqual(all.map((_, i) => `${String(i + 1).padStart(4, '0')}_`));
    for (const { name } of all) expect(name).toMatch(/^\d{4}_[a-z]+(_[a-z]+)+\.sql$/);
  });

  test.each(all.map(({ name, queries }) => [name, queries.join('\n')]))(
    'never rebuild a table or delete by cascade: %s',
    (_, sql) => {
      expect(sql).not.toMatch(/ON\s+(DELETE|UPDATE)\s+CASCADE/i);
      expect(sql).not.toMatch(/DROP\s+COLUMN/i);
      const dropped = [...sql.matchAll(/DROP\s+TABLE\s+(\w+)/gi)].map(([, table]) => table ?? '');
      expect(dropped.filter((table) => !(table in MOVED))).toEqual([]);
      expect(sql).not.toMatch(/RENAME/i);
      expect(sql).not.toMatch(/CREATE\s+VIRTUAL\s+TABLE/i);
      expect(sql).not.toMatch(/\bDELETE\s+FROM\b/i);
    },
  );

  describe('over data that is there', () => {
    /** A value for each column that the last migration finds, told apart by table and row. */
    const valueFor = (table: string, { name, type, dflt_value }: Column, row: number): string | number => {
      const checked: Record<string, string> = {
        'moderators.role': 'admin',
        'articles.commenting': 'open',
        'articles.moderation': 'pre',
        'article_lists.kind': 'topic',
        'readers.ban': 'ban',
        'comments.status': 'approved',
        'moderation_events.kind': 'approve',
        'vote_rulings.ruling': 'count-votes',
      };
      const known = checked[`${table}.${name}`];
      if (known !== undefined) return known;
      if (`${table}.${name}` === 'votes.value') return row === 1 ? 1 : -1;
      if (type === 'TEXT') return dflt_value?.startsWith("'[") ? '["a"]' : `${table}-${name}-${row}`;
      return row * 7;
    };

    const before = new Map<string, Record<string, unknown>[]>();

    const kept = () => [...before].filter(([table]) => !(table in MOVED));

    const readAll = async (table: string) =>
      (await env.DB.prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`).all<Record<string, unknown>>()).results;

    beforeAll(async () => {
      for (const table of await listTables()) await env.DB.prepare(`DROP TABLE "${table}"`).run();
      await env.DB.prepare('DELETE FROM d1_migrations').run();
      await applyD1Migrations(env.DB, all.slice(0, -1));
      for (const table of await listTables()) {
        const columns = await columnsOf(table);
        for (const row of [1, 2]) {
          const values = columns.map((column) => valueFor(table, column, row));
          const places = columns.map(() => '?').join(', ');
          await env.DB.prepare(`INSERT INTO "${table}" VALUES (${places})`)
            .bind(...values)
            .run();
        }
        before.set(table, await readAll(table));
      }
      await applyD1Migrations(env.DB, all);
    });

    test('keep every row and every value', async () => {
      expect(before.size).toBeGreaterThan(10);
      for (const [table, rows] of kept()) {
        expect(rows, table).toHaveLength(2);
        expect(await readAll(table)).toMatchObject(rows);
      }
    });

    test('end at the same tables as on an empty database', async () => {
      expect(await listTables()).toEqual(tablesInTypeScript.map((table) => getTableConfig(table).name).sort());
      const { results } = await env.DB.prepare('SELECT name FROM d1_migrations ORDER BY id').all<{ name: string }>();
      expect(results.map(({ name }) => name)).toEqual(all.map(({ name }) => name));
    });

    test('applied again change nothing', async () => {
      await applyD1Migrations(env.DB, all);
      for (const [table, rows] of kept()) expect(await readAll(table)).toMatchObject(rows);
    });
  });
});
