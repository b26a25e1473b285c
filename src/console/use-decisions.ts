import { useRef } from 'preact/hooks';
import type {
  CommentStatus,
  DecisionKind,
  DecisionResult,
  QueueCounts,
  QueueItem,
  QueueName,
} from '../contract/moderation.ts';
import { type Api, ProblemError, placeOf, sentenceOf } from './api.ts';
import { DECISION_LABELS, decidedAlready, STATUS_LABELS } from './lists.ts';
import type { TakenRow } from './queue-state.ts';
import type { Say } from './toast.tsx';
import type { Queue } from './use-queue.ts';

/** The server takes this many decisions in one call. */
const CALL_SIZE = 100;

/** What one keypress or one click decided, kept so that it can be taken back. */
interface Batch {
  list: QueueName;
  rows: TakenRow[];
  /** The ids that the server really took. Undo waits for it. */
  taken: Promise<string[]>;
}

interface Answer {
  results: DecisionResult[];
  counts: QueueCounts | null;
}

const refused = (id: string, outcome: DecisionResult['outcome'], error: ProblemError): Answer => {
  const { decidedBy = null, currentStatus = null } = error.document;
  return { results: [{ id, outcome, status: currentStatus as CommentStatus | null, decidedBy }], counts: null };
};

/** One comment has its own address, whose refusals are problems; they are read as what they are: results. */
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

async function decideAll(api: Api, items: QueueItem[], decision: DecisionKind, reason: string): Promise<Answer> {
  const [first] = items;
  if (items.length === 1 && first) return decideOne(api, first, decision, reason);
  const all: Answer = { results: [], counts: null };
  for (let at = 0; at < items.length; at += CALL_SIZE) {
    const comments = items
      .slice(at, at + CALL_SIZE)
      .map((item) => ({ ...placeOf(item), expectedStatus: item.status, revision: item.revision }));
    const { results, counts } = await api.decideMany({ decision, reason, comments });
    all.results.push(...results);
    all.counts = counts;
  }
  return all;
}

function noticeOf({ outcome, status, decidedBy }: DecisionResult): string {
  switch (outcome) {
    case 'edited-meanwhile':
      return 'The author has edited this meanwhile. Read it again.';
    case 'not-found':
      return 'This comment is no longer there.';
    case 'transition-not-allowed':
      return status ? `This is not possible: the comment is ${STATUS_LABELS[status]}.` : 'This is not possible now.';
    default:
      return decidedAlready(decidedBy, status);
  }
}

const howMany = (count: number) => (count === 1 ? '1 comment' : `${count} comments`);

