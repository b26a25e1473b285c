import { button } from '../dom.ts';
import type { CommentScope, Writing } from './scopes.ts';

/** A button below a comment, named for its comment as well. */
export function actionButton(
  node: CommentScope,
  label: string,
  act: (writing: Writing, self: HTMLButtonElement) => void,
  name = label,
): HTMLButtonElement {
  const self = button(label, () => node.act((writing) => act(writing, self)), {
    class: 'act',
    'aria-label': `${name}: ${node.byLine}`,
  });
  return self;
}

/** The buttons for all that this reader can do with this comment now, beside voting. */
export function commentActions(node: CommentScope): HTMLElement[] {
  const { language, writing } = node.thread;
  const { words } = language;
  const parts: HTMLElement[] = [];
  if (node.answerable) {
    const reply = actionButton(node, words.reply, (loaded, self) => loaded.openReply(node, self));
    parts.push(reply);
    writing?.reopenReply(node, reply);
  }
  if (writing) parts.push(...writing.ownActions(node));
  if (node.visible) {
    const more = actionButton(node, '…', (loaded, self) => loaded.openMenu(node, self), words.moreActions);
    more.ariaExpanded = 'false';
    more.ariaHasPopup = 'menu';
    parts.push(more);
  }
  return parts;
}
