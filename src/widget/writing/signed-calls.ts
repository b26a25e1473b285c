import type { Address } from '../../contract/routes.ts';
import type { Asked, OutcomeAt } from '../reading/api.ts';
import type { ThreadScope } from '../reading/scopes.ts';
import { guestKeyForWriting } from './guest.ts';

/** Calls the API as this guest; the first such call makes the guest's key. */
export function callAsGuest<At extends Address>(
  { api, site }: ThreadScope,
  at: At,
  asked: Asked<At>,
): Promise<OutcomeAt<At>> {
  const headers = { ...asked.headers, Authorization: `Bearer ${guestKeyForWriting(site)}` };
  return api.call(at, { ...asked, headers });
}
