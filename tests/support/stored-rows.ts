import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { findDatabaseFile } from '../../src/bench/crowd/database-file.ts';

/** Looks at the database in a state folder, beside whatever else has it open. */
export function lookInto<T>(stateDir: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(findDatabaseFile(stateDir), { readOnly: true });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

export function columnsOf(database: DatabaseSync, table: string): string[] {
  const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all(table);
  return columns.map(({ name }) => String(name));
}

/** The product's own tables. */
export function tablesIn(database: DatabaseSync): string[] {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  return tables.map(({ name }) => String(name)).filter((name) => !/^(?:_cf|d1|sqlite)_/.test(name));
}

/** A hash of each table's rows, as SQLite writes them. */
export function hashesOf(stateDir: string): Record<string, string> {
  return lookInto(stateDir, (database) =>
    Object.fromEntries(
      tablesIn(database).map((table) => {
        const hash = createHash('sha256');
        const cells = columnsOf(database, table).map((column) => `quote("${column}")`);
        const rows = database.prepare(`SELECT ${cells.join(" || ',' || ")} AS row FROM "${table}" ORDER BY 1`);
        for (const { row } of rows.iterate()) hash.update(`${row}\n`);
        return [table, hash.digest('hex')];
      }),
    ),
  );
}
