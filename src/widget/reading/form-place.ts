import { button, h } from '../dom.ts';
import { type FormSkeleton, formSkeleton } from '../form-skeleton.ts';
import type { Language } from '../texts/language.ts';

/** The place of the form for a new comment. It has a field to type into at once; the rest comes at the first use. */
export class FormPlace {
  readonly element = h('div', { class: 'form-place', hidden: true });
  readonly skeleton: FormSkeleton;
  readonly #message = h('p', { class: 'message', role: 'alert' });
  readonly #language: Language;

  constructor(language: Language, level: number, article: string, use: () => void) {
    this.#language = language;
    this.skeleton = formSkeleton(level, language.words.formHeading, language.words.comment, article);
    this.skeleton.input.addEventListener('focus', use, { once: true });
    this.element.append(this.skeleton.form, this.#message);
  }

  /** The rest could not be loaded: says why, and offers another try. What was typed stays. */
  fail(sentence: string, tryAgain: () => void): void {
    this.#message.replaceChildren(sentence, ' ', button(this.#language.words.tryAgain, tryAgain, { class: 'link' }));
  }

  settle(): void {
    this.#message.replaceChildren();
  }
}
