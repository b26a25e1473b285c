import type { ReaderActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import type { Ids } from '../platform/ids.ts';
import { beginAttempt, refuseAttempt } from '../rate-limit/admit.ts';
import type { CoolDowns } from '../rate-limit/cool-downs.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { VoteStore } from './vote-store.ts';

/**
 * One vote a reader and comment: a second replaces the first, 0 withdraws it. Votes that come in a burst from one
 * network are taken all the same and set aside; the answer is the one to a vote that counts, so that whoever sends them
 * learns nothing from it.
 */
export async function voteComment(
  deps: { ids: Ids; votes: VoteStore; coolDowns: CoolDowns },
  context: Context<ReaderActor>,
  input: { articleKey: string; commentId: string; value: 1 | 0 | -1 },
): Promise<Result<{ upVotes: number; downVotes: number; value: 1 | 0 | -1 }>> {
  const attempt = await beginAttempt(deps, context, 'vote');
  if (!attempt.ok) return attempt;
  const result = await deps.votes.vote(attempt.value, { ...input, readerId: context.actor.id });
  switch (result.outcome) {
    case 'done':
      return ok({ upVotes: result.upVotes, downVotes: result.downVotes, value: input.value });
    case 'own-comment':
      return refuse({ reason: 'own-comment' });
    case 'not-found':
      return refuse({ reason: 'not-found', what: 'comment' });
    case 'banned':
      return refuse({ reason: 'banned', until: result.until });
    case 'limited':
      return refuseAttempt(deps, attempt.value, result.refusal);
  }
}
