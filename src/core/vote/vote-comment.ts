import type { ReaderActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import type { Ids } from '../platform/ids.ts';
import { admit, admitNetwork } from '../rate-limit/admit.ts';
import { LIMITS } from '../rate-limit/limits.ts';
import type { RateLimitLog } from '../rate-limit/rate-limit-log.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { VoteStore } from './vote-store.ts';

interface Deps {
  ids: Ids;
  votes: VoteStore;
  rateLimits: RateLimitLog;
}

async function isBeyondBurst(deps: Deps, context: Context<ReaderActor>, commentId: string): Promise<boolean> {
  const actorKey = `${await context.network()}:${commentId}`;
  // A reader who changes their mind is still one voter.
  const attempt = { actorKey, mark: context.actor.id, now: context.now };
  return !(await admit(deps, { limit: LIMITS.votesOnOneComment, ...attempt })).ok;
}

/**
 * One vote a reader and comment: a second replaces the first, 0 withdraws it. Votes that come in a burst from one
 * network are taken all the same and set aside; the answer is the one to a vote that counts, so that whoever sends them
 * learns nothing from it.
 */
export async function voteComment(
  deps: Deps,
  context: Context<ReaderActor>,
  input: { articleKey: string; commentId: string; value: 1 | 0 | -1 },
): Promise<Result<{ upVotes: number; downVotes: number; value: 1 | 0 | -1 }>> {
  const admitted = await admitNetwork(deps, context, LIMITS.voteByNetwork);
  if (!admitted.ok) return admitted;
  const { commentId, value } = input;
  const isSetAside = value !== 0 && (await isBeyondBurst(deps, context, commentId));
  const result = await deps.votes.vote({
    ...input,
    siteId: context.site,
    readerId: context.actor.id,
    isSetAside,
    now: context.now,
  });
  switch (result.outcome) {
    case 'done':
      return ok({ upVotes: result.upVotes, downVotes: result.downVotes, value });
    case 'own-comment':
      return refuse({ reason: 'own-comment' });
    case 'not-found':
      return refuse({ reason: 'not-found', what: 'comment' });
  }
}
