import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import { admit } from '../rate-limit/admit.ts';
import { LIMITS } from '../rate-limit/limits.ts';
import type { RateLimitLog } from '../rate-limit/rate-limit-log.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { VoteStore } from './vote-store.ts';

type Deps = { clock: Clock; ids: Ids; votes: VoteStore; rateLimits: RateLimitLog };

const isBeyondBurst = async (
  deps: Deps,
  input: { networkKey: string; commentId: string; readerId: string; now: number },
): Promise<boolean> => {
  const { networkKey, commentId, readerId, now } = input;
  // Whoever changes their mind is still one voter.
  const attempt = { actorKey: `${networkKey}:${commentId}`, mark: readerId, now };
  return !(await admit(deps, { limit: LIMITS.votesOnOneComment, ...attempt })).ok;
};

/**
 * One vote a reader and comment: a second replaces the first, 0 withdraws it. Votes that come in a burst from one
 * network are taken all the same and set aside; the answer is the one to a vote that counts, so that whoever sends them
 * learns nothing from it.
 */
export async function voteComment(
  deps: Deps,
  input: { siteId: string; commentId: string; readerId: string; networkKey: string; value: 1 | 0 | -1 },
): Promise<Result<{ upVotes: number; downVotes: number; value: 1 | 0 | -1 }>> {
  const now = deps.clock.now();
  const attempt = { limit: LIMITS.voteByNetwork, actorKey: input.networkKey, mark: deps.ids.sortable(now), now };
  const admitted = await admit(deps, attempt);
  if (!admitted.ok) return admitted;
  const { siteId, commentId, readerId, value } = input;
  const isQuarantined = value !== 0 && (await isBeyondBurst(deps, { ...input, now }));
  const result = await deps.votes.vote({ siteId, commentId, readerId, value, isQuarantined, now });
  switch (result.outcome) {
    case 'done':
      return ok({ upVotes: result.upVotes, downVotes: result.downVotes, value });
    case 'own-comment':
      return refuse({ reason: 'own-comment' });
    case 'not-found':
      return refuse({ reason: 'not-found', what: 'comment' });
  }
}
