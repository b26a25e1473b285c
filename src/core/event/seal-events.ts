import type { Hashing } from '../platform/hashing.ts';
import { lowestIdAt } from '../platform/sortable-id.ts';
import type { Context } from './context.ts';
import type { EventLog } from './event-log.ts';
import { hashOf } from './seal.ts';

/** A deed has its id before its batch is written. After this time all batches are written. */
const SETTLED_AFTER_MILLIS = 60_000;

/** The events that one step reads and hashes. */
const EVENTS_A_SEAL = 500;

/** The id up to which the log is settled: older events may be sealed. */
export function settledUpTo(now: number): string {
  return lowestIdAt(now - SETTLED_AFTER_MILLIS);
}

/** Seals the next settled events of a site. A second caller finds them sealed and does nothing. */
export async function sealEvents(
  deps: { log: EventLog; hashing: Pick<Hashing, 'digest'> },
  context: Context,
): Promise<{ done: number; isMore: boolean }> {
  const { site, now } = context;
  const previous = await deps.log.findLastSeal(site);
  const range = { siteId: site, after: previous?.lastId ?? '', upTo: settledUpTo(now), limit: EVENTS_A_SEAL };
  const events = await deps.log.listBetween(range);
  const last = events.at(-1);
  if (last === undefined) return { done: 0, isMore: false };
  const hash = await hashOf(deps.hashing, previous, events);
  const seal = { lastId: last.id, events: events.length, hash, sealedAt: now };
  const isSealed = await deps.log.insertSeal(site, previous, seal);
  return { done: isSealed ? events.length : 0, isMore: events.length >= EVENTS_A_SEAL };
}