/** Decisions are shown as made before the server has answered; what it refuses comes back with a sentence. */
export function useDecisions(api: Api, list: QueueName, queue: Queue, say: Say) {
  const { dispatch, latest, questions, onTheirWay, recount } = queue;
  const batches = useRef<Batch[]>([]);
  const shownList = useRef(list);
  shownList.current = list;

  const count = (counts: QueueCounts | null, asOf: number) => {
    if (counts) dispatch({ type: 'counted', counts, list: shownList.current, asOf });
    else recount();
  };

  async function refetch(stale: QueueItem) {
    const { item } = await api.dossier(placeOf(stale));
    dispatch({ type: 'replaced', item });
  }

  function comeBack(from: QueueName, rows: TakenRow[], results: DecisionResult[]) {
    const refusals = results.filter((result) => result.outcome !== 'done');
    const notices = new Map(
      refusals.map((result) => [result.id, { text: noticeOf(result), gone: result.outcome !== 'edited-meanwhile' }]),
    );
    const back = rows.flatMap(({ item, index }) => {
      const refusal = refusals.find((result) => result.id === item.id);
      return refusal ? [{ index, item: { ...item, status: refusal.status ?? item.status } }] : [];
    });
    if (shownList.current === from) dispatch({ type: 'put-back', rows: back, notices });
    const [only] = refusals;
    const whose = rows.find(({ item }) => item.id === only?.id)?.item.authorName;
    if (refusals.length === 1 && only) say({ text: `${noticeOf(only)} (Comment by ${whose}.)`, tone: 'bad' });
    else say({ text: `${howMany(refusals.length)} could not be decided; the rows say why.`, tone: 'bad' });
    const edited = new Set(refusals.flatMap(({ id, outcome }) => (outcome === 'edited-meanwhile' ? [id] : [])));
    for (const { item } of rows) if (edited.has(item.id)) refetch(item).catch(() => undefined);
  }

  async function settle(from: QueueName, rows: TakenRow[], asOf: number, answer: Promise<Answer>): Promise<string[]> {
    const ids = rows.map(({ item }) => item.id);
    try {
      const { results, counts } = await answer;
      for (const id of ids) onTheirWay.current.delete(id);
      const done = results.filter((result) => result.outcome === 'done').map(({ id }) => id);
      if (done.length < results.length) comeBack(from, rows, results);
      count(counts, asOf);
      return done;
    } catch (error) {
      for (const id of ids) onTheirWay.current.delete(id);
      const sentence = `Not saved. ${sentenceOf(error)}`;
      const notices = new Map(ids.map((id) => [id, { text: sentence, gone: false }]));
      if (shownList.current === from) dispatch({ type: 'put-back', rows, notices });
      say({ text: sentence, tone: 'bad' });
      return [];
    }
  }

  function decide(ids: readonly string[], decision: DecisionKind, reason = '') {
    const wanted = new Set(ids);
    const rows = latest.current.items.flatMap((item, index) => (wanted.has(item.id) ? [{ item, index }] : []));
    if (rows.length === 0) return;
    for (const { item } of rows) onTheirWay.current.add(item.id);
    dispatch({ type: 'taken', ids: rows.map(({ item }) => item.id) });
    const { done } = DECISION_LABELS[decision];
    say({ text: rows.length === 1 ? `${done}.` : `${done}: ${howMany(rows.length)}.`, undo: true });
    const items = rows.map(({ item }) => item);
    const taken = settle(list, rows, ++questions.current, decideAll(api, items, decision, reason));
    batches.current.push({ list, rows, taken });
  }

  async function undo(): Promise<void> {
    const batch = batches.current.pop();
    if (!batch) return say({ text: 'There is nothing to undo.' });
    const taken = new Set(await batch.taken);
    // All of it was refused, so there is nothing to take back: the one before is meant.
    if (taken.size === 0) return undo();
    const places = batch.rows.filter(({ item }) => taken.has(item.id)).map(({ item }) => placeOf(item));
    const asOf = ++questions.current;
    try {
      const results: DecisionResult[] = [];
      let counts: QueueCounts | null = null;
      for (let at = 0; at < places.length; at += CALL_SIZE) {
        const answer = await api.undo(places.slice(at, at + CALL_SIZE));
        results.push(...answer.results);
        counts = answer.counts;
      }
      const back = batch.rows.flatMap(({ item, index }) => {
        const result = results.find(({ id, outcome }) => id === item.id && outcome === 'done');
        return result ? [{ index, item: { ...item, status: result.status ?? item.status } }] : [];
      });
      if (shownList.current === batch.list) {
        dispatch({
          type: 'put-back',
          rows: back,
          notices: new Map(),
          focus: back.length > 0,
        });
      } else {
        dispatch({ type: 'taken', ids: back.map(({ item }) => item.id) });
      }
      count(counts, asOf);
      const lost = results.filter((result) => result.outcome !== 'done').length;
      if (lost > 0) say({ text: `${howMany(lost)} not undone: somebody has changed it since.`, tone: 'bad' });
      else say({ text: `Undone: ${howMany(back.length)} back.` });
    } catch (error) {
      batches.current.push(batch);
      say({ text: `Not undone. ${sentenceOf(error)}`, tone: 'bad' });
    }
  }

  return { decide, undo };
}

export type Decisions = ReturnType<typeof useDecisions>;
