import { h } from '../dom.ts';
import type { WritingTexts } from '../texts/texts.ts';
import { icon } from './icon.ts';
import { change, TOOLS, type Tool } from './mark-up.ts';

/** The tools in their order, with their drawings. */
const DRAWINGS: Readonly<Record<Tool, string>> = {
  bold: 'M4.5 8h4.7a2.5 2.5 0 0 0 0-5H4.5v10h5.2a2.5 2.5 0 0 0 0-5',
  italic: 'M6.5 3h5M4.5 13h5M9.25 3l-2.5 10',
  link: 'M6.25 9.75l3.5-3.5M7 4.75l1.4-1.4a3 3 0 0 1 4.25 4.25l-1.4 1.4M9 11.25l-1.4 1.4a3 3 0 0 1-4.25-4.25l1.4-1.4',
  quote: 'M3 3.5v9M6.5 4.5H13M6.5 8H13M6.5 11.5h4',
  list: 'M3 4h.01M3 8h.01M3 12h.01M6.5 4H13M6.5 8H13M6.5 12H13',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
};

const KEYS: Readonly<Record<string, Tool>> = { b: 'bold', i: 'italic', k: 'link' };

/** Buttons that mark what is selected in the field. The arrow keys go from one to the next. */
export function toolbar(words: WritingTexts, input: HTMLTextAreaElement): HTMLElement {
  const use = (tool: Tool): void => change(input, TOOLS[tool](input.value, input.selectionStart, input.selectionEnd));
  const buttons = (Object.keys(DRAWINGS) as Tool[]).map((tool, n) => {
    const name = words.tools[tool];
    const key = Object.keys(KEYS).find((letter) => KEYS[letter] === tool);
    const attributes = {
      type: 'button',
      title: name,
      'aria-label': name,
      'aria-keyshortcuts': key && `Control+${key.toUpperCase()}`,
      tabindex: n === 0 ? 0 : -1,
    };
    return h('button', { ...attributes, onclick: () => use(tool) }, icon(DRAWINGS[tool]) as Node);
  });
  const bar = h('div', { class: 'tools', role: 'toolbar', 'aria-label': words.formatting }, ...buttons);
  // The field keeps the focus, and a phone its keyboard.
  bar.addEventListener('pointerdown', (event) => event.preventDefault());
  bar.addEventListener('mousedown', (event) => event.preventDefault());
  bar.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const step = getComputedStyle(bar).direction === 'rtl' ? -1 : 1;
    const places: Record<string, number> = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: -1 };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    for (const one of buttons) one.tabIndex = -1;
    const next = buttons.at(place % buttons.length) as HTMLButtonElement;
    next.tabIndex = 0;
    next.focus();
  });
  input.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    // On a keyboard of other letters the key has its place alone.
    const tool =
      KEYS[event.key.toLowerCase()] ?? (/^[ -~]$/.test(event.key) ? null : KEYS[event.code.slice(3).toLowerCase()]);
    if (!tool) return;
    event.preventDefault();
    event.stopPropagation();
    use(tool);
  });
  return bar;
}
