import { env } from 'cloudflare:workers';
import { listTables } from './table-dump.ts';

/** The rows of all tables at one moment, to go back to and to compare. */

export type TableState = ReadonlyMap<string, readonly Record<string, unknown>[]>;

let tables: Promise<string[]> | undefined;

/** One round trip, however many tables there are. */
export const readState = async (): Promise<TableState> => {
  tables ??= listTables();
  const names = await tables;
  const results = await env.DB.batch<Record<string, unknown>>(
    names.map((name) => env.DB.prepare(`SELECT * FROM "${name}"`)),
  );
  return new Map(names.map((name, i) => [name, results[i]?.results ?? []]));
};

/** Makes all tables what they were. */
export const restoreState = async (state: TableState): Promise<void> => {
  const statements = [...state].flatMap(([name, rows]) => {
    const columns = Object.keys(rows[0] ?? {});
    const values = columns.map((_, i) => `value ->> ${i}`);
    const insert = `INSERT INTO "${name}" (${columns}) SELECT ${values} FROM json_each(?)`;
    const wipe = env.DB.prepare(`DELETE FROM "${name}"`);
    return rows.length === 0
      ? [wipe]
      : [wipe, env.DB.prepare(insert).bind(JSON.stringify(rows.map((row) => columns.map((column) => row[column]))))];
  });
  await env.DB.batch(statements);
};

/** Ids of rows, hashes and tokens; a key's id is shorter, and a word of eight letters may be a status. */
const TOKEN = /[\w-]{16,}|(?<="subject_id":")[\w-]{8}(?=")/g;
const TIME = /\b1[78]\d{11}\b/g;

const textOf = (state: TableState): string => JSON.stringify([...state.values()]);

/** Tries are counted as often as they are made, whatever came of them. */
const NOT_COMPARED = new Set(['limit_windows']);

/** The rows that are compared of two ways from one beginning: ids, tokens and times that are new are all alike. */
export const comparable = (state: TableState, start: TableState): Record<string, string[]> => {
  const known = new Set([...textOf(start).matchAll(TOKEN), ...textOf(start).matchAll(TIME)].map(([word]) => word));
  const mark = (word: string): string => (known.has(word) ? word : '*');
  const compared = [...state].filter(([name]) => !NOT_COMPARED.has(name));
  const lines = compared.map(([name, rows]) => [
    name,
    rows.map((row) => JSON.stringify(row).replace(TOKEN, mark).replace(TIME, mark)).sort(),
  ]);
  return Object.fromEntries(lines);
};
