import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import type { ReaderStore } from './reader-store.ts';

const BANS_A_STEP = 200;

/** Ends bans for the record: one that is over no longer has any effect. */
export async function endBans(
  deps: { ids: Ids; readers: ReaderStore },
  context: Context,
): Promise<{ done: number; isMore: boolean }> {
  const done = await deps.readers.endBans(deedOf(context, deps.ids), BANS_A_STEP);
  return { done, isMore: done === BANS_A_STEP };
}
