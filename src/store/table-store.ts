import type { Cell, Table, TableRow, TableStore } from '../core/backup/table-store.ts';
import type { Deadline } from '../core/platform/deadline.ts';
import { Database } from './database.ts';
import { type SQL, sql } from './sql.ts';

/**
 * The publishers' tables: wrangler's and the platform's own have no part in a backup, nor have the `runs` of this
 * deployment's jobs, which go on while a restore fills the others. `day_keys` are deleted so that nobody has them; a
 * file would keep them. Without them a restored name of a network is nobody's, and limits and holds begin anew.
 */
const isOurs = (name: string): boolean => /^[a-z][a-z_]*$/.test(name) && !/^(?:sqlite_|d1_|runs$|day_keys$)/.test(name);

const names = (columns: readonly string[]): SQL =>
  sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );

interface ColumnRow {
  name: string;
  /** The place in the primary key, from 1; 0: no part of it. */
  pk: number;
}

const columnsOf = (table: string): SQL => sql`SELECT name, pk FROM pragma_table_info(${table})`;

const toTable = (name: string, columns: ColumnRow[]): Table => ({
  name,
  columns: columns.map((column) => column.name),
  key: columns
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map((column) => column.name),
});

/**
 * The cell as JSON where a driver would change it on the way, else null: an integer beyond JavaScript's, an infinity,
 * bytes, text with U+0000, or with what is no UTF-8 (GLOB reads U+FFFD in its place).
 */
const taggedCell = (column: string): SQL => {
  const cell = sql.identifier(column);
  return sql`CASE typeof(${cell})
    WHEN 'text' THEN iif(instr(${cell}, char(0)) OR ${cell} GLOB '*\u{FFFD}*', json_object('text', hex(${cell})), NULL)
    WHEN 'integer' THEN iif(abs(${cell} / 2) < 4503599627370496, NULL, json_object('integer', CAST(${cell} AS TEXT)))
    WHEN 'real' THEN iif(abs(${cell}) < 9e999, NULL, json_object('real', iif(${cell} > 0, '9e999', '-9e999')))
    WHEN 'blob' THEN json_object('blob', hex(${cell})) END`;
};

const isTagged = (cell: Cell | undefined): boolean => cell !== null && typeof cell === 'object';

/** The SQL that makes a cell out of its JSON in an array. SQLite is half as long at it where no tag has to be looked for. */
const cellAt = (json: SQL, index: number, mayBeTagged: boolean): SQL => {
  const at = (tag = '') => sql.raw(`'$[${index}]${tag}'`);
  if (!mayBeTagged) return sql`${json} ->> ${at()}`;
  return sql`CASE json_type(${json}, ${at()}) WHEN 'object' THEN coalesce(
      CAST(${json} ->> ${at('.integer')} AS INTEGER), CAST(${json} ->> ${at('.real')} AS REAL),
      CAST(unhex(${json} ->> ${at('.text')}) AS TEXT), unhex(${json} ->> ${at('.blob')}))
    ELSE ${json} ->> ${at()} END`;
};

const isAfter = ({ key }: Table, after: readonly Cell[] | null): SQL => {
  if (after === null) return sql`true`;
  const cells = after.map((cell, index) =>
    isTagged(cell) ? cellAt(sql`${JSON.stringify(after)}`, index, true) : sql`${cell}`,
  );
  return sql`(${names(key)}) > (${sql.join(cells, sql`, `)})`;
};

const TAGS = 'tags of the cells';

/** The tags are JSON of their own column, so that plain cells go on as the driver has them. */
const toRow =
  ({ columns }: Table) =>
  (row: Record<string, unknown>): TableRow => {
    const tags = JSON.parse(row[TAGS] as string) as (Cell | null)[];
    return columns.map((column, index) => tags[index] ?? (row[column] as Cell));
  };

const describe =
  (database: Database): TableStore['describe'] =>
  async () => {
    const { tables, migration } = await database.batch<{ tables: { name: string }; migration: { name: string } }>({
      tables: sql`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`,
      migration: sql`SELECT name FROM d1_migrations ORDER BY name DESC LIMIT 1`,
    });
    const ours = tables.map(({ name }) => name).filter(isOurs);
    const columns = await database.batch<Record<string, ColumnRow>>(
      Object.fromEntries(ours.map((name) => [name, columnsOf(name)])),
    );
    const counted = await database.batch<Record<string, { rows: number }>>(
      Object.fromEntries(ours.map((name) => [name, sql`SELECT count(*) AS rows FROM ${sql.identifier(name)}`])),
    );
    return {
      bookmark: database.bookmark(),
      migration: migration[0]?.name ?? '',
      tables: ours.map((name) => ({ ...toTable(name, columns[name] ?? []), rows: counted[name]?.[0]?.rows ?? 0 })),
    };
  };

/** Everything asks the primary: a backup from a replica would be of some earlier time. */
export function createTableStore(d1: D1Database, deadline?: Deadline): TableStore {
  const database = new Database(d1.withSession('first-primary'), deadline);
  return {
    describe: describe(database),

    async find(name) {
      const columns = isOurs(name) ? await database.all<ColumnRow>(columnsOf(name)) : [];
      return columns.length === 0 ? null : toTable(name, columns);
    },

    async list(table, after, limit) {
      const tags = sql.join(
        table.columns.map((column) => sql`json(${taggedCell(column)})`),
        sql`, `,
      );
      const rows = await database.all<Record<string, unknown>>(sql`
        SELECT ${names(table.columns)}, json_array(${tags}) AS ${sql.identifier(TAGS)}
        FROM ${sql.identifier(table.name)} WHERE ${isAfter(table, after)} ORDER BY ${names(table.key)} LIMIT ${limit}`);
      return rows.map(toRow(table));
    },

    async insertAfter(table, after, rows) {
      const name = sql.identifier(table.name);
      const mayBeTagged = (index: number): boolean => rows.some((row) => isTagged(row[index]));
      const cells = table.columns.map((_, index) => cellAt(sql`value`, index, mayBeTagged(index)));
      const isFree = sql`NOT EXISTS (SELECT 1 FROM ${name} WHERE ${isAfter(table, after)})`;
      const isBeforeSites = table.name === 'sites' ? sql`true` : sql`NOT EXISTS (SELECT 1 FROM sites)`;
      const inserted = await database.all(sql`
        INSERT INTO ${name} (${names(table.columns)}) SELECT ${sql.join(cells, sql`, `)}
        FROM json_each(${JSON.stringify(rows)}) WHERE ${isFree} AND ${isBeforeSites} RETURNING 1`);
      return inserted.length === rows.length;
    },
  };
}
