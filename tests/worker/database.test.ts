import { env } from 'cloudflare:workers';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { Database, StatementRefused, StoreUnavailable } from '../../src/store/database.ts';

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

test.each(['D1_ERROR: Network connection lost.', 'D1_ERROR: D1 DB is overloaded. Requests queued for too long.'])(
  '%s is an outage',
  async (message) => {
    const down = failing(new Error(message));
    await expect(down.all(sql`SELECT 1`)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(down.batch({ one: sql`SELECT 1` })).rejects.toMatchObject({ name: 'StoreUnavailable', message });
  },
);

test.each([
  'something: SQLITE_ERROR',
  'something: SQLITE_CONSTRAINT',
  'something: SQLITE_MISMATCH',
  'something: SQLITE_RANGE',
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
