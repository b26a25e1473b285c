import { type SQL as Other, sql as other } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SQL, sql } from '../../src/store/sql.ts';

/** The same template by two libraries. */
type Pair = [SQL, Other];

const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null));

const template = fc.letrec<{ any: Pair }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    value.map((one): Pair => [sql`a = ${one}`, other`a = ${one}`]),
    fc.string().map((name): Pair => [sql`${sql.identifier(name)}`, other`${other.identifier(name)}`]),
    fc.string().map((text): Pair => [sql.raw(text), other.raw(text)]),
    fc
      .tuple(tie('any'), value, tie('any'))
      .map(
        ([[a, otherA], one, [b, otherB]]): Pair => [
          sql`(${a} AND ${one}) ${undefined} OR '\\' ${b}`,
          other`(${otherA} AND ${one}) ${undefined} OR '\\' ${otherB}`,
        ],
      ),
    fc.tuple(fc.array(tie('any'), { maxLength: 3 }), tie('any')).map(
      ([some, [between, otherBetween]]): Pair => [
        sql.join(
          some.map(([one]) => one),
          between,
        ),
        other.join(
          some.map(([, one]) => one),
          otherBetween,
        ),
      ],
    ),
  ),
})).any;

test('a statement has the text and the values that Drizzle makes of its template', () => {
  const dialect = new SQLiteSyncDialect();
  fc.assert(
    fc.property(template, ([ours, theirs]) => {
      const { sql: text, params } = dialect.sqlToQuery(theirs);
      expect(ours).toEqual(new SQL(text, params));
    }),
  );
});

test('what is typed is bound, whatever it is', () => {
  expect(sql`SELECT * FROM readers WHERE id = ${"' OR 1 --"}`).toEqual(
    new SQL('SELECT * FROM readers WHERE id = ?', ["' OR 1 --"]),
  );
});
