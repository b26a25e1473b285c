import { useEffect, useRef } from 'preact/hooks';

export type Command =
  | 'next'
  | 'previous'
  | 'approve'
  | 'reject'
  | 'spam'
  | 'undo'
  | 'mark'
  | 'approve-marked'
  | 'reject-marked'
  | 'spam-marked'
  | 'open-article'
  | 'toggle-detail'
  | 'focus-filter'
  | 'help'
  | 'close';

interface Key {
  keys: string[];
  command: Command;
  does: string;
  /** True when holding the key repeats it. Only moving repeats: a held `a` must not approve the whole queue. */
  repeats?: boolean;
}

export const KEYS: readonly Key[] = [
  { keys: ['j', 'ArrowDown'], command: 'next', does: 'Next comment', repeats: true },
  { keys: ['k', 'ArrowUp'], command: 'previous', does: 'Previous comment', repeats: true },
  { keys: ['a'], command: 'approve', does: 'Approve' },
  { keys: ['r'], command: 'reject', does: 'Reject: give a reason, Enter sends, Esc cancels' },
  { keys: ['s'], command: 'spam', does: 'Mark as spam' },
  { keys: ['z'], command: 'undo', does: 'Undo the last decision; again for the one before' },
  { keys: ['x'], command: 'mark', does: 'Select for deciding many at once' },
  { keys: ['A'], command: 'approve-marked', does: 'Approve all selected' },
  { keys: ['R'], command: 'reject-marked', does: 'Reject all selected' },
  { keys: ['S'], command: 'spam-marked', does: 'Mark all selected as spam' },
  { keys: ['Enter'], command: 'toggle-detail', does: 'Show or hide the details' },
  { keys: ['o'], command: 'open-article', does: 'Open the article in a new tab, at the comment while it is visible' },
  { keys: ['/'], command: 'focus-filter', does: 'Filter the loaded comments' },
  { keys: ['?'], command: 'help', does: 'Show these keys' },
  { keys: ['Escape'], command: 'close', does: 'Close what is open, clear the selection' },
];

const NOT_TYPED_INTO = new Set(['checkbox', 'radio', 'button', 'submit']);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NOT_TYPED_INTO.has(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** True while a field has the focus: what the console does by itself must not take the focus out of it. */
export function isTypingNow(): boolean {
  return isTyping(document.activeElement);
}

/** Enter on a button or a link belongs to that button or link. */
const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, summary, input') !== null;

/** The command of a keypress, or null when the key belongs to a field, to the browser or to a dialog. */
function commandOf(event: KeyboardEvent): Command | null {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (isTyping(event.target) || document.querySelector('dialog[open]')) return null;
  const key = KEYS.find(({ keys }) => keys.includes(event.key));
  if (!key || (event.repeat && !key.repeats)) return null;
  if (key.command === 'toggle-detail' && isPressable(event.target)) return null;
  return key.command;
}

/** Calls `run` for each command. The page has one listener, however often it renders. */
export function useKeyboard(enabled: boolean, run: (command: Command) => void) {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (!command) return;
      // Otherwise `/` opens the browser's own search, and the arrows scroll under the moving selection.
      event.preventDefault();
      latest.current(command);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [enabled]);
}

const SWITCH = 'belowline.single-keys';

/** Speech input and trembling hands hit single keys by accident, so the keys can be switched off (WCAG 2.1.4). */
export function readKeysSwitch(): boolean {
  try {
    return localStorage.getItem(SWITCH) !== 'off';
  } catch {
    return true;
  }
}

export function writeKeysSwitch(on: boolean) {
  try {
    localStorage.setItem(SWITCH, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing still lets the switch work until the page is closed.
  }
}
