import type { RefObject } from 'preact';
import type { QueueName } from '../contract/moderation.ts';
import type { Order } from './address.ts';
import { LISTS, labelOf } from './lists.ts';

interface ToolbarProps {
  list: QueueName;
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
  const { list, filter, shown, loaded, markedCount, onMarkAll } = props;
  return (
    <div class="toolbar">
      <h1 title={LISTS.find(({ name }) => name === list)?.about}>{labelOf(list)}</h1>
      <label class="mark-all">
        <input
          type="checkbox"
          disabled={shown === 0}
          checked={shown > 0 && markedCount >= shown}
          // `indeterminate` is a property and not an attribute, so it has to be set on the element.
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
