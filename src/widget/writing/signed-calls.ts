import type { Address } from '../../contract/routes.ts';
import type { Asked, OutcomeAt } from '../reading/api.ts';
import type { ThreadScope, Told } from '../reading/scopes.ts';
import { guestKeyForWriting } from './guest.ts';

/** Calls the API as this guest; the first such call makes the guest's key. The page is told of an `action` that fails. */
export async function callAsGuest<At extends Address>(
  thread: ThreadScope,
  at: At,
  asked: Asked<At>,
  action?: Told['failed']['action'],
): Promise<OutcomeAt<At>> {
  const { api, site } = thread;
  const headers = { ...asked.headers, Authorization: `Bearer ${guestKeyForWriting(site)}` };
  const outcome = await api.call(at, { ...asked, headers });
  if (!outcome.ok && action) thread.tell('failed', { action, reason: outcome.failure.reason });
  return outcome;
}
