import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { ReaderStore } from './reader-store.ts';

const MILLIS_A_DAY = 86_400_000;

/** `days` null bans for good. A shadow ban lets its reader go on posting, seen by nobody else. */
export async function banReader(
  deps: { ids: Ids; readers: ReaderStore },
  context: Context,
  { readerId, ban, days }: { readerId: string; ban: 'none' | 'ban' | 'shadow-ban'; days: number | null },
): Promise<Result<null>> {
  const until = ban !== 'none' && days !== null ? context.now + days * MILLIS_A_DAY : null;
  const found = await deps.readers.ban(deedOf(context, deps.ids), readerId, ban, until);
  return found ? ok(null) : refuse({ reason: 'not-found', what: 'reader' });
}
