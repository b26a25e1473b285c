import type { ThreadSort } from '../../contract/thread.ts';
import { button, freshId, h, heading } from '../dom.ts';
import type { Language } from '../texts/language.ts';
import { FormPlace } from './form-place.ts';

interface Wishes {
  sort(order: ThreadSort): void;
  jump(): void;
  /** The reader is about to write a comment. */
  write(): void;
}

/** The frame around the comments: heading with the count, order, list, and the places for notices and the form. */
export class ThreadFrame {
  readonly list = h('ol', { class: 'list' });
  /** Places for what the other scripts show: above the comments, and below them. */
  readonly above = h('div');
  readonly below = h('div');
  readonly formPlace: FormPlace;
  readonly element: HTMLElement;
  readonly #language: Language;
  readonly #title: HTMLElement;
  /** The focus is here while it is tried again what could not be read. */
  readonly #state = h('div', { class: 'state', tabindex: -1 });
  readonly #more = h('div');
  readonly #status = h('p', { class: 'spoken', role: 'status' });
  /** The sentence about an order that was wished for and did not come. */
  readonly #complaint = h('p', { class: 'message', role: 'alert' });
  readonly #sorting: HTMLElement;
  readonly #select: HTMLSelectElement;
  readonly #jump: HTMLButtonElement;

  constructor(language: Language, level: number, article: string, wishes: Wishes) {
    this.#language = language;
    const { words } = language;
    const [titleId, sortId] = [freshId(), freshId()];
    this.#title = heading(level, { id: titleId, tabindex: -1, class: 'title', part: 'title' });
    this.#select = h(
      'select',
      { id: sortId, onchange: () => wishes.sort(this.#select.value as ThreadSort) },
      ...Object.entries(words.sorts).map(([value, label]) => h('option', { value }, label)),
    );
    this.#sorting = h(
      'span',
      { class: 'sorting', hidden: true },
      h('label', { for: sortId }, words.sortBy),
      ' ',
      this.#select,
    );
    this.#jump = button(words.jumpToForm, wishes.jump, { class: 'jump', hidden: true });
    this.formPlace = new FormPlace(language, level + 1, article, wishes.write);
    this.element = h(
      'section',
      { class: 'below', part: 'thread', 'aria-labelledby': titleId, lang: language.tag },
      h('div', { class: 'top', part: 'header' }, this.#title, this.#jump, this.#sorting),
      this.#status,
      this.#complaint,
      this.above,
      this.#state,
      this.list,
      this.below,
      this.#more,
      this.formPlace.element,
    );
    this.setCount(null);
  }

  /** A top-level comment; among the newest first it finds its place by its id, which sorts by time. */
  add(item: HTMLElement, sorted: boolean): void {
    const id = item.firstElementChild?.id ?? '';
    const older = sorted && [...this.list.children].find((other) => (other.firstElementChild?.id ?? '') < id);
    this.list.insertBefore(item, older || null);
  }

  /** The first time, three conversations are laid out a frame before the others, which take longer than all before. */
  showAll(): void {
    this.list.classList.remove('first');
  }

  announce(sentence: string): void {
    this.#status.textContent = sentence;
  }

  setCount(count: number | null): void {
    this.#title.textContent = this.#language.many(this.#language.words.comments, count ?? 0);
    this.#title.classList.toggle('unknown', count === null);
    this.#sorting.hidden = !count || count < 2;
  }

  /** Shows the order that the comments are in, and why it could not be changed. */
  setSort(order: ThreadSort, failed = ''): void {
    this.#select.value = order;
    this.#complaint.textContent = failed;
  }

  allowForm(allowed: boolean): void {
    this.#jump.hidden = !allowed;
    this.formPlace.element.hidden = !allowed;
  }

  /** A sentence in the place of the comments, or nothing. */
  say(sentence: string, tryAgain?: () => void): void {
    const { words } = this.#language;
    if (!sentence && this.#state.matches(':focus')) this.#title.focus();
    this.#state.replaceChildren();
    if (sentence) this.#state.append(h('p', tryAgain ? {} : { class: 'plain' }, sentence));
    if (tryAgain) {
      const again = (): void => {
        this.#state.focus();
        tryAgain();
      };
      this.#state.append(button(words.tryAgain, again, { class: 'again' }));
    }
    this.element.setAttribute('aria-busy', String(sentence === words.loading));
  }

  clear(): void {
    for (const part of [this.#complaint, this.list, this.above, this.below, this.#more]) part.replaceChildren();
  }

  offerMore(load: (() => void) | null, failed = ''): void {
    const { words } = this.#language;
    this.#more.replaceChildren();
    if (failed) this.#more.append(h('p', { class: 'message', role: 'alert' }, failed));
    if (load) this.#more.append(button(failed ? words.tryAgain : words.loadMore, load, { class: 'more wide' }));
  }

  focusTitle(): void {
    this.#title.focus();
  }
}
