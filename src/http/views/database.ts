import type { DatabaseView, RowsView } from '../../contract/database.ts';
import type { Description } from '../../core/backup/back-up.ts';
import type { TableRow } from '../../core/backup/table-store.ts';
import { isoTime } from './article.ts';

export function databaseView({ at, ...description }: Description): DatabaseView {
  return { ...description, at: isoTime(at) };
}

/** The rows go as they are: the operator takes the whole database along, and what is left out could not come back. */
export function rowsView(rows: TableRow[]): RowsView {
  return { rows: rows.map((row) => [...row]) };
}
