import { unstable_splitSqlQuery as splitSqlQuery } from 'wrangler';

/** Building an index reads each row, and sorts what it has read. */
const READS_AN_INDEX = 2;

/** The tables whose every row a statement may read, and how often. */
function readsOf(statement: string): { tables: string[]; times: number } {
  const text = statement.replace(/--.*$/gm, '').trim();
  const index = /^CREATE\s+(?:UNIQUE\s+)?INDEX\s[\s\S]*?\sON\s+"?(\w+)/i.exec(text)?.[1];
  if (index !== undefined) return { tables: [index], times: READS_AN_INDEX };
  if (!/^(?:UPDATE|DELETE|INSERT|REPLACE|WITH)\b/i.test(text)) return { tables: [], times: 1 };
  const named = [...text.matchAll(/\b(?:UPDATE|FROM|JOIN)\s+"?(\w+)/gi)].map(([, name = '']) => name);
  return { tables: named, times: 1 };
}

/** The tables of which a migration may read every row, each as often as it does. */
export function tablesRead(migration: string): string[] {
  return splitSqlQuery(migration).flatMap((statement) => {
    const { tables, times } = readsOf(statement);
    return tables.flatMap((table) => Array.from({ length: times }, () => table));
  });
}

/** About how many rows a migration reads, said in a line. A table that is not there yet has none. */
export function describeReads(name: string, migration: string, rowsOf: ReadonlyMap<string, number>): string {
  const tables = tablesRead(migration).filter((table) => (rowsOf.get(table) ?? 0) > 0);
  if (tables.length === 0) return `${name} reads no stored rows.`;
  const all = tables.reduce((sum, table) => sum + (rowsOf.get(table) ?? 0), 0);
  const each = [...new Set(tables)].map((table) => `${table}: ${rowsOf.get(table)?.toLocaleString('en')}`);
  return `${name} reads up to ${all.toLocaleString('en')} rows (${each.join(', ')}).`;
}
