import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The most common reasons. The author reads them, so each is a sentence to a person. */
const SUGGESTIONS = [
  'This is off the topic of the article.',
  'Please criticise the argument, not the person.',
  'This insults a group of people.',
  'This claim needs a source.',
  'This names private details of somebody.',
];

interface RejectFormProps {
  /** The number of comments to reject, all for the same reason. */
  count: number;
  onSend: (reason: string) => void;
  onCancel: () => void;
}

export function RejectForm({ count, onSend, onCancel }: RejectFormProps) {
  const [reason, setReason] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The field takes the focus before the next keypress, which is the first letter of the reason and no command.
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <form
      class="reject-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(reason.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      <label>
        <span class="reject-label">
          Reason{count > 1 ? ` for all ${count}` : ''} <span class="quiet">(may stay empty; the author reads it)</span>
        </span>
        <input
          ref={field}
          type="text"
          dir="auto"
          maxLength={500}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <div class="suggestions">
        {SUGGESTIONS.map((text) => (
          <button
            key={text}
            type="button"
            class="suggestion"
            onClick={() => {
              setReason(text);
              field.current?.focus();
            }}
          >
            {text}
          </button>
        ))}
      </div>
      <div class="buttons">
        <button type="submit" class="button button-reject">
          Reject{count > 1 ? ` ${count}` : ''} <kbd>↵</kbd>
        </button>
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
