import { deleteComment } from '../../contract/addresses.ts';
import { button, h } from '../dom.ts';
import type { CommentScope } from '../reading/scopes.ts';
import type { Desk } from './desk.ts';
import { openForm } from './open-form.ts';
import { refusalSentence } from './refusal-sentence.ts';
import { callAsGuest } from './signed-calls.ts';

/** Asks before a reader's own comment is deleted. */
export function openDelete(desk: Desk, node: CommentScope, back: HTMLElement): void {
  const { thread, words } = desk;
  let busy = false;
  let isTriedAgain = false;
  const remove = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    node.say('');
    const outcome = await callAsGuest(thread, deleteComment, { id: node.view.id }, 'delete');
    busy = false;
    // An earlier try may have arrived although its answer was lost.
    const isGone = outcome.ok || (isTriedAgain && outcome.failure.reason === 'not-found');
    isTriedAgain = true;
    if (!isGone) return node.say(refusalSentence(desk, outcome.failure));
    node.slot.replaceChildren();
    desk.mine.rememberDeleted(node.view.id);
    if (node.own) desk.changed({ ...node.own, status: 'deleted' });
    thread.frame.announce(words.deleted);
    node.article.focus();
  };
  openForm(node, back, (close) => {
    const keep = button(words.deleteNo, close);
    const buttons = h(
      'div',
      { class: 'buttons' },
      button(words.deleteYes, () => void remove(), { class: 'danger' }),
      keep,
    );
    const question = { class: 'inset', role: 'group', 'aria-label': words.deleteQuestion };
    return { element: h('div', question, h('p', {}, words.deleteQuestion), buttons), focus: () => keep.focus() };
  });
}
