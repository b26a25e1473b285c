import { type StoreFault, StoreUnavailable } from '../core/platform/store-unavailable.ts';

/** D1 refused the statement itself: a defect of ours, never the reader's. */
export class StatementRefused extends Error {
  override name = 'StatementRefused';
}

const STATEMENT_FAULT =
  /SQLITE_(?:ERROR|CONSTRAINT|MISMATCH|RANGE|TOOBIG|AUTH)|syntax error|no such (?:table|column)|too many SQL/;

/**
 * D1's own words, as its documentation lists them under "Debug D1", and SQLite's where D1 hands them on. A timeout that
 * "caused object to be reset" is too much work and no outage.
 */
const FAULTS: readonly [StoreFault, RegExp][] = [
  ['quota', /free tier daily row (?:read|write) limit/i],
  ['full', /exceeded maximum (?:DB|account storage)|maximum account storage limit|SQLITE_FULL|disk is full/i],
  ['overloaded', /overloaded|exceeded timeout|exceeded its (?:memory|CPU time) limit|SQLITE_(?:BUSY|LOCKED|NOMEM)/i],
];

/** The messages for which the documentation says that the operation may be tried again. */
const PASSING =
  /network connection lost|storage caused object to be reset|reset because its code was updated|transient issue on remote node/i;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/** True where a second try of the same may succeed: the connection broke, or the database was moved. */
export function isPassing(error: unknown): boolean {
  return PASSING.test(messageOf(error));
}

/**
 * D1's error as one of ours.
 * @param isWrite a write is not tried again before this; see `isWorthRepeating`
 */
export function inOurWords(error: unknown, isWrite: boolean): Error {
  if (error instanceof StoreUnavailable) return error;
  const message = messageOf(error);
  // D1's own message names tables and columns, not values; it is cut to the part before any statement text.
  const short = message.replace(/\n.*/s, '').slice(0, 120);
  if (STATEMENT_FAULT.test(message)) return new StatementRefused(short);
  const fault = FAULTS.find(([, words]) => words.test(message))?.[0] ?? 'outage';
  return new StoreUnavailable(fault, short, isWrite && isPassing(error));
}
