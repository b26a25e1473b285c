/** One statement as it ran, to explain a cost. */
export interface Executed {
  sql: string;
  values: unknown[];
  rowsRead: number;
}

/** The cost of some work at D1 and KV: the figures that Cloudflare bills and that make up latency. */
export interface Cost {
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
  kvOperations: number;
}

const nothing = (): Cost => ({ roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 0 });

/** A statement that tells what it read; `of` is the real one, which D1 takes in a batch. */
interface MeteredStatement {
  of: D1PreparedStatement;
  sql: string;
  values: unknown[];
  bind(...values: unknown[]): MeteredStatement;
  all<Row>(): Promise<D1Result<Row>>;
}

type OnRun = (statements: MeteredStatement[], results: D1Result[]) => void;

const metered = (of: D1PreparedStatement, sql: string, values: unknown[], onRun: OnRun): MeteredStatement => {
  const statement: MeteredStatement = {
    of,
    sql,
    values,
    bind: (...bound) => metered(of.bind(...bound), sql, bound, onRun),
    async all<Row>() {
      const result = await of.all<Row>();
      onRun([statement], [result]);
      return result;
    },
  };
  return statement;
};

/** Counts the use of a D1 database and a KV namespace, as far as the stores use them, for benchmarks and tests. */
export class Meter {
  #cost = nothing();
  #statements: Executed[] = [];

  /** The cost since the last call. */
  take(): Cost {
    return this.takeWithStatements().cost;
  }

  takeWithStatements(): { cost: Cost; statements: Executed[] } {
    const taken = { cost: this.#cost, statements: this.#statements };
    this.#cost = nothing();
    this.#statements = [];
    return taken;
  }

  database(d1: D1Database): D1Database {
    const withSession = (start: string) => {
      const session = d1.withSession(start);
      return {
        prepare: (sql: string) => metered(session.prepare(sql), sql, [], this.#count),
        batch: async (statements: MeteredStatement[]) => {
          const results = await session.batch(statements.map(({ of }) => of));
          this.#count(statements, results);
          return results;
        },
        getBookmark: () => session.getBookmark(),
      };
    };
    return { withSession } as unknown as D1Database;
  }

  namespace(kv: KVNamespace): KVNamespace {
    const counted =
      (name: 'get' | 'put' | 'list' | 'delete') =>
      (...parts: unknown[]) => {
        this.#cost.kvOperations += 1;
        return (kv[name] as (...parts: unknown[]) => unknown)(...parts);
      };
    return {
      get: counted('get'),
      put: counted('put'),
      list: counted('list'),
      delete: counted('delete'),
    } as unknown as KVNamespace;
  }

  readonly #count = (statements: MeteredStatement[], results: D1Result[]): void => {
    this.#cost.roundTrips += 1;
    for (const [position, { meta }] of results.entries()) {
      const { sql = '', values = [] } = statements[position] ?? {};
      this.#cost.rowsRead += meta.rows_read;
      this.#cost.rowsWritten += meta.rows_written;
      this.#statements.push({ sql, values, rowsRead: meta.rows_read });
    }
  };
}
