import { setTimeout as pause } from 'node:timers/promises';
import { describeDatabase, readRows, restoreRows } from '../contract/addresses.ts';
import type { DatabaseView } from '../contract/database.ts';
import { type Ask, keyOf, type Row, type Table } from './backup-file.ts';
import { PlainError } from './project.ts';

/** A page is aimed at, and a part of a restore at most, so many bytes of JSON: the server takes 256 kB. */
const PAGE_BYTES = 200_000;
const MOST_ROWS = 2_000;
const TRIES = 5;

const isPassing = (error: unknown): error is PlainError =>
  error instanceof PlainError && /^5\d\d |does not answer/.test(error.message);

/** Tries again what failed in passing, such as a database that restarts: after 1, 2, 4 and 8 seconds. It says so. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (tried === TRIES)
        throw new PlainError(
          `${error.message}\nNothing is lost. Type the command again when it answers, and it goes on.`,
        );
      const seconds = 2 ** (tried - 1);
      console.error(`\n${error.message}\nTrying again in ${seconds} s.`);
      await pause(seconds * 1_000);
    }
  }
}

export function describe(ask: Ask, database: string): Promise<DatabaseView> {
  return patiently(() => ask(describeDatabase, { database }));
}

/** The rows of a table after a key, page by page. A page has as many rows as the last one was small. */
export async function* pagesOf(ask: Ask, database: string, table: Table, begin: Row | null): AsyncGenerator<Row[]> {
  let limit = 50;
  let after = begin;
  for (;;) {
    const query = { limit, ...(after && { after: JSON.stringify(after) }) };
    const asked = { database, table: table.name, query };
    const { rows } = await patiently(() => ask(readRows, asked));
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    after = keyOf(table, last);
    const fitting = Math.floor((limit * PAGE_BYTES) / JSON.stringify(rows).length);
    // A page twice as long at most: the next rows may be the largest there are.
    limit = Math.max(1, Math.min(fitting, 2 * limit, MOST_ROWS));
  }
}

/** Puts rows behind the last one of a table. Sent again after a lost answer, they are in once. */
async function putRows(ask: Ask, database: string, table: Table, after: Row | null, rows: Row[]): Promise<void> {
  const { name, columns } = table;
  await patiently(() => ask(restoreRows, { database, table: name, body: { columns, after, rows } }));
}

/** Gathers rows and puts them behind a table's last one in parts that a request can hold. */
export class Appender {
  readonly #put: (after: Row | null, rows: Row[]) => Promise<void>;
  readonly #table: Table;
  #after: Row | null;
  #rows: Row[] = [];
  #bytes = 0;

  constructor(ask: Ask, database: string, table: Table, after: Row | null) {
    this.#put = (behind, rows) => putRows(ask, database, table, behind, rows);
    this.#table = table;
    this.#after = after;
  }

  async add(row: Row): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (this.#rows.length === MOST_ROWS || this.#bytes + bytes > PAGE_BYTES) await this.flush();
    this.#rows.push(row);
    this.#bytes += bytes;
  }

  async flush(): Promise<void> {
    const last = this.#rows.at(-1);
    if (last === undefined) return;
    await this.#put(this.#after, this.#rows);
    this.#after = keyOf(this.#table, last);
    this.#rows = [];
    this.#bytes = 0;
  }
}
