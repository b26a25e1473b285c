import { useLayoutEffect, useRef } from 'preact/hooks';
import { KEYS } from './keyboard.ts';

const KEY_NAMES: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc', A: '⇧ A', R: '⇧ R', S: '⇧ S' };

interface HelpProps {
  keysOn: boolean;
  onKeysSwitch: (on: boolean) => void;
  onClose: () => void;
}

/** A native dialog: it keeps the focus inside, closes on Esc and gives the focus back. */
export function HelpDialog({ keysOn, onKeysSwitch, onClose }: HelpProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <div class="help-head">
        <h2 id="help-title">Keys</h2>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
      <table class="help-keys">
        <tbody>
          {KEYS.map(({ keys, does }) => (
            <tr key={does}>
              <th scope="row">
                {keys.map((key) => (
                  <kbd key={key}>{KEY_NAMES[key] ?? key}</kbd>
                ))}
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label class="help-switch">
        <input type="checkbox" checked={keysOn} onChange={(event) => onKeysSwitch(event.currentTarget.checked)} />
        Single keys decide and move
      </label>
      <p class="quiet">No key does anything while you type in a field or hold Ctrl, Alt or ⌘.</p>
    </dialog>
  );
}
