/** A value that JSON cannot say exactly, in words or in hexadecimal: a large integer, an infinity, odd text, bytes. */
export type TaggedCell = { integer: string } | { real: '9e999' | '-9e999' } | { text: string } | { blob: string };

export type Cell = null | string | number | TaggedCell;

/** The cells of one row in the order of the table's columns. */
export type TableRow = readonly Cell[];

export interface Table {
  name: string;
  columns: string[];
  /** The columns of the primary key, in its order. */
  key: string[];
}

/** The tables of one database as they are, whatever they are about. */
export interface TableStore {
  /**
   * The tables with the number of their rows, each of which is read once; the last migration that was applied, and
   * the name of the state that was seen, null where the database does not say.
   */
  describe(): Promise<{ tables: (Table & { rows: number })[]; migration: string; bookmark: string | null }>;
  /** null: there is no such table, or it is not the product's. */
  find(name: string): Promise<Table | null>;
  /** The rows after a key, in the order of keys. */
  list(table: Table, after: readonly Cell[] | null, limit: number): Promise<TableRow[]>;
  /**
   * Inserts the rows that come after a key, all or none. False: the table has rows after that key already, or sites are
   * there, which come last.
   */
  insertAfter(table: Table, after: readonly Cell[] | null, rows: readonly TableRow[]): Promise<boolean>;
}
