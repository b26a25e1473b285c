import { freshId, h } from '../dom.ts';
import type { ThreadScope } from '../reading/scopes.ts';
import { change } from './mark-up.ts';

const MOST = 6;

/** An `@` that begins a word, and letters behind it up to the caret. Names have spaces, too. */
const BEGUN = /(?:^|[\s("'])@([^\s@][^@\n]{0,40})$/u;

/** The same for a letter with its accents and without them, in either case. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The people who speak in the thread, but for the reader, whose names or parts of them begin so. */
function namesFor({ nodes }: ThreadScope, begun: string): string[] {
  const names = new Set<string>();
  for (const { view, own, tombstone } of nodes.values())
    if (view.authorName && !own && !tombstone) names.add(view.authorName);
  const sought = folded(begun);
  const found = [...names].filter((name) => ` ${folded(name)}`.includes(` ${sought}`));
  return found.slice(0, MOST);
}

/** Offers the names of the thread while one is typed behind an `@`. `place` stands around the field. */
export function offerNames(thread: ThreadScope, label: string, input: HTMLTextAreaElement, place: HTMLElement): void {
  const list = h('div', { class: 'names', role: 'listbox', id: freshId(), 'aria-label': label });
  let names: string[] = [];
  let chosen = 0;
  let from = 0;
  const show = (): void => {
    for (const [n, option] of [...list.children].entries()) option.ariaSelected = String(n === chosen);
    if (names.length > 0) {
      place.append(list);
      list.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    } else list.remove();
    for (const [name, value] of [
      ['aria-controls', list.id],
      ['aria-activedescendant', list.children[chosen]?.id ?? ''],
    ] as const)
      if (names.length === 0) input.removeAttribute(name);
      else input.setAttribute(name, value);
  };
  const close = (): void => {
    names = [];
    show();
  };
  const choose = (name: string): void => {
    const text = `@${name} `;
    const caret = from + text.length;
    change(input, { from, to: input.selectionStart, text, start: caret, end: caret });
    close();
  };
  const look = (): void => {
    const before = input.value.slice(0, input.selectionStart);
    const begun = BEGUN.exec(before)?.[1] ?? '';
    names = begun ? namesFor(thread, begun) : [];
    chosen = 0;
    from = before.length - begun.length - 1;
    const options = names.map((name) => {
      const option = h('div', { role: 'option', id: freshId(), onclick: () => choose(name) }, h('bdi', {}, name));
      return option;
    });
    list.replaceChildren(...options);
    show();
  };
  list.addEventListener('mousedown', (event) => event.preventDefault());
  input.setAttribute('aria-autocomplete', 'list');
  input.addEventListener('input', look);
  input.addEventListener('blur', close);
  input.onkeydown = (event) => {
    if (names.length === 0 || event.isComposing || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: names.length - 1 }[event.key];
    if (step !== undefined) chosen = (chosen + step) % names.length;
    else if (event.key === 'Enter') choose(names[chosen] as string);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    show();
  };
  // A name may be typed before this script has come.
  look();
}
