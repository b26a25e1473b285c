import type { ThreadSort } from '../contract/thread.ts';
import { button, freshId, h, heading } from './dom.ts';
import { texts } from './texts.ts';

interface Wishes {
  sort(order: ThreadSort): void;
  jump(): void;
}

/** The frame around the comments: heading with the count, order, list, and the places for notices and the form. */
export class ThreadFrame {
  readonly list = h('ol', { class: 'list' });
  readonly ownList = h('ol', { class: 'list' });
  readonly siblingList = h('ol', { class: 'list' });
  readonly formPlace = h('div', { class: 'form-place' });
  readonly element: HTMLElement;
  readonly #title: HTMLElement;
  readonly #state = h('div', { class: 'state' });
  readonly #banner = h('div', { class: 'banner', hidden: true });
  readonly #siblingTitle: HTMLElement;
  readonly #more = h('div');
  readonly #status = h('p', { class: 'spoken', role: 'status' });
  readonly #sorting: HTMLElement;
  readonly #select: HTMLSelectElement;
  readonly #jump: HTMLButtonElement;

  constructor(level: number, wishes: Wishes) {
    const [titleId, sortId] = [freshId(), freshId()];
    this.#title = heading(level, { id: titleId, tabindex: -1, class: 'title' });
    this.#select = h(
      'select',
      { id: sortId, onchange: () => wishes.sort(this.#select.value as ThreadSort) },
      ...Object.entries(texts.sorts).map(([value, label]) => h('option', { value }, label)),
    );
    this.#sorting = h(
      'span',
      { class: 'sorting', hidden: true },
      h('label', { for: sortId }, texts.sortBy),
      ' ',
      this.#select,
    );
    this.#jump = button(texts.jumpToForm, wishes.jump, { class: 'jump', hidden: true });
    this.#siblingTitle = heading(level + 1, {});
    this.element = h(
      'section',
      { class: 'below', 'aria-labelledby': titleId, lang: texts.lang },
      h('div', { class: 'top' }, this.#title, this.#jump, this.#sorting),
      this.#status,
      this.#banner,
      h('div', { class: 'own part' }, heading(level + 1, {}, texts.ownHeading), this.ownList),
      this.#state,
      this.list,
      h('div', { class: 'siblings part' }, this.#siblingTitle, this.siblingList),
      this.#more,
      this.formPlace,
    );
    this.setCount(null);
  }

  /** A top-level comment; among the newest first it finds its place by its id, which sorts by time. */
  add(item: HTMLElement, newestFirst: boolean): void {
    const id = item.firstElementChild?.id ?? '';
    const older = newestFirst && [...this.list.children].find((other) => (other.firstElementChild?.id ?? '') < id);
    this.list.insertBefore(item, older || null);
  }

  announce(sentence: string): void {
    this.#status.textContent = sentence;
  }

  setCount(count: number | null): void {
    this.#title.textContent = texts.commentCount(count ?? 0);
    this.#title.classList.toggle('unknown', count === null);
    this.#sorting.hidden = !count || count < 2;
  }

  allowForm(allowed: boolean): void {
    this.#jump.hidden = !allowed;
    this.formPlace.hidden = !allowed;
  }

  /** A sentence in the place of the comments, or nothing. */
  say(sentence: string, tryAgain?: () => void): void {
    this.#state.replaceChildren();
    if (sentence) this.#state.append(h('p', tryAgain ? {} : { class: 'plain' }, sentence));
    if (tryAgain) this.#state.append(button(texts.tryAgain, tryAgain, { class: 'again' }));
    this.element.setAttribute('aria-busy', String(sentence === texts.loading));
  }

  showBanner(sentence: string, label = '', act?: () => void): void {
    this.#banner.hidden = sentence === '';
    this.#banner.replaceChildren(h('span', {}, sentence), act ? button(label, act, { class: 'link' }) : '');
  }

  /** Shows the siblings of the linked comment, or none. */
  showSiblings(title: string, items: HTMLElement[]): void {
    this.#siblingTitle.textContent = title;
    this.siblingList.replaceChildren(...items);
  }

  clear(): void {
    this.list.replaceChildren();
    this.ownList.replaceChildren();
    this.showSiblings('', []);
    this.#more.replaceChildren();
    this.showBanner('');
  }

  offerMore(load: (() => void) | null, failed = ''): void {
    this.#more.replaceChildren();
    if (failed) this.#more.append(h('p', { class: 'message', role: 'alert' }, failed));
    if (load) this.#more.append(button(failed ? texts.tryAgain : texts.loadMore, load, { class: 'more wide' }));
  }

  focusTitle(): void {
    this.#title.focus();
  }
}
