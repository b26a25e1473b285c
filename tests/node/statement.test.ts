import { sql } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statementOf } from '../../src/store/statement.ts';

const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null));

const template = fc.letrec<{ any: ReturnType<typeof sql> }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    value.map((one) => sql`a = ${one}`),
    fc.string().map((name) => sql`${sql.identifier(name)}`),
    fc.constant(sql.raw("it's ? raw")),
    fc.tuple(tie('any'), value, tie('any')).map(([a, one, b]) => sql`(${a} AND ${one}) ${undefined} OR ${b}`),
    fc.array(tie('any'), { maxLength: 3 }).map((some) => sql.join(some, sql` UNION ALL `)),
  ),
})).any;

test('a statement has the text and the values that its template has by the library of templates', () => {
  const dialect = new SQLiteSyncDialect();
  fc.assert(
    fc.property(template, (one) => {
      const { sql: text, params } = dialect.sqlToQuery(one);
      expect(statementOf(one)).toEqual({ sql: text, params });
    }),
  );
});
