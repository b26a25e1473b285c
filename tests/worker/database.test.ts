import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { StoreFault } from '../../src/core/platform/store-unavailable.ts';
import { Database } from '../../src/store/database.ts';
import { StatementRefused } from '../../src/store/faults.ts';
import { sql } from '../../src/store/sql.ts';

const database = new Database(env.DB.withSession('first-primary'));

const insertSite = (id: string, name: string | null) =>
  sql`INSERT INTO sites (id, name, origins, settings, created_at) VALUES (${id}, ${name}, '[]', '{}', 0)`;

/** Statements that D1 itself turns away, which no second try will change. */
const WRONG = {
  'a row that is there already': insertSite('there', 'There'),
  'a cell that may not be empty': insertSite('nameless', null),
  'a table that is not there': sql`SELECT secret FROM nowhere`,
  'a column that is not there': sql`SELECT secret FROM sites`,
  'no SQL at all': sql`SELEKT secret`,
  'a parameter too many': sql`SELECT ${sql.join(Array(101).fill(sql`${1}`), sql`, `)}`,
};

test.each(Object.entries(WRONG))(
  '%s is a defect of ours and not an outage, alone and in a batch',
  async (_, statement) => {
    await database.all(
      sql`INSERT OR IGNORE INTO sites (id, name, origins, settings, created_at) VALUES ('there', '', '[]', '{}', 0)`,
    );
    await expect(database.all(statement)).rejects.toBeInstanceOf(StatementRefused);
    await expect(database.batch({ one: sql`SELECT 1`, statement })).rejects.toBeInstanceOf(StatementRefused);
  },
);

/** A database that answers everything with this. */
const failing = (error: unknown) => {
  const fail = () => Promise.reject(error);
  const session = { prepare: () => ({ all: fail, bind: () => ({ all: fail }) }), batch: fail };
  return new Database(session as unknown as D1DatabaseSession);
};

/** D1's words, as its documentation and SQLite have them. */
const FAULTS: [StoreFault, string][] = [
  ['outage', 'D1_ERROR: Network connection lost.'],
  ['outage', 'D1_ERROR: Internal error in D1 DB storage caused object to be reset.'],
  ['outage', 'D1_ERROR: something that nobody has heard of'],
  ['overloaded', 'D1_ERROR: D1 DB is overloaded. Requests queued for too long.'],
  ['overloaded', 'D1_ERROR: D1 DB is overloaded. Too many requests queued.'],
  ['overloaded', 'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.'],
  ['overloaded', "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset."],
  ['overloaded', 'D1_ERROR: D1 DB exceeded its CPU time limit and was reset.'],
  ['full', 'D1_ERROR: Exceeded maximum DB size'],
  ['full', 'D1_ERROR: Exceeded maximum account storage limit'],
  ['full', "D1_ERROR: Your account has exceeded D1's maximum account storage limit, please contact Cloudflare"],
  ['full', 'D1_ERROR: database or disk is full: SQLITE_FULL'],
  ['quota', "D1_ERROR: Your account has exceeded D1's free tier daily row read limit. Upgrade to a paid plan"],
  ['quota', "D1_ERROR: Your account has exceeded D1's free tier daily row write limit. Upgrade to a paid plan"],
];

test.each(FAULTS)('a database that says so is told apart: %s, "%s"', async (fault, message) => {
  const down = failing(new Error(message));
  const told = { name: 'StoreUnavailable', fault, message };
  await expect(down.all(sql`SELECT 1`)).rejects.toMatchObject(told);
  await expect(down.batch({ one: sql`SELECT 1` })).rejects.toMatchObject(told);
});

/** The real database, whose first calls fail with this, each before or after it has done its part. */
const brittle = (message: string, failures: number, when: 'before' | 'after' = 'before', deadline?: () => number) => {
  const session = env.DB.withSession('first-primary');
  const tries: string[] = [];
  const meddle = async <Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> => {
    tries.push(name);
    const fails = tries.length <= failures;
    if (fails && when === 'before') throw new Error(message);
    const answer = await work();
    if (fails) throw new Error(message);
    return answer;
  };
  const prepare = (text: string) => ({
    bind: (...values: unknown[]) => {
      const statement = session.prepare(text).bind(...values);
      return { of: statement, all: () => meddle('all', () => statement.all()) };
    },
  });
  const batch = (statements: { of: D1PreparedStatement }[]) =>
    meddle('batch', () => session.batch(statements.map(({ of }) => of)));
  return { tries, database: new Database({ prepare, batch } as unknown as D1DatabaseSession, deadline) };
};

