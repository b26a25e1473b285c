import { flagComment } from '../../contract/addresses.ts';
import type { NewFlag } from '../../contract/comment.ts';
import { button, freshId, h } from '../dom.ts';
import type { Desk } from './desk.ts';
import { refusalSentence } from './refusal-sentence.ts';
import { callAsGuest } from './signed-calls.ts';

interface Report {
  id: string;
  done(): void;
  cancel(): void;
}

/** The form to report a comment: one of a few reasons and an optional note. */
export function reportForm(desk: Desk, { id, done, cancel }: Report): HTMLFormElement {
  const { thread, words } = desk;
  const group = freshId();
  const choices = Object.entries(words.reasons).map(([reason, label]) => {
    const input = h('input', { type: 'radio', name: group, value: reason });
    return { input, element: h('label', { class: 'choice' }, input, ' ', label) };
  });
  const noteId = freshId();
  const note = h('input', { id: noteId, type: 'text', maxlength: 500, dir: 'auto' });
  const message = h('p', { class: 'message', role: 'alert' });
  let busy = false;

  const send = async (): Promise<void> => {
    const reason = choices.find((choice) => choice.input.checked)?.input.value as NewFlag['reason'] | undefined;
    message.textContent = reason ? '' : words.reportPick;
    if (!reason || busy) return;
    busy = true;
    const sent = { id, body: { reason, note: note.value.trim() } };
    const outcome = await callAsGuest(thread, flagComment, sent, 'report');
    busy = false;
    if (outcome.ok) done();
    else message.textContent = refusalSentence(desk, outcome.failure);
  };

  // Enter in a field clicks the button too; a frame that may not submit forms sends no other event.
  const press = (event: Event): void => {
    event.preventDefault();
    void send();
  };
  return h(
    'form',
    { class: 'inset', part: 'form' },
    h('fieldset', {}, h('legend', {}, words.reportQuestion), ...choices.map((choice) => choice.element)),
    h('div', { class: 'field', part: 'field' }, h('label', { for: noteId }, words.reportNote), note),
    message,
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'submit', class: 'primary', part: 'button', onclick: press }, words.reportSend),
      button(words.cancel, cancel),
    ),
  );
}
