/** A D1 and a KV whose k-th call fails, before or after it took effect, or with all that come after it. */

export type Part = 'd1' | 'kv';

export interface Fault {
  part: Part;
  /** 1 is the first call. */
  call: number;
  /** after: the work is done, and the answer is lost. from then on: neither this call nor a later one is answered. */
  when: 'before' | 'after' | 'from then on';
}

const LOST: Readonly<Record<Part, string>> = {
  d1: 'D1_ERROR: Network connection lost.',
  kv: 'KV PUT failed: 500 Internal Server Error',
};

interface Statement {
  of: D1PreparedStatement;
  bind(...values: unknown[]): Statement;
  all(): Promise<D1Result>;
}

/** The real bindings, as far as the stores use them. Without a fault they count their calls. */
export const openFaults = (d1: D1Database, kv: KVNamespace) => {
  let calls: Record<Part, number> = { d1: 0, kv: 0 };
  let fault: Fault | null = null;
  let away: Part | null = null;

  const pass = async <Result>(part: Part, work: () => Promise<Result>): Promise<Result> => {
    calls[part] += 1;
    const isHit = fault?.part === part && fault.call === calls[part];
    const isGone = fault?.part === part && fault.when === 'from then on' && fault.call <= calls[part];
    if (away === part || isGone || (isHit && fault?.when === 'before')) throw new Error(LOST[part]);
    const result = await work();
    if (isHit) throw new Error(LOST[part]);
    return result;
  };

  const statement = (of: D1PreparedStatement): Statement => ({
    of,
    bind: (...values) => statement(of.bind(...values)),
    all: () => pass('d1', () => of.all()),
  });

  const database = {
    withSession: (start: string) => {
      const session = d1.withSession(start);
      return {
        prepare: (sql: string) => statement(session.prepare(sql)),
        batch: (statements: Statement[]) => pass('d1', () => session.batch(statements.map(({ of }) => of))),
        getBookmark: () => session.getBookmark(),
      };
    },
  } as unknown as D1Database;

  const namespace = new Proxy(kv, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      return typeof member === 'function'
        ? (...parts: unknown[]) => pass('kv', () => member.apply(target, parts))
        : member;
    },
  });

  return {
    database,
    namespace,
    /** Does some work with a fault, or with a part away from its first call on; answers how many calls there were. */
    during: async <Result>(trouble: Fault | Part | null, work: () => Promise<Result>) => {
      calls = { d1: 0, kv: 0 };
      fault = typeof trouble === 'object' ? trouble : null;
      away = typeof trouble === 'string' ? trouble : null;
      try {
        const result = await work();
        return { result, calls: { ...calls } };
      } finally {
        fault = null;
        away = null;
      }
    },
  };
};
