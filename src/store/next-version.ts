import { sql } from './sql.ts';

/** Milliseconds, by the database's own clock. */
const NOW = sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`;

/**
 * The version of an article that is inserted. No version is ever given twice, not even after the database was set back
 * to an earlier state: a reader who holds a page from before must not be told that it is still the latest.
 */
export const firstVersion = NOW;

/** The version that follows the one of the row: more than any before it, in this state of the database or a lost one. */
export const nextVersion = sql`max(version + 1, ${NOW})`;
