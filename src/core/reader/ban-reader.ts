import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import { MILLIS_A_DAY, MILLIS_AN_HOUR } from '../rate-limit/network.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { ReaderStanding } from './reader.ts';
import type { ReaderStore } from './reader-store.ts';

interface BanInput {
  readerId: string;
  ban: ReaderStanding['ban'];
  /** Null: for good. */
  days: number | null;
  /** The time for which what comes from the reader's network waits for a moderator. */
  holdNetworkHours?: number;
}

/** A shadow ban lets its reader go on posting, seen by nobody else. */
export async function banReader(
  deps: { ids: Ids; readers: ReaderStore },
  context: Context,
  { readerId, ban, days, holdNetworkHours = 0 }: BanInput,
): Promise<Result<null>> {
  const until = ban !== 'none' && days !== null ? context.now + days * MILLIS_A_DAY : null;
  const heldUntil = ban !== 'none' && holdNetworkHours > 0 ? context.now + holdNetworkHours * MILLIS_AN_HOUR : null;
  const found = await deps.readers.ban(deedOf(context, deps.ids), readerId, ban, until, heldUntil);
  return found ? ok(null) : refuse({ reason: 'not-found', what: 'reader' });
}
