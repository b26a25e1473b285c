import type { QueueCounts, QueueName } from '../contract/moderation.ts';
import { waitsElsewhere } from './lists.ts';

/** A sun that has set below the line. Its colours come from the style sheet, so that it follows dark mode. */
function Drawing() {
  return (
    <svg class="drawing" viewBox="0 0 240 120" aria-hidden="true">
      <circle class="drawing-glow" cx="120" cy="78" r="54" />
      <path class="drawing-sun" d="M82 78a38 38 0 0 1 76 0z" />
      <path class="drawing-line" d="M14 78h212" />
      <path class="drawing-wave" d="M70 90h100M88 100h64M104 110h32" />
      <path class="drawing-bird" d="M44 40q7-8 13 0q6-8 13 0M176 28q5-6 9 0q4-6 9 0" />
    </svg>
  );
}

interface EmptyProps {
  list: QueueName;
  counts: QueueCounts | null;
  hrefOf: (list: QueueName) => string;
}

const WORKED_THROUGH: readonly QueueName[] = ['pending', 'reported', 'unmoderated'];

export function EmptyState({ list, counts, hrefOf }: EmptyProps) {
  const waiting = counts ? waitsElsewhere(counts, list) : [];
  const done = WORKED_THROUGH.includes(list);
  return (
    <div class="empty">
      <Drawing />
      <p class="empty-title">{done ? 'All caught up' : 'Nothing here'}</p>
      {waiting.length > 0 && counts ? (
        <p>
          Still waiting:{' '}
          {waiting.map(({ name, label }, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <a href={hrefOf(name)}>
                {counts[name]} {label.toLowerCase()}
              </a>
            </span>
          ))}
        </p>
      ) : (
        <p class="quiet">
          {done ? 'Nothing waits in the other lists either. Well done.' : 'Comments come here by decisions.'}
        </p>
      )}
    </div>
  );
}

/** Grey rows in the shape of the comments to come. */
export function QueueSkeleton() {
  return (
    <div class="skeletons" role="status">
      <span class="spoken">Loading comments</span>
      {[1, 2, 3, 4, 5, 6].map((row) => (
        <div key={row} class="skeleton skeleton-row" aria-hidden="true" />
      ))}
    </div>
  );
}
