/** A statement or a part of one: its text with a question mark for each value, and the values in their order. */
export class SQL {
  readonly text: string;
  readonly values: readonly unknown[];

  constructor(text: string, values: readonly unknown[] = []) {
    this.text = text;
    this.values = values;
  }
}

/**
 * The one way to write SQL. What stands in `${…}` is bound, so that no text of anybody's can become a part of a statement;
 * another template goes in as it is, and `undefined` leaves nothing.
 */
export function sql(texts: TemplateStringsArray, ...parts: unknown[]): SQL {
  const values: unknown[] = [];
  const written = parts.map((part) => {
    if (part === undefined) return '';
    if (!(part instanceof SQL)) {
      values.push(part);
      return '?';
    }
    values.push(...part.values);
    return part.text;
  });
  return new SQL(String.raw({ raw: texts }, ...written), values);
}

/** Text of our own that is put together at run time, such as a list of columns. */
sql.raw = (text: string): SQL => new SQL(text);

/** The name of a table or a column. */
sql.identifier = (name: string): SQL => new SQL(`"${name.replaceAll('"', '""')}"`);

sql.join = (parts: readonly SQL[], separator: SQL): SQL =>
  new SQL(
    parts.map(({ text }) => text).join(separator.text),
    parts.flatMap(({ values }, i) => (i === 0 ? values : [...separator.values, ...values])),
  );
