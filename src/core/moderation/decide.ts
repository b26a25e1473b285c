import type { CommentStatus } from '../comment/comment-status.ts';
import type { ModeratorActor } from '../event/actor.ts';
import type { Context } from '../event/context.ts';
import { deedAfter, deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import { cleanText } from '../text/clean.ts';
import { type Decision, statusAfter, VERB_OF } from './decision.ts';
import type { ModerationStore } from './moderation-store.ts';
import type { QueueCounts } from './queue.ts';
import type { ChangeResult, StatusChange } from './status-change.ts';

interface Deps {
  ids: Ids;
  moderation: ModerationStore;
}

interface DecideInput {
  decision: Decision;
  reason: string;
  comments: { id: string; articleKey: string; expectedStatus: CommentStatus; revision: number }[];
}

export interface DecisionResult {
  id: string;
  outcome: 'done' | 'decided-already' | 'edited-meanwhile' | 'transition-not-allowed' | 'not-found';
  status: CommentStatus | null;
  decidedBy: string | null;
}

interface Decided {
  results: DecisionResult[];
  /** The articles whose threads may look different now. */
  articleKeys: string[];
  counts: QueueCounts;
}

const addressOf = ({ id, articleKey }: { id: string; articleKey: string }): string => `${id} ${articleKey}`;

/** The comments, one that was named twice as it was named last. */
const eachOnce = <Comment extends { id: string; articleKey: string }>(comments: Comment[]): Comment[] => [
  ...new Map(comments.map((comment) => [addressOf(comment), comment])).values(),
];

const explain = (result: ChangeResult, asked: StatusChange): DecisionResult => {
  const { id, status, revision, decidedBy } = result;
  if (result.done) return { id, outcome: 'done', status, decidedBy };
  if (status === null) return { id, outcome: 'not-found', status, decidedBy: null };
  if (status === asked.from && revision !== asked.revision)
    return { id, outcome: 'edited-meanwhile', status, decidedBy: null };
  return { id, outcome: 'decided-already', status, decidedBy };
};

const changedArticles = (results: ChangeResult[]): string[] => [
  ...new Set(results.flatMap(({ done, articleKey }) => (done && articleKey !== null ? [articleKey] : []))),
];

/**
 * Decides on up to a hundred comments at once. Each decision holds only where the comment still is what the moderator
 * saw; the others are answered one by one, with the name of whoever was first. One round trip.
 */
export async function decide(
  deps: Deps,
  context: Context<ModeratorActor>,
  input: DecideInput,
): Promise<Result<Decided>> {
  const changes: StatusChange[] = [];
  const notAllowed: DecisionResult[] = [];
  for (const { id, articleKey, expectedStatus, revision } of eachOnce(input.comments)) {
    const to = statusAfter(input.decision, expectedStatus);
    if (to === null)
      notAllowed.push({ id, outcome: 'transition-not-allowed', status: expectedStatus, decidedBy: null });
    else changes.push({ id, articleKey, from: expectedStatus, to, revision });
  }
  const { results, counts } = await deps.moderation.decide(deedOf(context, deps.ids), {
    verb: VERB_OF[input.decision],
    reason: cleanText(input.reason).trim(),
    changes,
  });
  const explained = results.map((result, i) => explain(result, changes[i] as StatusChange));
  return ok({ results: [...explained, ...notAllowed], articleKeys: changedArticles(results), counts });
}

/** One decision, where anything but done is a refusal. */
export async function decideOne(
  deps: Deps,
  context: Context<ModeratorActor>,
  input: DecideInput,
): Promise<Result<Decided>> {
  const decided = await decide(deps, context, input);
  const [result] = decided.ok ? decided.value.results : [];
  switch (result?.outcome) {
    case 'not-found':
      return refuse({ reason: 'not-found', what: 'comment' });
    case 'edited-meanwhile':
      return refuse({ reason: 'edited-meanwhile' });
    case 'decided-already':
      return refuse({
        reason: 'decided-already',
        status: result.status ?? 'deleted',
        decidedBy: result.decidedBy,
      });
    case 'transition-not-allowed':
      return refuse({ reason: 'transition-not-allowed', status: result.status ?? 'deleted' });
    default:
      return decided;
  }
}

/**
 * Takes back the last decision on each comment, when it was this moderator's own and still is the last word.
 * Two round trips.
 */
export async function undo(
  deps: Deps,
  context: Context<ModeratorActor>,
  input: { comments: { id: string; articleKey: string }[] },
): Promise<Result<Decided>> {
  const asked = eachOnce(input.comments);
  const last = await deps.moderation.findLastDecisions(context.site, asked);
  const own = last.filter((decision) => decision.moderatorId === context.actor.id);
  const changes = own.map(({ id, articleKey, from, to, revision }) => ({
    id,
    articleKey,
    from: to,
    to: from,
    revision,
  }));
  const lastEventId =
    own
      .map(({ eventId }) => eventId)
      .sort()
      .at(-1) ?? null;
  const { results, counts } = await deps.moderation.decide(deedAfter(lastEventId, context, deps.ids), {
    verb: 'comment.decision-undone',
    reason: '',
    changes,
  });
  const explained = results.map((result, i) => explain(result, changes[i] as StatusChange));
  const missing = asked
    .filter((comment) => !own.some((decision) => addressOf(decision) === addressOf(comment)))
    .map(({ id }): DecisionResult => ({ id, outcome: 'transition-not-allowed', status: null, decidedBy: null }));
  return ok({ results: [...explained, ...missing], articleKeys: changedArticles(results), counts });
}
