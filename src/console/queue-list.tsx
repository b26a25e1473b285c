import type { ComponentChildren } from 'preact';
import type { DecisionKind, QueueItem, QueueName } from '../contract/moderation.ts';
import { QueueRow } from './queue-row.tsx';
import type { QueueAction, QueueState } from './queue-state.ts';

interface QueueListProps {
  label: string;
  list: QueueName;
  state: QueueState;
  dispatch: (action: QueueAction) => void;
  shown: QueueItem[];
  detailShown: boolean;
  onDecide: (item: QueueItem, decision: DecisionKind) => void;
  onDetail: (isShown: boolean) => void;
  /** The content below the selected row's own. */
  below: (item: QueueItem) => ComponentChildren;
}

/** A feed: its rows take the focus one by one, and each says its position and the length of the list. */
export function QueueList({ label, list, state, dispatch, shown, detailShown, ...on }: QueueListProps) {
  const unfiltered = state.counts !== null && state.filter === '';
  const setSize = unfiltered ? Math.max(state.counts?.[list] ?? 0, shown.length) : shown.length;
  return (
    <div role="feed" aria-label={label} aria-busy={state.more === 'loading'}>
      {shown.map((item, index) => {
        const selected = item.id === state.selectedId;
        return (
          <QueueRow
            key={item.id}
            item={item}
            list={list}
            position={index + 1}
            setSize={setSize}
            selected={selected}
            marked={state.marked.has(item.id)}
            notice={state.notices.get(item.id)}
            onSelect={() => selected || dispatch({ type: 'selected', id: item.id })}
            onMark={() => dispatch({ type: 'marked', id: item.id })}
            onDecide={(decision) => on.onDecide(item, decision)}
            onDetail={on.onDetail}
            onDismiss={() => dispatch({ type: 'dismissed', id: item.id })}
            detailShown={detailShown}
          >
            {selected && on.below(item)}
          </QueueRow>
        );
      })}
    </div>
  );
}
