import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyMigrations } from '../../src/cli/migrations.ts';

const folder = mkdtempSync(join(tmpdir(), 'belowline-migrations-'));
const migration = (name: string, sql: string) => writeFileSync(join(folder, name), sql);

let server: Miniflare;
beforeAll(() => {
  const script = 'export default { fetch: () => new Response() }';
  server = new Miniflare(convertV4MiniflareOptions({ cf: false, modules: true, script, d1Databases: ['DB'] }));
});
afterAll(async () => {
  await server.dispose();
  rmSync(folder, { recursive: true });
});

describe('migrating the local database', () => {
  it('applies each migration once, in the order of their numbers', async () => {
    const db = await server.getD1Database('DB');
    migration('0002_add_b.sql', 'ALTER TABLE t ADD COLUMN b TEXT;');
    migration(
      '0001_create_t.sql',
      '-- The first.\nCREATE TABLE t (a TEXT);\nCREATE INDEX t_a ON t (a);\n-- The end.\n',
    );
    expect(await applyMigrations(db, folder)).toEqual(['0001_create_t.sql', '0002_add_b.sql']);
    expect(await applyMigrations(db, folder)).toEqual([]);
    migration('0003_add_c.sql', 'ALTER TABLE t ADD COLUMN c TEXT;');
    expect(await applyMigrations(db, folder)).toEqual(['0003_add_c.sql']);
  });

  it('takes a trigger as the one statement that it is', async () => {
    const db = await server.getD1Database('DB');
    const body = 'UPDATE t SET b = upper(new.a) WHERE rowid = new.rowid; UPDATE t SET c = b WHERE rowid = new.rowid;';
    migration('0004_add_trigger.sql', `CREATE TRIGGER t_b AFTER INSERT ON t BEGIN ${body} END;`);
    await applyMigrations(db, folder);
    await db.prepare("INSERT INTO t (a) VALUES ('x')").run();
    expect(await db.prepare('SELECT c FROM t').first('c')).toBe('X');
  });

  it('leaves nothing behind of one that fails, and names it', async () => {
    const db = await server.getD1Database('DB');
    migration('0005_break.sql', 'CREATE TABLE half (a TEXT); INSERT INTO no_such_table VALUES (1);');
    await expect(applyMigrations(db, folder)).rejects.toThrow('0005_break.sql failed and was rolled back');
    const { results } = await db.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").all();
    expect(results).toEqual([]);
    const applied = await db.prepare('SELECT name FROM d1_migrations ORDER BY id DESC').first('name');
    expect(applied).toBe('0004_add_trigger.sql');
  });
});
