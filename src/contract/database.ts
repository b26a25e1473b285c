import * as z from 'zod/mini';
import { limit, Timestamp } from './scalars.ts';

export const DatabasePath = z.object({
  database: z.string().check(z.regex(/^\w{1,20}$/, 'This is not the name of a database.')),
});

const Name = z.string().check(z.regex(/^\w{1,60}$/, 'This is not a name in a database.'));

export const TablePath = z.object({ ...DatabasePath.shape, table: Name });

const hexadecimal = z.string().check(z.regex(/^(?:[0-9A-F]{2})*$/, 'Write bytes as pairs of 0 to 9 and A to F.'));

/** Nothing of a cell is lost on the way: not its type, not a digit and not a byte. */
const Cell = z
  .union([
    z.null(),
    z.string(),
    z.number(),
    z.strictObject({ integer: z.string().check(z.regex(/^-?\d{1,19}$/, 'Write a whole number.')) }),
    z.strictObject({ real: z.enum(['9e999', '-9e999']) }),
    z.strictObject({ text: hexadecimal }),
    z.strictObject({ blob: hexadecimal }),
  ])
  .check(
    z.meta({
      description:
        'A text, number or null; as an object what JSON cannot say: an `integer` beyond 2^53, an infinite `real`, ' +
        '`text` with U+0000 or damaged UTF-8 and a `blob` in hexadecimal.',
    }),
  );

const Cells = z.array(Cell).check(z.minLength(1), z.maxLength(100));

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A key in an address is a JSON list, as it stands in a row. */
const KeyText = z.string().check(
  z.maxLength(8_000),
  z.refine((text) => Cells.safeParse(readJson(text)).success, 'Write the key of a row as a JSON list.'),
  z.meta({ description: 'The key of the last row that you have, a JSON list; left out: from the first row.' }),
);

export function readKey(text: string): z.infer<typeof Cells> {
  return Cells.parse(JSON.parse(text));
}

/** The most rows of one request, a page or a part of a restore. */
const MOST_ROWS = 2_000;

export const RowsQuery = z.strictObject({ after: z.optional(KeyText), limit: limit(100, MOST_ROWS) });

export const RowsView = z.object({ rows: z.array(z.array(Cell)) }).register(z.globalRegistry, { id: 'Rows' });
export type RowsView = z.infer<typeof RowsView>;

export const RestoredRows = z
  .strictObject({
    columns: z.array(Name).check(z.minLength(1), z.maxLength(100)),
    after: z
      .nullable(Cells)
      .check(z.meta({ description: 'The key of the last row that the table has; null: it is empty.' })),
    rows: z.array(Cells).check(z.minLength(1), z.maxLength(MOST_ROWS)),
  })
  .register(z.globalRegistry, { id: 'RestoredRows' });

const TableView = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  key: z.array(z.string()).check(z.meta({ description: 'The columns by which its rows are in order.' })),
  rows: z.int(),
});

export const DatabaseView = z
  .object({
    database: z.string(),
    migration: z
      .string()
      .check(z.meta({ description: 'The last one that was applied: two with the same have the same tables.' })),
    at: Timestamp,
    bookmark: z
      .nullable(z.string())
      .check(z.meta({ description: 'D1’s name for this state; Time Travel goes back to it.' })),
    tables: z.array(TableView).check(z.meta({ description: 'In the order of a backup and of a restore.' })),
  })
  .register(z.globalRegistry, { id: 'Database' });
export type DatabaseView = z.infer<typeof DatabaseView>;
