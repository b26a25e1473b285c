import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseView, RowsView } from '../../src/contract/database.ts';
import { type Answer, type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { listTables } from '../support/table-dump.ts';

type Row = RowsView['rows'][number];

const inPath = (database: string, table: string) => `/v1/databases/${database}/tables/${table}/rows`;

/** The operator's three requests over the databases of a newsroom. */
const tablesOf = (room: Newsroom) => {
  const headers = room.asOperator;
  const ask = <View>(method: string, path: string, body?: unknown): Promise<Answer<View>> =>
    room.request<View>(method, path, { headers, ...(body !== undefined && { body }) });
  return {
    describe: (database = 'DB') => ask<DatabaseView>('GET', `/v1/databases/${database}`),
    read: (
      table: string,
      { after, limit = 500, database = 'DB' }: { after?: Row; limit?: number; database?: string } = {},
    ) =>
      ask<RowsView>(
        'GET',
        `${inPath(database, table)}?limit=${limit}${after ? `&after=${encodeURIComponent(JSON.stringify(after))}` : ''}`,
      ),
    restore: (table: string, columns: string[], rows: Row[], { after = null as Row | null, database = 'DB_1' } = {}) =>
      ask('PUT', inPath(database, table), { columns, after, rows }),
  };
};

const open = async () => {
  const room = await openNewsroom({ moderation: 'post' }, {}, { database: 'DB' });
  return { room, ...tablesOf(room) };
};

/** Every row of a table, as SQL writes it down. */
const quoted = async (database: D1Database, table: string, columns: string[]): Promise<unknown[]> => {
  const cells = columns.map((column) => `typeof("${column}") || ':' || hex("${column}")`).join(', ');
  const { results } = (await database.prepare(`SELECT ${cells} FROM "${table}"`).raw)
    ? await database.prepare(`SELECT ${cells} FROM "${table}"`).all()
    : { results: [] };
  return results;
};

beforeEach(async () => {
  for (const table of await listTables(env.DB_1)) await env.DB_1.prepare(`DELETE FROM "${table}"`).run();
  await env.DB_1.prepare('DROP TABLE IF EXISTS odd_cells').run();
  await env.DB.prepare('DROP TABLE IF EXISTS odd_cells').run();
});

describe('the description of a database', () => {
  test('names every table with its columns, its key and its rows; sites are the last', async () => {
    const { room, describe: ask } = await open();
    await room.publisher.putArticle();
    const { body } = await ask();
    expect(body.tables.map(({ name }) => name).toSorted()).toEqual(
      (await listTables()).filter((name) => name !== 'runs' && name !== 'day_keys'),
    );
    expect(body.tables.at(-1)?.name).toBe('sites');
    expect(body.migration).toBe(env.TEST_MIGRATIONS.at(-1)?.name);
    for (const { name, columns, key, rows } of body.tables) {
      expect(key.length, name).toBeGreaterThan(0);
      const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
      expect(rows, name).toBe(results.length);
      if (results[0]) expect(columns, name).toEqual(Object.keys(results[0]));
    }
  });

  test('names no table before one that refers to it, so that no page lacks what an earlier one speaks of', async () => {
    const names = (await (await open()).describe()).body.tables.map(({ name }) => name);
    const stands = (first: string, second: string) => expect(names.indexOf(first)).toBeLessThan(names.indexOf(second));
    for (const child of ['votes', 'flags', 'events', 'comment_traces']) stands(child, 'comments');
    stands('comments', 'readers');
    stands('comments', 'articles');
    stands('article_lists', 'articles');
    stands('sessions', 'moderators');
    stands('sign_in_links', 'moderators');
  });
});

describe('rows', () => {
  test('are read in the order of the key, each once, whatever the size of a page', async () => {
    const { room, read, describe: ask } = await open();
    for (const key of ['b', 'a', 'c']) await room.publisher.putArticle(key, { topics: ['Sea', 'Land'] });
    const { tables } = (await ask()).body;
    for (const { name, columns, key, rows } of tables) {
      const whole = (await read(name)).body.rows;
      expect(whole, name).toHaveLength(rows);
      const paged: Row[] = [];
      let after: Row | undefined;
      for (;;) {
        const page = (await read(name, { limit: 2, ...(after && { after }) })).body.rows;
        paged.push(...page);
        const last = page.at(-1);
        if (last === undefined) break;
        after = key.map((column) => last[columns.indexOf(column)] ?? null);
      }
      expect(paged, name).toEqual(whole);
    }
  });

  test('come back as they were: the largest integers, infinities, bytes, control characters, damaged text', async () => {
    const { read, restore } = await open();
    const TABLE =
      'CREATE TABLE odd_cells (k TEXT NOT NULL, i INTEGER, r REAL, t TEXT, b BLOB, PRIMARY KEY (k, i)) WITHOUT ROWID';
    for (const database of [env.DB, env.DB_1]) await database.prepare(TABLE).run();
    const insert = (cells: string) => env.DB.prepare(`INSERT INTO odd_cells VALUES (${cells})`).run();
    await insert("'a', 0, NULL, NULL, NULL");
    await insert("'a', 9223372036854775807, 9e999, 'a' || char(0) || 'b', x'00FF'");
    await insert("'a', -9223372036854775808, -9e999, '', x''");
    await insert("'b', 9007199254740993, 0.1, CAST(x'EDA080' AS TEXT), x'7B7D'");
    await insert("'b', 9007199254740991, 1e-320, char(1, 7, 27, 127, 8232, 65533), 'text where bytes are due'");
    await insert('\'b\', 9007199254740992, 1.7976931348623157e308, \'{"integer":"1"}\', 5');
    await insert("'b', -9007199254740993, 0.30000000000000004, 'null', 2.5");
    await insert("CAST(x'6BEDB080' AS TEXT), 1, -0.0, '한국어 👨‍👩‍👧‍👦', NULL");
    await insert("char(107, 0), 1, 5, '\\u0000', NULL");
    const columns = ['k', 'i', 'r', 't', 'b'];

    let after: Row | undefined;
    for (let page = 0; page < 9; page += 1) {
      const { body } = await read('odd_cells', { limit: 1, ...(after && { after }) });
      expect(body.rows, JSON.stringify(after)).toHaveLength(1);
      const answer = await restore('odd_cells', columns, body.rows, { after: after ?? null });
      expect(answer.status, JSON.stringify(answer.body)).toBe(204);
      after = body.rows[0]?.slice(0, 2);
    }
    expect((await read('odd_cells', { ...(after && { after }) })).body.rows).toEqual([]);
    expect(await quoted(env.DB_1, 'odd_cells', columns)).toEqual(await quoted(env.DB, 'odd_cells', columns));
  });

  test('hold any text and any number without a change', async () => {
    const { room, read, restore } = await open();
    const TABLE = 'CREATE TABLE odd_cells (k INTEGER PRIMARY KEY, r REAL, t TEXT) WITHOUT ROWID';
    for (const database of [env.DB, env.DB_1]) await database.prepare(TABLE).run();
    const anyCells = fc.array(fc.tuple(fc.double({ noNaN: true }), fc.string({ unit: 'binary', maxLength: 40 })), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(anyCells, async (cells) => {
        for (const database of [env.DB, env.DB_1]) await database.prepare('DELETE FROM odd_cells').run();
        const insert = env.DB.prepare('INSERT INTO odd_cells VALUES (?, ?, ?)');
        await env.DB.batch(cells.map(([real, text], k) => insert.bind(k, real, text)));
        const { body } = await read('odd_cells');
        expect((await restore('odd_cells', ['k', 'r', 't'], body.rows)).status).toBe(204);
        const columns = ['k', 'r', 't'];
        expect(await quoted(env.DB_1, 'odd_cells', columns)).toEqual(await quoted(env.DB, 'odd_cells', columns));
        expect((await read('odd_cells', { database: 'DB_1' })).body).toEqual(body);
      }),
      { numRuns: 40 },
    );
    expect(room.logged).toEqual([]);
  });
});

describe('a restore', () => {
  const copy = async () => {
    const all = await open();
    const { body } = await all.describe();
    const columnsOf = (name: string) => body.tables.find((table) => table.name === name)?.columns ?? [];
    return { ...all, columnsOf };
  };

  test('puts rows behind those that are there, all of a request or none', async () => {
    const { room, read, restore, columnsOf } = await copy();
    await room.operator.createKey('two');
    const { rows } = (await read('api_keys')).body;
    const [first, second] = [rows.slice(0, 1), rows.slice(1, 2)];
    const keyOf = (row: Row[]) => row[0]?.slice(0, 2) ?? [];
    const columns = columnsOf('api_keys');
    expect((await restore('api_keys', columns, first)).status).toBe(204);
    // An answer was lost and the same request comes again; or another one begins from the beginning.
    expect((await restore('api_keys', columns, first)).status).toBe(204);
    const named = first.map(([site = '', hash = '', , ...rest]) => [site, hash, 'another', ...rest]);
    expect((await restore('api_keys', columns, named)).body.reason).toBe('already-exists');
    expect((await restore('api_keys', columns, second)).body.reason).toBe('already-exists');
    expect((await restore('api_keys', columns, second, { after: keyOf(first) })).status).toBe(204);
    expect((await restore('api_keys', columns, second, { after: keyOf(first) })).status).toBe(204);
    expect((await restore('api_keys', columns, second, { after: null })).status).toBe(409);
    expect((await restore('api_keys', columns, first)).status).toBe(409);
    const stored = (await read('api_keys', { database: 'DB_1' })).body.rows;
    expect(stored).toEqual([...first, ...second]);
    // A row twice in one request: nothing of it is there.
    const twice = await restore('api_keys', columns, [...(await read('api_keys')).body.rows.slice(2, 3), ...first], {
      after: keyOf(second),
    });
    expect(twice.status).toBe(500);
    expect((await read('api_keys', { database: 'DB_1' })).body.rows).toEqual(stored);
  });

  test('writes nothing where a site is, and sites only after the last one', async () => {
    const { room, read, restore, columnsOf } = await copy();
    await room.publisher.putArticle();
    const article = (await read('articles')).body.rows;
    const sites = (await read('sites')).body.rows;
    const serving = await restore(
      'articles',
      columnsOf('articles'),
      article.map((row) => [row[0] ?? '', 'zzz', ...row.slice(2)]),
      {
        after: ['~', '~'],
        database: 'DB',
      },
    );
    expect([serving.status, serving.body.reason]).toEqual([409, 'already-exists']);
    expect(serving.body.detail).toContain('Restore into an empty database.');
    expect((await restore('sites', columnsOf('sites'), sites)).status).toBe(204);
    expect((await restore('articles', columnsOf('articles'), article)).status).toBe(409);
    const named = sites.map(([id = '', , ...rest]) => [id, 'Another', ...rest]);
    expect((await restore('sites', columnsOf('sites'), named)).status).toBe(409);
  });

  test.each([
    [
      'a column that the table has not',
      { columns: ['site_id', 'key_hash', 'name', 'x'], rows: [['a', 'b', 'c', 1]], after: null },
      400,
    ],
    [
      'columns in another order',
      { columns: ['key_hash', 'site_id', 'name', 'created_at'], rows: [['a', 'b', 'c', 1]], after: null },
      400,
    ],
    [
      'a row too short',
      { columns: ['site_id', 'key_hash', 'name', 'created_at'], rows: [['a', 'b', 'c']], after: null },
      400,
    ],
    [
      'a key too short',
      { columns: ['site_id', 'key_hash', 'name', 'created_at'], rows: [['a', 'b', 'c', 1]], after: ['a'] },
      400,
    ],
    ['no rows', { columns: ['site_id'], rows: [], after: null }, 400],
    ['a cell of another kind', { columns: ['site_id'], rows: [[true]], after: null }, 400],
    ['a tag of another kind', { columns: ['site_id'], rows: [[{ sql: '1' }]], after: null }, 400],
    ['half a byte', { columns: ['site_id'], rows: [[{ text: 'A' }]], after: null }, 400],
  ])('refuses %s', async (_, body, status) => {
    const { room } = await copy();
    const answer = await room.request('PUT', inPath('DB_1', 'api_keys'), { headers: room.asOperator, body });
    expect([answer.status, (await env.DB_1.prepare('SELECT * FROM api_keys').all()).results]).toEqual([status, []]);
  });
});

test.each([
  'runs',
  'day_keys',
  'd1_migrations',
  'sqlite_schema',
  'sqlite_master',
  '_cf_KV',
  'none',
  'sites"',
  'SITES;',
  '%22',
  'Sites',
])('there is no table %s, for nobody', async (table) => {
  const { read, restore } = await open();
  // A name that no table can have is not looked for.
  const status = /^\w+$/.test(table) ? 404 : 400;
  expect((await read(encodeURIComponent(table))).status).toBe(status);
  expect((await restore(encodeURIComponent(table), ['name'], [['x']])).status).toBe(status);
});

test.each(['DB_9', 'KV', 'constructor', '__proto__'])('there is no database %s', async (database) => {
  const { read, describe: ask } = await open();
  expect((await ask(database)).status).toBe(404);
  expect((await read('sites', { database })).status).toBe(404);
});

test.each([['["demo"]'], ['[]'], ['x'], ['{"a":1}'], ['"demo"'], ['[["a"],"b"]']])('%s is no key', async (after) => {
  const { room } = await open();
  const path = `${inPath('DB', 'api_keys')}?after=${encodeURIComponent(after)}`;
  expect((await room.request('GET', path, { headers: room.asOperator })).status).toBe(400);
});

test('nobody but the operator reads or restores a row', async () => {
  const { room } = await open();
  const admin = (await room.desk('Ada', 'admin').session()).headers;
  for (const headers of [{}, room.reader().headers, admin, room.asPublisher]) {
    for (const [method, path] of [
      ['GET', '/v1/databases/DB'],
      ['GET', inPath('DB', 'api_keys')],
      ['PUT', inPath('DB_1', 'api_keys')],
    ] as const) {
      const { status, body } = await room.request(method, path, { headers, ...(method === 'PUT' && { body: {} }) });
      expect([401, 403], `${method} ${path}`).toContain(status);
      expect(body).not.toHaveProperty('rows');
    }
  }
});

test('a page costs its rows, and a part of a restore writes its rows once', async () => {
  const { room, read, restore, describe: ask } = await open();
  for (let n = 0; n < 40; n += 1) await room.publisher.putArticle(`a${n}`);
  const { columns = [] } = (await ask()).body.tables.find(({ name }) => name === 'articles') ?? {};
  room.meter.take();
  const { body } = await read('articles', { limit: 10, after: [room.site, 'a10'] });
  // The columns are looked up besides, and the seek lands on the row before.
  expect(room.meter.take()).toMatchObject({ roundTrips: 2, rowsRead: 10 + columns.length + 1 });
  await restore('articles', columns, body.rows);
  const cost = room.meter.take();
  expect(cost).toMatchObject({ roundTrips: 2, rowsWritten: 10 });
  expect(cost.rowsRead).toBeLessThanOrEqual(columns.length + 6 * 10);
});
