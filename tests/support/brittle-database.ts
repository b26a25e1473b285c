import { env } from 'cloudflare:workers';

interface Statement {
  of: D1PreparedStatement;
  sql: string;
  bind(...values: unknown[]): Statement;
  all(): Promise<unknown>;
}

/** The meddler is told of each call, with its statements; it may fail before `work`, after it, or never answer. */
export type Meddle = (statements: string[], work: () => Promise<unknown>) => Promise<unknown>;

/** The real database with something between it and whoever asks. */
export const openBrittleDatabase = (d1 = env.DB) => {
  const honest: Meddle = (_, work) => work();
  const state = { meddle: honest, calls: 0 };
  const call = (statements: string[], work: () => Promise<unknown>) => {
    state.calls += 1;
    return state.meddle(statements, work);
  };
  const wrap = (of: D1PreparedStatement, sql: string): Statement => ({
    of,
    sql,
    bind: (...values) => wrap(of.bind(...values), sql),
    all: () => call([sql], () => of.all()),
  });
  const withSession = (start: string) => {
    const session = d1.withSession(start);
    return {
      prepare: (sql: string) => wrap(session.prepare(sql), sql),
      batch: (statements: Statement[]) =>
        call(
          statements.map(({ sql }) => sql),
          () => session.batch(statements.map(({ of }) => of)),
        ),
      getBookmark: () => session.getBookmark(),
    };
  };
  return {
    databases: new Map([['DB', { withSession } as unknown as D1Database]]),
    /** Meddles from now on, and counts calls anew. */
    meddle(meddle: Meddle) {
      state.meddle = meddle;
      state.calls = 0;
    },
    mend() {
      state.meddle = honest;
    },
    calls: () => state.calls,
  };
};

const isWrite = (statements: string[]): boolean => statements.some((sql) => !/^\s*SELECT\b/i.test(sql));

/** Loses the first so many writes: before they are carried out, or their answers after. */
export const losingWrites = (times: number, when: 'before' | 'after'): Meddle => {
  let lost = 0;
  return async (statements, work) => {
    const loses = isWrite(statements) && lost < times;
    if (loses) lost += 1;
    if (loses && when === 'before') throw new Error('D1_ERROR: Network connection lost.');
    const answer = await work();
    if (loses) throw new Error('D1_ERROR: Network connection lost.');
    return answer;
  };
};

/** A database that takes every call and answers none. */
export const silent: Meddle = () => new Promise(() => undefined);

/** A database that says it has so many bytes. */
export const ofSize =
  (bytes: number): Meddle =>
  async (_, work) => {
    const answer = (await work()) as D1Result | D1Result[];
    for (const { meta } of [answer].flat()) meta.size_after = bytes;
    return answer;
  };

export const failingWith =
  (message: string): Meddle =>
  async () => {
    throw new Error(message);
  };
