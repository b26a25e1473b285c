import type { DecisionResult } from '../contract/moderation.ts';
import { decidedAlready, STATUS_LABELS } from './lists.ts';
import type { Notice, TakenRow } from './queue-state.ts';

export function howMany(count: number): string {
  return count === 1 ? '1 comment' : `${count} comments`;
}

/** The reason why a decision was not taken, for its row. */
export function noticeOf({ outcome, status, decidedBy }: DecisionResult): string {
  switch (outcome) {
    case 'edited-meanwhile':
      return 'The author has edited this in the meantime. Read it again.';
    case 'not-found':
      return 'This comment is no longer there.';
    case 'transition-not-allowed':
      return status ? `This is not possible: the comment is ${STATUS_LABELS[status]}.` : 'This is not possible now.';
    default:
      return decidedAlready(decidedBy, status);
  }
}

function rowsOf(rows: readonly TakenRow[], results: readonly DecisionResult[]): TakenRow[] {
  return rows.flatMap(({ item, index }) => {
    const result = results.find(({ id }) => id === item.id);
    return result ? [{ index, item: { ...item, status: result.status ?? item.status } }] : [];
  });
}

/**
 * The rows whose decisions were not taken, each with its notice, and a sentence for all of them; the text of the
 * `edited` ones is not the latest here.
 */
export function refusedRows(rows: readonly TakenRow[], results: readonly DecisionResult[]) {
  const refusals = results.filter(({ outcome }) => outcome !== 'done');
  const notices = new Map<string, Notice>(
    refusals.map((result) => [result.id, { text: noticeOf(result), gone: result.outcome !== 'edited-meanwhile' }]),
  );
  const [only] = refusals;
  const whose = rows.find(({ item }) => item.id === only?.id)?.item.authorName;
  const sentence =
    refusals.length === 1 && only
      ? `${noticeOf(only)} (Comment by ${whose}.)`
      : `${howMany(refusals.length)} could not be decided; the rows say why.`;
  const edited = refusals.filter(({ outcome }) => outcome === 'edited-meanwhile');
  return { rows: rowsOf(rows, refusals), edited: rowsOf(rows, edited), notices, sentence };
}

/** The rows whose decisions were undone, as they are now, and the number of those that were not. */
export function undoneRows(rows: readonly TakenRow[], results: readonly DecisionResult[]) {
  const done = results.filter(({ outcome }) => outcome === 'done');
  return { rows: rowsOf(rows, done), lost: results.length - done.length };
}
