import type { NewFlag } from '../contract/comment.ts';
import type { Api } from './api.ts';
import { button, freshId, h } from './dom.ts';
import { texts } from './texts.ts';

interface Report {
  api: Api;
  id: string;
  done(): void;
  cancel(): void;
}

/** The form to report a comment: one of a few reasons and an optional note. */
export function reportForm({ api, id, done, cancel }: Report): HTMLFormElement {
  const group = freshId();
  const choices = Object.entries(texts.reasons).map(([reason, label]) => {
    const input = h('input', { type: 'radio', name: group, value: reason });
    return { input, element: h('label', { class: 'choice' }, input, ' ', label) };
  });
  const noteId = freshId();
  const note = h('input', { id: noteId, type: 'text', maxlength: 500, dir: 'auto' });
  const message = h('p', { class: 'message', role: 'alert' });
  let busy = false;

  const send = async (): Promise<void> => {
    const reason = choices.find((choice) => choice.input.checked)?.input.value as NewFlag['reason'] | undefined;
    message.textContent = reason ? '' : texts.reportPick;
    if (!reason || busy) return;
    busy = true;
    const outcome = await api.flag(id, { reason, note: note.value.trim() });
    busy = false;
    if (outcome.ok) done();
    else message.textContent = outcome.failure.detail;
  };

  return h(
    'form',
    {
      class: 'inset',
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        void send();
      },
    },
    h('fieldset', {}, h('legend', {}, texts.reportQuestion), ...choices.map((choice) => choice.element)),
    h('div', { class: 'field' }, h('label', { for: noteId }, texts.reportNote), note),
    message,
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'submit', class: 'primary' }, texts.reportSend),
      button(texts.cancel, cancel),
    ),
  );
}
