import type { CommentStatus, DecisionKind, DecisionResult, QueueCounts, QueueItem } from '../contract/moderation.ts';
import { type Api, ProblemError, placeOf } from './api.ts';

/** The server takes this many decisions in one call. */
const CALL_SIZE = 100;

/** The server's results for some decisions. */
export interface Answer {
  results: DecisionResult[];
  counts: QueueCounts | null;
}

const refused = (id: string, outcome: DecisionResult['outcome'], error: ProblemError): Answer => {
  const { decidedBy = null, currentStatus = null } = error.document;
  return { results: [{ id, outcome, status: currentStatus as CommentStatus | null, decidedBy }], counts: null };
};

/** A single decision has its own address, whose refusals are problems; they are read as results. */
async function decideOne(api: Api, item: QueueItem, decision: DecisionKind, reason: string): Promise<Answer> {
  try {
    const expected = { expectedStatus: item.status, revision: item.revision };
    const { result, counts } = await api.decide(placeOf(item), { decision, reason, ...expected });
    return { results: [result], counts };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    switch (error.reason) {
      case 'decided-already':
      case 'edited-meanwhile':
      case 'transition-not-allowed':
      case 'not-found':
        return refused(item.id, error.reason, error);
      default:
        throw error;
    }
  }
}

async function inCalls<T>(all: readonly T[], call: (some: T[]) => Promise<Answer>): Promise<Answer> {
  const whole: Answer = { results: [], counts: null };
  for (let at = 0; at < all.length; at += CALL_SIZE) {
    const { results, counts } = await call(all.slice(at, at + CALL_SIZE));
    whole.results.push(...results);
    whole.counts = counts;
  }
  return whole;
}

export async function decideAll(
  api: Api,
  items: readonly QueueItem[],
  decision: DecisionKind,
  reason: string,
): Promise<Answer> {
  const [first] = items;
  if (items.length === 1 && first) return decideOne(api, first, decision, reason);
  return inCalls(items, (some) => {
    const comments = some.map((item) => ({ ...placeOf(item), expectedStatus: item.status, revision: item.revision }));
    return api.decideMany({ decision, reason, comments });
  });
}

export async function undoAll(api: Api, items: readonly QueueItem[]): Promise<Answer> {
  return inCalls(items, (some) => api.undo(some.map(placeOf)));
}
