import { freshId, h } from './dom.ts';
import type { Drafts, Person } from './drafts.ts';
import { countGraphemes } from './graphemes.ts';
import { texts } from './texts.ts';

interface Field {
  element: HTMLElement;
  input: HTMLInputElement;
  complain(sentence: string): boolean;
}

function field(label: string, hint: string, attributes: Record<string, string>, value: string): Field {
  const [id, errorId] = [freshId(), freshId()];
  const input = h('input', { id, 'aria-describedby': errorId, ...attributes });
  const error = h('p', { class: 'error', id: errorId });
  input.value = value;
  return {
    input,
    element: h(
      'div',
      { class: 'field' },
      h('label', { for: id }, label, ' ', h('span', { class: 'quiet' }, hint)),
      input,
      error,
    ),
    complain(sentence) {
      error.textContent = sentence;
      input.setAttribute('aria-invalid', String(sentence !== ''));
      return sentence !== '';
    },
  };
}

/** Who writes. Remembered for the next comment while it is typed. */
export class PersonFields {
  readonly element: HTMLElement;
  readonly #name: Field;
  readonly #email: Field;

  readonly #mostInName: number;

  constructor(drafts: Drafts, mostInName: number) {
    this.#mostInName = mostInName;
    const known = drafts.person();
    this.#name = field(
      texts.name,
      texts.required,
      { type: 'text', autocomplete: 'name', dir: 'auto', 'aria-required': 'true' },
      known.name,
    );
    this.#email = field(texts.email, texts.emailHint, { type: 'email', autocomplete: 'email' }, known.email);
    this.element = h('div', { class: 'person' }, this.#name.element, this.#email.element);
    this.element.addEventListener('input', () => drafts.rememberPerson(this.person));
  }

  get person(): Person {
    return { name: this.#name.input.value, email: this.#email.input.value.trim() };
  }

  focusEmpty(): boolean {
    const empty = this.#name.input.value.trim() === '';
    if (empty) this.#name.input.focus();
    return empty;
  }

  check(): boolean {
    const name = this.#name.input.value.trim();
    const long = countGraphemes(name) > this.#mostInName ? texts.nameLong(this.#mostInName) : '';
    const badName = this.#name.complain(name === '' ? texts.nameMissing : long);
    const badEmail = this.#email.complain(this.#email.input.validity.typeMismatch ? texts.emailWrong : '');
    if (badName) this.#name.input.focus();
    else if (badEmail) this.#email.input.focus();
    return !badName && !badEmail;
  }

  /** Shows what the server says of these fields; true when it says something. */
  complain(errors: { field: string; message: string }[]): boolean {
    const said = (name: string): string => errors.find((error) => error.field.startsWith(name))?.message ?? '';
    const badName = this.#name.complain(said('authorName'));
    const badEmail = this.#email.complain(said('authorEmail'));
    if (badName) this.#name.input.focus();
    else if (badEmail) this.#email.input.focus();
    return badName || badEmail;
  }
}
