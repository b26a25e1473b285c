import type { SQL } from 'drizzle-orm';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';

const dialect = new SQLiteAsyncDialect();

/** D1 did not answer. The error has neither SQL nor parameters in it, so it may be logged. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** D1 refused the statement itself: a defect of ours, never the reader's. */
export class StatementRefused extends Error {
  override name = 'StatementRefused';
}

const STATEMENT_FAULT = /SQLITE_(?:ERROR|CONSTRAINT|MISMATCH|RANGE)|syntax error|no such (?:table|column)|too many SQL/;

const inOurWords = (error: unknown): Error => {
  const message = error instanceof Error ? error.message : '';
  // D1's own message names tables and columns, not values; it is cut to the part before any statement text.
  const short = message.replace(/\n.*/s, '').slice(0, 120);
  return STATEMENT_FAULT.test(message) ? new StatementRefused(short) : new StoreUnavailable(short);
};

/** Statements by name; `Rows` has the names that are read, with the type of a row of each. */
export type Statements<Rows extends object> = { [Name in keyof Rows]: SQL | SQL[] } & Record<string, SQL | SQL[]>;

/** One D1 session. Each call is one round trip; a batch is atomic. */
export class Database {
  readonly #session: D1DatabaseSession;

  constructor(session: D1DatabaseSession) {
    this.#session = session;
  }

  async all<Row>(query: SQL): Promise<Row[]> {
    try {
      return (await this.#prepare(query).all<Row>()).results;
    } catch (error) {
      throw inOurWords(error);
    }
  }

  /**
   * The statements run in the order of their names; a name may stand for several, and its rows are those of all of
   * them.
   */
  async batch<Rows extends object = Record<never, never>>(
    statements: Statements<Rows>,
  ): Promise<{ [Name in keyof Rows]: Rows[Name][] }> {
    const named = Object.entries(statements).flatMap(([name, queries]) =>
      (Array.isArray(queries) ? queries : [queries]).map((query) => ({ name, query })),
    );
    try {
      const results = await this.#session.batch<unknown>(named.map(({ query }) => this.#prepare(query)));
      const rows: Record<string, unknown[]> = {};
      for (const name of Object.keys(statements)) rows[name] = [];
      for (const [i, { name }] of named.entries()) rows[name]?.push(...(results[i]?.results ?? []));
      return rows as { [Name in keyof Rows]: Rows[Name][] };
    } catch (error) {
      throw inOurWords(error);
    }
  }

  /** The bookmark of this session; a later session that starts from it sees all that this one saw. */
  bookmark(): string | null {
    return this.#session.getBookmark();
  }

  #prepare(query: SQL): D1PreparedStatement {
    const { sql, params } = dialect.sqlToQuery(query);
    return this.#session.prepare(sql).bind(...params);
  }
}
