import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { ForgottenAddress, ReaderStore } from './reader-store.ts';

/** So many are looked at in some milliseconds, between which D1 answers others. */
export const COMMENTS_A_STEP = 2_000;

/** One step of taking an e-mail address out of all comments of a site; `after` is the `next` of the step before. */
export async function forgetAddress(
  deps: { ids: Ids; readers: ReaderStore },
  context: Context,
  { email, after }: { email: string; after: string | null },
): Promise<Result<ForgottenAddress>> {
  const step = { email, after, limit: COMMENTS_A_STEP };
  const forgotten = await deps.readers.forgetAddress(deedOf(context, deps.ids), step);
  return forgotten === null ? refuse({ reason: 'not-found', what: 'site' }) : ok(forgotten);
}
