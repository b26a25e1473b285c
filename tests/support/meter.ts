/** What a stretch of work cost at D1 and KV: the figures that Cloudflare bills and that latency is made of. */
export interface Cost {
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
  kvOperations: number;
}

type Outcome = { meta?: { rows_read?: number; rows_written?: number } };

/** Counts every round trip and row that passes through a D1 database and a KV namespace. */
export class Meter {
  #cost: Cost = { roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 0 };

  /** What it cost since the last call. */
  take(): Cost {
    const cost = this.#cost;
    this.#cost = { roundTrips: 0, rowsRead: 0, rowsWritten: 0, kvOperations: 0 };
    return cost;
  }

  database(d1: D1Database): D1Database {
    return new Proxy(d1, {
      get: (target, name) =>
        name === 'withSession'
          ? (start: string) => this.#session(target.withSession(start))
          : Reflect.get(target, name).bind(target),
    });
  }

  namespace(kv: KVNamespace): KVNamespace {
    return new Proxy(kv, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        return (...parts: unknown[]) => {
          this.#cost.kvOperations += 1;
          return member.apply(target, parts);
        };
      },
    });
  }

  #count = (outcome: Outcome): void => {
    this.#cost.rowsRead += outcome.meta?.rows_read ?? 0;
    this.#cost.rowsWritten += outcome.meta?.rows_written ?? 0;
  };

  #session(session: D1DatabaseSession): D1DatabaseSession {
    const originals = new WeakMap<object, D1PreparedStatement>();
    const counted = (statement: D1PreparedStatement): D1PreparedStatement => {
      const proxy = new Proxy(statement, {
        get: (target, name) => {
          const member = Reflect.get(target, name);
          if (name === 'bind') return (...values: unknown[]) => counted(member.apply(target, values));
          return async (...parts: unknown[]) => {
            this.#cost.roundTrips += 1;
            const outcome = await member.apply(target, parts);
            this.#count(outcome);
            return outcome;
          };
        },
      });
      originals.set(proxy, statement);
      return proxy;
    };
    return new Proxy(session, {
      get: (target, name) => {
        if (name === 'prepare') return (sql: string) => counted(target.prepare(sql));
        if (name === 'batch') {
          return async (statements: D1PreparedStatement[]) => {
            this.#cost.roundTrips += 1;
            const outcomes = await target.batch(statements.map((proxy) => originals.get(proxy) ?? proxy));
            for (const outcome of outcomes) this.#count(outcome);
            return outcomes;
          };
        }
        return Reflect.get(target, name).bind(target);
      },
    });
  }
}
