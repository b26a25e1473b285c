import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Message {
  text: string;
  tone?: 'good' | 'bad';
  /** Offers to undo the decision. The key works for longer than the button is shown. */
  undo?: boolean;
}

export type Say = (message: Message) => void;

/** Bad news stays until it is closed; other messages go after this time. */
const SHOWN_MS = 10_000;

export function useToast() {
  const [toast, setToast] = useState<(Message & { turn: number }) | null>(null);
  const say = useCallback<Say>((message) => setToast((last) => ({ ...message, turn: (last?.turn ?? 0) + 1 })), []);
  const dismiss = useCallback(() => setToast(null), []);
  useEffect(() => {
    if (!toast || toast.tone === 'bad') return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, dismiss]);
  return { toast, say, dismiss };
}

interface ToastProps {
  toast: ReturnType<typeof useToast>['toast'];
  onUndo?: (() => void) | undefined;
  onDismiss: () => void;
}

export function Toast({ toast, onUndo, onDismiss }: ToastProps) {
  return (
    <>
      {/* Two regions take turns, so that the same sentence twice in a row is spoken twice. */}
      <div class="spoken" role="status" aria-live="polite">
        {toast && toast.turn % 2 === 0 ? toast.text : ''}
      </div>
      <div class="spoken" role="status" aria-live="polite">
        {toast && toast.turn % 2 === 1 ? toast.text : ''}
      </div>
      {toast && (
        <div class={`toast ${toast.tone === 'bad' ? 'toast-bad' : ''}`} key={toast.turn}>
          <p dir="auto">{toast.text}</p>
          {toast.undo && onUndo && (
            <button type="button" class="toast-button" onClick={onUndo}>
              Undo <kbd>z</kbd>
            </button>
          )}
          <button type="button" class="toast-button toast-close" aria-label="Close this message" onClick={onDismiss}>
            ×
          </button>
        </div>
      )}
    </>
  );
}
