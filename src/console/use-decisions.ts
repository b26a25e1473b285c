import { useRef } from 'preact/hooks';
import type { DecisionKind, DecisionResult, QueueCounts, QueueItem, QueueName } from '../contract/moderation.ts';
import { type Api, placeOf, sentenceOf } from './api.ts';
import { type Answer, decideAll, undoAll } from './decision-calls.ts';
import { howMany, refusedRows, undoneRows } from './decision-results.ts';
import { isTypingNow } from './keyboard.ts';
import { DECISION_LABELS } from './lists.ts';
import type { TakenRow } from './queue-state.ts';
import type { Say } from './toast.tsx';
import type { Queue } from './use-queue.ts';

/** The decisions of one keypress or one click, kept so that they can be undone. */
interface Batch {
  list: QueueName;
  rows: TakenRow[];
  /** The ids that the server has decided on. Undo waits for them. */
  taken: Promise<string[]>;
}

/** Puts the server's results into the list, or only its counts when another list is shown. */
function useAnswers(api: Api, list: QueueName, queue: Queue, say: Say) {
  const { dispatch, latest, onTheirWay, recount } = queue;
  const shownList = useRef(list);
  shownList.current = list;

  function count(counts: QueueCounts | null, asOf: number) {
    if (counts) dispatch({ type: 'counted', counts, list: shownList.current, asOf });
    else recount();
  }

  async function refetch(stale: QueueItem) {
    const { item } = await api.dossier(placeOf(stale));
    dispatch({ type: 'replaced', item });
  }

  function comeBack(from: QueueName, taken: TakenRow[], results: DecisionResult[]) {
    const { rows, edited, notices, sentence } = refusedRows(taken, results);
    if (shownList.current === from) dispatch({ type: 'put-back', rows, notices });
    say({ text: sentence, tone: 'bad' });
    for (const { item } of edited) refetch(item).catch(() => undefined);
  }

  /** Waits for the server and answers the ids of the comments that it has decided on. */
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

  function takenBack(from: QueueName, taken: TakenRow[], asOf: number, { results, counts }: Answer) {
    const { rows, lost } = undoneRows(taken, results);
    // The answer may come while the moderator types: without the field, the next letters would be decisions.
    const isTyping = isTypingNow();
    if (shownList.current === from) {
      dispatch({ type: 'put-back', rows, notices: new Map(), focus: rows.length > 0 && !isTyping });
    } else {
      const ids = rows.map(({ item }) => item.id);
      // The field may stand in the selected row.
      const gone = isTyping ? ids.filter((id) => id !== latest.current.selectedId) : ids;
      dispatch({ type: 'taken', ids: gone, focus: !isTyping });
    }
    count(counts, asOf);
    if (lost > 0) say({ text: `${howMany(lost)} not undone: somebody has changed it since.`, tone: 'bad' });
    else say({ text: `Undone: ${howMany(rows.length)} back.` });
  }

  return { settle, takenBack };
}

/** Decisions are shown as made before the server has answered; those that it refuses come back with a sentence. */
export function useDecisions(api: Api, list: QueueName, queue: Queue, say: Say) {
  const { dispatch, latest, questions, onTheirWay } = queue;
  const { settle, takenBack } = useAnswers(api, list, queue, say);
  const batches = useRef<Batch[]>([]);
  const undoing = useRef(Promise.resolve());

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

  async function takeBack(batch: Batch | undefined): Promise<void> {
    if (!batch) return say({ text: 'There is nothing to undo.' });
    const taken = new Set(await batch.taken);
    // The server refused all of it, so there is nothing to undo, and the batch before is meant.
    if (taken.size === 0) return takeBack(batches.current.pop());
    const items = batch.rows.map(({ item }) => item).filter(({ id }) => taken.has(id));
    const asOf = ++questions.current;
    try {
      takenBack(batch.list, batch.rows, asOf, await undoAll(api, items));
    } catch (error) {
      batches.current.push(batch);
      say({ text: `Not undone. ${sentenceOf(error)}`, tone: 'bad' });
    }
  }

  /** One after another: the focus goes to what was asked for last, however fast the answers come. */
  function undo() {
    const batch = batches.current.pop();
    undoing.current = undoing.current.then(() => takeBack(batch));
  }

  return { decide, undo };
}
