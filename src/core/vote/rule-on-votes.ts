import type { ModeratorActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { RuledVotes, VoteRuling } from './vote-ruling.ts';
import type { VoteStore } from './vote-store.ts';

/** A ruling reads six rows a vote and writes one: so many at once leave the database free for others. */
const VOTES_A_RULING = 1_000;

/** Counts, or discards, what is set aside on one comment at this moment, up to a thousand votes. One round trip. */
export async function ruleOnVotes(
  deps: { ids: Ids; votes: VoteStore },
  context: Context<ModeratorActor>,
  input: { articleKey: string; commentId: string; ruling: VoteRuling },
): Promise<Result<RuledVotes>> {
  const ruled = await deps.votes.ruleOnVotes(deedOf(context, deps.ids), { ...input, limit: VOTES_A_RULING });
  return ruled === null ? refuse({ reason: 'not-found', what: 'comment' }) : ok(ruled);
}
