/** Keys that write into a field or move in it. Some browsers fill a form by events that have no key. */
const WRITING = /^(?:.|Enter|Backspace|Delete|Home|End|Arrow\w+)$/su;

/**
 * To the page's own listeners a key in one of our fields comes from the widget's element, so that shortcuts which leave
 * fields alone would take it. It ends before them; the field's `onkeydown` still has it.
 */
function keep(event: KeyboardEvent): void {
  const [field] = event.composedPath() as HTMLElement[];
  if (!WRITING.test(event.key) || !field?.matches?.('input, textarea')) return;
  if ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph')) return;
  if ((field.getRootNode() as ShadowRoot).host?.localName !== 'belowline-comments') return;
  event.stopImmediatePropagation();
  if (event.type === 'keydown') field.onkeydown?.(event);
}

/** May be called as often as there are fields: a page has one such listener. */
export function keepOwnKeys(): void {
  for (const type of ['keydown', 'keypress', 'keyup'] as const) addEventListener(type, keep, true);
}
