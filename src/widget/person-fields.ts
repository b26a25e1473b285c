import { type Fault, faultOf, freshId, h } from './dom.ts';
import type { Drafts, Person } from './drafts.ts';
import { countGraphemes } from './graphemes.ts';
import { texts } from './texts.ts';

interface Field {
  element: HTMLElement;
  input: HTMLInputElement;
  complain: Fault['complain'];
}

function field(label: string, hint: string, attributes: Record<string, string>, value: string): Field {
  const id = freshId();
  const input = h('input', { id, ...attributes });
  const fault = faultOf(input);
  input.value = value;
  return {
    input,
    element: h(
      'div',
      { class: 'field' },
      h('label', { for: id }, label, ' ', h('span', { class: 'quiet' }, hint)),
      input,
      fault.element,
    ),
    complain: fault.complain,
  };
}

/** The fields for name and e-mail, remembered for the next comment as they are typed. */
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
    const wrong = this.#email.input.validity.typeMismatch ? texts.emailWrong : '';
    return !this.#complain(name === '' ? texts.nameMissing : long, wrong);
  }

  /** Shows the server's errors of these fields; true when there are any. */
  complain(errors: { field: string; message: string }[]): boolean {
    const said = (name: string): string => errors.find((error) => error.field.startsWith(name))?.message ?? '';
    return this.#complain(said('authorName'), said('authorEmail'));
  }

  #complain(ofName: string, ofEmail: string): boolean {
    const badName = this.#name.complain(ofName);
    const badEmail = this.#email.complain(ofEmail);
    if (badName) this.#name.input.focus();
    else if (badEmail) this.#email.input.focus();
    return badName || badEmail;
  }
}
