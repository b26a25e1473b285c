import { freshId, h } from '../dom.ts';
import { fill } from '../texts/language.ts';
import type { Desk } from './desk.ts';
import type { Person } from './drafts.ts';
import { type Fault, faultOf } from './fault.ts';
import { countGraphemes } from './graphemes.ts';

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
      { class: 'field', part: 'field' },
      h('label', { for: id }, label, hint && h('span', { class: 'quiet' }, ` ${hint}`)),
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

  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    const { drafts, words } = desk;
    const known = drafts.person();
    this.#name = field(
      words.name,
      '',
      { type: 'text', autocomplete: 'name', dir: 'auto', 'aria-required': 'true' },
      known.name,
    );
    this.#email = field(words.email, words.emailHint, { type: 'email', autocomplete: 'email' }, known.email);
    this.element = h('div', { class: 'person' }, this.#name.element, this.#email.element);
    this.element.addEventListener('input', () => drafts.rememberPerson(this.person));
  }

  get person(): Person {
    return { name: this.#name.input.value, email: this.#email.input.value.trim() };
  }

  check(): boolean {
    const name = this.#name.input.value.trim();
    const { thread, words } = this.#desk;
    const most = thread.rules.maxNameGraphemes;
    const long = countGraphemes(name) > most ? fill(words.nameLong, { n: thread.language.number(most) }) : '';
    const wrong = this.#email.input.validity.typeMismatch ? words.emailWrong : '';
    return !this.#complain(name === '' ? words.nameMissing : long, wrong);
  }

  /** Says which of these fields the server has refused; true when it was one of them. */
  refuse(fields: string[]): boolean {
    const { words } = this.#desk;
    const said = (name: string, sentence: string): string =>
      fields.some((field) => field.startsWith(name)) ? sentence : '';
    return this.#complain(said('authorName', words.nameWrong), said('authorEmail', words.emailWrong));
  }

  #complain(ofName: string, ofEmail: string): boolean {
    const badName = this.#name.complain(ofName);
    const badEmail = this.#email.complain(ofEmail);
    if (badName) this.#name.input.focus();
    else if (badEmail) this.#email.input.focus();
    return badName || badEmail;
  }
}
