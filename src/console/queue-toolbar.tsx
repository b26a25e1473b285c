import type { RefObject } from 'preact';
import type { DecisionKind, QueueName } from '../contract/moderation.ts';
import type { Order } from './address.ts';
import { DECISION_LABELS } from './lists.ts';

interface ToolbarProps {
  title: string;
  about: string;
  order: Order;
  onOrder: (order: Order) => void;
  filter: string;
  onFilter: (text: string) => void;
  filterField: RefObject<HTMLInputElement | null>;
  shown: number;
  loaded: number;
  markedCount: number;
  onMarkAll: (on: boolean) => void;
}

export function QueueToolbar(props: ToolbarProps) {
  const { filter, shown, loaded, markedCount, onMarkAll } = props;
  return (
    <div class="toolbar">
      <h1 title={props.about}>{props.title}</h1>
      <label class="mark-all">
        <input
          type="checkbox"
          disabled={shown === 0}
          checked={shown > 0 && markedCount >= shown}
          // Half marked is a property, not an attribute: it has to be set on the element.
          ref={(box) => {
            if (box) box.indeterminate = markedCount > 0 && markedCount < shown;
          }}
          onChange={(event) => onMarkAll(event.currentTarget.checked)}
        />
        <span class="mark-all-text">Select all loaded</span>
      </label>
      <label class="filter">
        <span class="spoken">Filter the loaded comments by name or text</span>
        <input
          ref={props.filterField}
          type="search"
          dir="auto"
          placeholder="Filter by name or text"
          aria-keyshortcuts="/"
          value={filter}
          onInput={(event) => props.onFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            props.onFilter('');
            event.currentTarget.blur();
          }}
        />
      </label>
      {filter.trim() !== '' && (
        <span class="quiet" role="status">
          {shown} of {loaded} loaded
        </span>
      )}
      <label class="order">
        <span class="spoken">Order</span>
        <select value={props.order} onChange={(event) => props.onOrder(event.currentTarget.value as Order)}>
          <option value="oldest">Oldest first</option>
          <option value="newest">Newest first</option>
        </select>
      </label>
    </div>
  );
}

/** What may be decided for many at once. */
export function bulkDecisions(list: QueueName): DecisionKind[] {
  switch (list) {
    case 'approved':
      return ['reject', 'spam'];
    case 'rejected':
      return ['approve', 'restore', 'spam'];
    case 'spam':
      return ['approve', 'restore', 'reject'];
    case 'deleted':
      return [];
    default:
      return ['approve', 'reject', 'spam'];
  }
}

interface BulkBarProps {
  count: number;
  list: QueueName;
  onDecide: (decision: DecisionKind) => void;
  onClear: () => void;
}

export function BulkBar({ count, list, onDecide, onClear }: BulkBarProps) {
  return (
    <section class="bulk" aria-label="Selected comments">
      <p role="status">{count} selected</p>
      {bulkDecisions(list).map((decision) => (
        <button key={decision} type="button" class={`button button-${decision}`} onClick={() => onDecide(decision)}>
          {DECISION_LABELS[decision].button} {count}
        </button>
      ))}
      <button type="button" class="button" onClick={onClear}>
        Clear
      </button>
    </section>
  );
}
