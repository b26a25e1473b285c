type Child = Node | string | false | null | undefined;
type Attribute = string | number | boolean | null | undefined;

/**
 * Builds one element. A name that starts with `on` takes a listener; true is an empty attribute; false and null are
 * left out. It takes no HTML.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? '' : `${value}`);
  }
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

export function button(label: string, onclick: () => void, attributes: Record<string, Attribute> = {}) {
  return h('button', { type: 'button', part: 'button', ...attributes, onclick }, label);
}

/** Says something in a paragraph that is there already: faults as an alert, `good` news as a status. */
export function say(place: HTMLElement, sentence: string, good = false): void {
  place.className = good ? 'quiet' : 'message';
  place.role = good ? 'status' : 'alert';
  place.textContent = sentence;
}

export function heading(level: number, attributes: Record<string, Attribute>, ...children: Child[]): HTMLElement {
  return h(`h${Math.min(6, Math.max(1, level))}` as 'h2', attributes, ...children);
}

let last = 0;
/** Unique inside the page, for `for`, `aria-labelledby` and `aria-describedby`. */
export function freshId(): string {
  return `b${++last}`;
}

/** The element around another one, through the hosts of shadow roots. */
export function parentOf(element: Element): Element | null {
  return element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
}
