import { VERSION } from './version.ts';

/** A fact that may be logged: never a name, an address, a text, or a statement's parameters. */
type Fact = string | number | boolean | null;

/** The level of each event: news, something to look at, or a fault. docs/runbook.md says what to do. */
export const LEVELS = {
  'job-done': 'log',
  'site-removed': 'log',
  'database-size': 'log',
  'database-filling': 'warn',
  'kv-unavailable': 'warn',
  'purge-failed': 'warn',
  'mail-refused': 'warn',
  'background-failed': 'error',
  'job-failed': 'error',
  'not-set-up': 'error',
  'request-failed': 'error',
  'store-unavailable': 'error',
  'store-late': 'error',
  'store-overloaded': 'error',
  'store-full': 'error',
  'store-quota-spent': 'error',
} as const satisfies Record<string, 'log' | 'warn' | 'error'>;

/** One JSON line an event. One that has no level here is a fault, so that it is not overlooked. */
export function log(event: string, facts: Record<string, Fact>): void {
  const level = (LEVELS as Record<string, 'log' | 'warn' | 'error'>)[event] ?? 'error';
  console[level](JSON.stringify({ event, ...facts, version: VERSION }));
}
