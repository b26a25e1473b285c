import { button, h } from '../dom.ts';
import { type FormSkeleton, formSkeleton } from '../form-skeleton.ts';
import type { Language } from '../texts/language.ts';

/** The place of the form for a new comment. It has a field to type into at once; the rest comes at the first use. */
export class FormPlace {
  readonly element = h('div', { class: 'form-place', hidden: true });
  readonly skeleton: FormSkeleton;
  readonly #message = h('p', { class: 'message', role: 'alert' });
  readonly #tryAgain: HTMLElement;

  constructor(language: Language, level: number, article: string, use: () => void) {
    this.#tryAgain = button(language.words.tryAgain, use, { class: 'link' });
    this.skeleton = formSkeleton(level, language.words.formHeading, language.words.comment, article);
    this.skeleton.input.addEventListener('focus', use, { once: true });
    this.element.append(this.skeleton.form, this.#message);
  }

  /** Says why the rest could not be loaded, and offers another try; or takes that back. What was typed stays. */
  say(sentence: string): void {
    this.#message.replaceChildren(...(sentence ? [sentence, ' ', this.#tryAgain] : []));
  }
}
