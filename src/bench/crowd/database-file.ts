import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PlainError } from '../../cli/project.ts';

const hasComments = (file: string): boolean => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return (
      database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'comments'").get() !== undefined
    );
  } finally {
    database.close();
  }
};

/** Miniflare names the file by a hash of the database's id, beside others, so it is recognised by its content. */
export function findDatabaseFile(stateDir: string): string {
  const folder = join(stateDir, 'v3', 'd1', 'miniflare-D1DatabaseObject');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => join(folder, name));
  const file = files.find(hasComments);
  if (file === undefined) throw new PlainError(`There is no migrated database in ${folder}.`);
  return file;
}

interface Index {
  name: string;
  sql: string;
}

/**
 * Opens the file for one great load: nothing is journalled, and the indexes are gone, because building each in one go
 * at the end is many times faster than five million insertions into ten of them. `finish` makes them anew by the
 * statements of the migrations themselves; a process that dies before that leaves a file to be thrown away.
 */
export function openForLoading(file: string) {
  const database = new DatabaseSync(file);
  for (const pragma of [
    'journal_mode = DELETE',
    'journal_mode = OFF',
    'synchronous = OFF',
    'locking_mode = EXCLUSIVE',
    'cache_size = -524288',
    'threads = 2',
  ]) {
    database.exec(`PRAGMA ${pragma}`);
  }
  const indexes = database
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid")
    .all() as unknown as Index[];
  for (const { name } of indexes) database.exec(`DROP INDEX "${name}"`);

  const finish = (onIndex: (name: string, done: number, all: number) => void) => {
    indexes.forEach(({ name, sql }, position) => {
      onIndex(name, position, indexes.length);
      database.exec(sql);
    });
    database.exec('PRAGMA journal_mode = WAL');
    database.close();
  };
  return { database, finish };
}
