import { useLayoutEffect, useState } from 'preact/hooks';
import type { DecisionKind, QueueItem, QueueName } from '../contract/moderation.ts';
import type { Order } from './address.ts';
import type { Api } from './api.ts';
import { bulkDecisions, decisionsFor } from './lists.ts';
import { rowId } from './queue-row.tsx';
import { shownItems } from './queue-state.ts';
import { useToast } from './toast.tsx';
import { useDecisions } from './use-decisions.ts';
import { useWide } from './use-layout.ts';
import { useQueue } from './use-queue.ts';

/** Stands for all marked comments in the place of one comment's id. No id looks like this. */
export const MARKED = 'all marked';

/** The comment, or all marked ones, to reject as soon as there is a reason. */
function useRejecting(shown: readonly QueueItem[], marked: readonly string[]) {
  const [rejecting, setRejecting] = useState<string | null>(null);
  // A form that is gone with its comments does not come back with others.
  const isPointless = rejecting === MARKED ? marked.length === 0 : !shown.some(({ id }) => id === rejecting);
  useLayoutEffect(() => {
    if (isPointless) setRejecting(null);
  }, [isPointless]);
  return [rejecting, setRejecting] as const;
}

/** One list and all that can be done in it: by key or by button, for one comment or for many. */
export function useDesk(api: Api, list: QueueName, order: Order) {
  const queue = useQueue(api, list, order);
  const { state, dispatch } = queue;
  const { toast, say, dismiss } = useToast();
  const { decide, undo } = useDecisions(api, list, queue, say);
  const wide = useWide();
  const [detail, setDetail] = useState(wide);

  const shown = shownItems(state);
  const selected = shown.find((item) => item.id === state.selectedId) ?? null;
  const marked = [...state.marked];
  const [rejecting, setRejecting] = useRejecting(shown, marked);
  const idsOf = (which: string) => (which === MARKED ? marked : [which]);

  function focusRow() {
    const row = selected && document.getElementById(rowId(selected.id));
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  // The focus follows only when the console has moved the selection.
  useLayoutEffect(() => {
    setRejecting(null);
    if (state.focusTurn > 0) focusRow();
  }, [state.focusTurn]);

  function stopRejecting() {
    setRejecting(null);
    focusRow();
  }

  /** A rejection asks for its reason first. */
  function begin(decision: DecisionKind, which: string) {
    if (decision === 'reject') setRejecting(which);
    else decide(idsOf(which), decision);
  }

  /** A key, or a decision for many, does nothing that the buttons do not offer. */
  function ask(decision: DecisionKind, which: string | undefined) {
    if (which === undefined) return;
    const offered = which === MARKED ? bulkDecisions(list) : selected ? decisionsFor(selected.status, list) : [];
    if (offered.includes(decision) && idsOf(which).length > 0) begin(decision, which);
  }

  function askInRow(item: QueueItem, decision: DecisionKind) {
    dispatch({ type: 'selected', id: item.id });
    begin(decision, item.id);
  }

  function sendReason(reason: string) {
    if (rejecting) decide(idsOf(rejecting), 'reject', reason);
    setRejecting(null);
  }

  /** Closes the topmost thing: the reason, the message, the details in the row, or the marks. */
  function close() {
    if (rejecting) stopRejecting();
    else if (toast) dismiss();
    else if (detail && !wide) setDetail(false);
    else dispatch({ type: 'marked-all', on: false });
  }

  const seen = { list, queue, state, shown, selected, marked, wide, detail, rejecting, toast };
  return {
    ...seen,
    dispatch,
    say,
    dismiss,
    undo,
    setDetail,
    focusRow,
    ask,
    askInRow,
    sendReason,
    stopRejecting,
    close,
  };
}

export type Desk = ReturnType<typeof useDesk>;
