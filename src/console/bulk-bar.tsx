import type { DecisionKind, QueueName } from '../contract/moderation.ts';
import { bulkDecisions, DECISION_LABELS } from './lists.ts';

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
