import type { CommentScope } from '../reading/scopes.ts';

interface Opened {
  element: HTMLElement;
  focus(): void;
}

/** Opens a form below the comment in the place of any other; `back` takes the focus when it is put away. */
export function openForm(
  node: CommentScope,
  back: HTMLElement,
  build: (close: () => void) => Opened,
  focus = true,
): void {
  const form = build(() => {
    node.slot.replaceChildren();
    back.focus();
  });
  node.say('');
  node.slot.replaceChildren(form.element);
  if (focus) form.focus();
}
