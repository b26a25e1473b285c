import * as addresses from '../addresses.ts';
import { DatabasePath, DatabaseView, RestoredRows, RowsQuery, RowsView, TablePath } from '../database.ts';
import { LONGEST_MILLIS, type Routes } from './route.ts';

export const databaseRoutes = {
  describeDatabase: {
    at: addresses.describeDatabase,
    summary: 'List the tables of a database',
    action: 'back-up',
    params: DatabasePath,
    withinMillis: LONGEST_MILLIS,
    answers: { 200: DatabaseView },
    problems: ['not-found'],
  },
  readRows: {
    at: addresses.readRows,
    summary: 'Read rows of a table as they are',
    action: 'back-up',
    params: TablePath,
    query: RowsQuery,
    withinMillis: LONGEST_MILLIS,
    answers: { 200: RowsView },
    problems: ['not-found'],
  },
  restoreRows: {
    at: addresses.restoreRows,
    summary: 'Restore rows of a table',
    action: 'restore',
    params: TablePath,
    body: RestoredRows,
    // Whole rows as they were stored.
    bodyBytes: 262_144,
    withinMillis: LONGEST_MILLIS,
    answers: { 204: null },
    problems: ['not-found', 'already-exists'],
  },
} as const satisfies Routes;
