import { deleteComment, editComment, flagComment, postComment, voteComment } from '../../contract/addresses.ts';
import type { Address } from '../../contract/routes.ts';
import type { Asked, OutcomeAt } from '../reading/api.ts';
import type { ThreadScope, Told } from '../reading/scopes.ts';
import { guestKeyForWriting } from './guest.ts';

/** The things that the page around the element is told of when it fails. */
const ACTIONS: Partial<Record<Address, Told['failed']['action']>> = {
  [postComment]: 'post',
  [editComment]: 'edit',
  [deleteComment]: 'delete',
  [voteComment]: 'vote',
  [flagComment]: 'report',
};

/** Calls the API as this guest; the first such call makes the guest's key. */
export async function callAsGuest<At extends Address>(
  thread: ThreadScope,
  at: At,
  asked: Asked<At>,
): Promise<OutcomeAt<At>> {
  const { api, site } = thread;
  const headers = { ...asked.headers, Authorization: `Bearer ${guestKeyForWriting(site)}` };
  const outcome = await api.call(at, { ...asked, headers });
  const action = ACTIONS[at];
  if (!outcome.ok && action) thread.tell('failed', { action, reason: outcome.failure.reason });
  return outcome;
}
