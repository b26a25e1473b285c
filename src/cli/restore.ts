import type { DatabaseView } from '../contract/database.ts';
import {
  type Ask,
  type Backup,
  checkBackup,
  keyOf,
  openBackup,
  type Row,
  type Table,
  TableSum,
} from './backup-file.ts';
import { createProgress, type Show } from './backup-progress.ts';
import { Appender, describe, pagesOf } from './backup-rows.ts';
import { PlainError } from './project.ts';

const columnsOf = ({ tables }: { tables: Table[] }): string =>
  JSON.stringify(tables.map(({ name, columns, key }) => [name, columns, key]));

/** The databases that a backup may go into: an empty one, or one that a restore of the same file has begun to fill. */
function requireRoom({ header, footer }: Backup, target: DatabaseView): void {
  if (header.database !== target.database)
    throw new PlainError(
      `The backup is of ${header.database}, and not of ${target.database}. Add --database ${header.database}.`,
    );
  if (header.migration !== target.migration)
    throw new PlainError(
      `The backup is of a database at ${header.migration}, and ${target.database} is at ${target.migration}. Deploy the Belowline that the backup was taken with, restore, then upgrade.`,
    );
  if (columnsOf(header) !== columnsOf(target))
    throw new PlainError(
      `The tables of ${target.database} are not those of the backup, though both are at ${target.migration}.`,
    );
  const [sites, others] = [target.tables.at(-1), target.tables.slice(0, -1)];
  const isWhole = others.every(({ name, rows }) => rows === footer.tables.find((table) => table.name === name)?.rows);
  if (sites !== undefined && sites.rows > 0 && !isWhole) throw otherRows(target.database, 'sites');
}

const otherRows = (database: string, table: string): PlainError =>
  new PlainError(`${database} has other rows than the backup, in ${table}. Restore into an empty database.`);

/** The rows that a table has already, one by one. */
async function* rowsIn(ask: Ask, database: string, table: Table): AsyncGenerator<Row> {
  for await (const rows of pagesOf(ask, database, table, null)) yield* rows;
}

/** One table on its way in: the rows of the file are held against those that are there, and the rest is put behind. */
class Filling {
  readonly sum: TableSum;
  readonly #table: Table;
  readonly #database: string;
  readonly #appender: (after: Row | null) => Appender;
  #there: AsyncGenerator<Row> | null;
  #open: Appender | null = null;

  constructor(ask: Ask, database: string, table: Table, rowsThere: number) {
    this.sum = new TableSum(table.name);
    this.#table = table;
    this.#database = database;
    this.#there = rowsThere > 0 ? rowsIn(ask, database, table) : null;
    this.#appender = (after) => new Appender(ask, database, table, after);
  }

  async add(row: Row): Promise<void> {
    const { last } = this.sum;
    this.sum.add(row);
    const there = await this.#next();
    if (there === null) {
      this.#open ??= this.#appender(last && keyOf(this.#table, last));
      await this.#open.add(row);
    } else if (JSON.stringify(there) !== JSON.stringify(row)) throw otherRows(this.#database, this.#table.name);
  }

  async finish(): Promise<void> {
    if ((await this.#next()) !== null) throw otherRows(this.#database, this.#table.name);
    await this.#open?.flush();
  }

  async #next(): Promise<Row | null> {
    const next = await this.#there?.next();
    if (next === undefined || next.done) this.#there = null;
    return next === undefined || next.done ? null : next.value;
  }
}

/** Reads a table back and holds it against what was put in. */
async function verify(ask: Ask, database: string, table: Table, sum: TableSum, onRows: (rows: number) => void) {
  const stored = new TableSum(table.name);
  for await (const rows of pagesOf(ask, database, table, null)) {
    for (const row of rows) stored.add(row);
    onRows(rows.length);
  }
  if (stored.total().sha256 !== sum.total().sha256)
    throw new PlainError(`${table.name} came out another than it was put in. Restore into a new database.`);
}

/**
 * Puts the rows of a backup into an empty database, or the rest of them into one where an earlier run has ended. The
 * sites come last, after every other table has been read back: until then the database serves nobody.
 * @returns the number of rows
 */
export async function restore(ask: Ask, file: string, database: string, showing?: Show): Promise<number> {
  const backup = await checkBackup(file);
  const target = await describe(ask, database);
  requireRoom(backup, target);
  const all = backup.footer.tables.reduce((sum, { rows }) => sum + rows, 0);
  // Each row goes once in and once out again.
  let done = 0;
  let bytes = 0;
  const show = showing ?? createProgress(all, () => bytes, { passes: 2 });
  const filled: { table: Table; sum: TableSum }[] = [];
  const check = async (): Promise<void> => {
    for (const { table, sum } of filled.splice(0)) {
      await verify(ask, database, table, sum, (rows) => {
        done += rows;
        show(`checking ${table.name}`, done);
      });
    }
  };

  const { contents } = await openBackup(file);
  const rows = contents[Symbol.asyncIterator]();
  let next = await rows.next();
  for (const table of target.tables) {
    if (table === target.tables.at(-1)) await check();
    const filling = new Filling(ask, database, table, table.rows);
    while (!next.done && 'row' in next.value && next.value.table === table.name) {
      await filling.add(next.value.row);
      done += 1;
      bytes = next.value.end;
      show(table.name, done);
      next = await rows.next();
    }
    await filling.finish();
    filled.push({ table, sum: filling.sum });
  }
  await check();
  show('done', 2 * all);
  return all;
}
