import type { Context } from '../event/context.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Directory, Place } from '../site/directory.ts';
import type { Cell, Table, TableRow, TableStore } from './table-store.ts';

interface Deps {
  directory: Pick<Directory, 'places'>;
  tablesIn(place: Place): TableStore;
}

/** The tables that others refer to, which come after those: every row that one refers to is there when it is read. */
const REFERRED_TO = ['comments', 'readers', 'moderators', 'articles', 'sites'];

/** The order of a backup and of a restore. With `sites` at its end, a database at half-way serves and does nothing. */
const inOrder = <T extends Table>(tables: readonly T[]): T[] =>
  tables.toSorted((a, b) => REFERRED_TO.indexOf(a.name) - REFERRED_TO.indexOf(b.name));

const tablesIn = (deps: Deps, database: string): TableStore | null => {
  const place = deps.directory.places.find((one) => one.database === database);
  return place === undefined ? null : deps.tablesIn(place);
};

const noDatabase = () => refuse({ reason: 'not-found', what: 'database' });

export interface Description {
  database: string;
  /** Epoch milliseconds. */
  at: number;
  migration: string;
  tables: (Table & { rows: number })[];
  /** The state of the database that was seen; null where it does not say. */
  bookmark: string | null;
}

/** The tables of a database in the order in which they are backed up and restored. */
export async function describeDatabase(
  deps: Deps,
  { now }: Context,
  { database }: { database: string },
): Promise<Result<Description>> {
  const store = tablesIn(deps, database);
  if (store === null) return noDatabase();
  const { tables, ...state } = await store.describe();
  return ok({ database, at: now, ...state, tables: inOrder(tables) });
}

interface RowsAsked {
  database: string;
  table: string;
  after: readonly Cell[] | null;
}

const hasWidth = (cells: readonly Cell[] | null, names: readonly string[]): boolean =>
  cells === null || cells.length === names.length;

const wrongKey = () =>
  refuse({ reason: 'invalid-input', errors: [{ field: 'after', message: 'This is not a key of that table.' }] });

/** A page of a table, whole rows in the order of their keys. */
export async function readRows(
  deps: Deps,
  _: Context,
  { database, table: name, after, limit }: RowsAsked & { limit: number },
): Promise<Result<TableRow[]>> {
  const store = tablesIn(deps, database);
  if (store === null) return noDatabase();
  const table = await store.find(name);
  if (table === null) return refuse({ reason: 'not-found', what: 'table' });
  if (!hasWidth(after, table.key)) return wrongKey();
  return ok(await store.list(table, after, limit));
}

/** Puts rows at the end of a table that is being restored. Rows that stand there already, and are its last, are in. */
export async function restoreRows(
  deps: Deps,
  _: Context,
  { database, table: name, after, columns, rows }: RowsAsked & { columns: string[]; rows: TableRow[] },
): Promise<Result<null>> {
  const store = tablesIn(deps, database);
  if (store === null) return noDatabase();
  const table = await store.find(name);
  if (table === null) return refuse({ reason: 'not-found', what: 'table' });
  if (columns.join() !== table.columns.join() || rows.some((row) => !hasWidth(row, columns))) {
    const message = `The columns of this table are ${table.columns.join(', ')}.`;
    return refuse({ reason: 'invalid-input', errors: [{ field: 'columns', message }] });
  }
  if (!hasWidth(after, table.key)) return wrongKey();
  if (await store.insertAfter(table, after, rows)) return ok(null);
  // Somebody who has lost the answer sends the rows again.
  const there = await store.list(table, after, rows.length + 1);
  return JSON.stringify(there) === JSON.stringify(rows) ? ok(null) : refuse({ reason: 'already-exists', what: 'rows' });
}