const LOST = 'D1_ERROR: Network connection lost.';

const READS = {
  one: (database: Database) => database.all(sql`SELECT 1 AS n`),
  batch: async (database: Database) => (await database.batch<{ n: unknown }>({ n: sql`SELECT 1 AS n` })).n,
};

describe('a lost connection', () => {
  test.each(Object.entries(READS))('is made good for a read: %s', async (_, read) => {
    for (const failures of [1, 2]) {
      const { database, tries } = brittle(LOST, failures);
      expect(await read(database)).toEqual([{ n: 1 }]);
      expect(tries).toHaveLength(failures + 1);
    }
  });

  test.each(Object.entries(READS))('is told when the third try meets it, too: %s', async (_, read) => {
    const { database, tries } = brittle(LOST, 9);
    await expect(read(database)).rejects.toMatchObject({ fault: 'outage', isWorthRepeating: false });
    expect(tries).toHaveLength(3);
  });

  test.each(['before', 'after'] as const)('is never made good for a write alone: lost %s it', async (when) => {
    const { database, tries } = brittle(LOST, 1, when);
    const write = insertSite(`lost-${when}`, 'Lost');
    const inBatch = database.batch<{ n: unknown }>({ n: sql`SELECT 1`, write });
    await expect(inBatch).rejects.toMatchObject({ fault: 'outage', isWorthRepeating: true });
    expect(tries).toHaveLength(1);
    const there = await env.DB.prepare('SELECT 1 FROM sites WHERE id = ?').bind(`lost-${when}`).first();
    expect(there !== null).toBe(when === 'after');
  });

  test('is no reason to ask an overloaded, a full or a spent database again', async () => {
    for (const [fault, message] of FAULTS.filter(([kind]) => kind !== 'outage')) {
      const { database, tries } = brittle(message, 1);
      await expect(READS.one(database)).rejects.toMatchObject({ fault, isWorthRepeating: false });
      expect(tries).toHaveLength(1);
    }
  });
});

describe('a deadline', () => {
  const silent = (deadline: () => number) => {
    const never = () => new Promise(() => undefined);
    const session = { prepare: () => ({ bind: () => ({ all: never }) }), batch: never };
    return new Database(session as unknown as D1DatabaseSession, deadline);
  };

  test.each(Object.entries(READS))('ends the wait for a database that says nothing: %s', async (_, read) => {
    const start = Date.now();
    const until = start + 50;
    await expect(read(silent(() => until))).rejects.toMatchObject({ name: 'StoreUnavailable', fault: 'late' });
    expect(Date.now() - start).toBeGreaterThanOrEqual(45);
  });

  test('that is over leaves no time for another try', async () => {
    const { database, tries } = brittle(LOST, 1, 'before', () => Date.now());
    await expect(READS.one(database)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(tries).toHaveLength(1);
  });
});

test.each([
  'something: SQLITE_ERROR',
  'something: SQLITE_CONSTRAINT',
  'something: SQLITE_MISMATCH',
  'something: SQLITE_RANGE',
  'statement too long: SQLITE_TOOBIG',
  'near "x": syntax error',
  'no such table: x',
  'no such column: x',
  'too many SQL variables',
])('%s is a defect of ours', async (message) => {
  const fault = { name: 'StatementRefused', message };
  await expect(failing(new Error(message)).all(sql`SELECT 1`)).rejects.toMatchObject(fault);
});

test.each([
  ['its first line', new Error('gone\nSELECT secret'), 'gone'],
  ['120 characters', new Error('x'.repeat(121)), 'x'.repeat(120)],
  ['nothing, where it is no error', 'SELECT secret', ''],
])('a fault says no more of D1’s own words than %s', async (_, thrown, message) => {
  const { message: said } = await failing(thrown)
    .all(sql`SELECT 1`)
    .then(
      () => new Error('it was answered'),
      (fault: Error) => fault,
    );
  expect(said).toBe(message);
});
