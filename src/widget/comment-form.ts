import type { OwnCommentView } from '../contract/comment.ts';
import type { FormRules } from '../contract/thread.ts';
import type { Api, Failure, Outcome } from './api.ts';
import { BodyField } from './body-field.ts';
import { countDown } from './countdown.ts';
import { button, freshId, h, heading, say } from './dom.ts';
import { type Draft, type Drafts, emptyDraft, type Person, withBody } from './drafts.ts';
import { PersonFields } from './person-fields.ts';
import { texts } from './texts.ts';

export interface Sent extends Person {
  body: string;
  idempotencyKey: string;
}

export interface FormPlan {
  api: Api;
  drafts: Drafts;
  rules: FormRules;
  /** The draft's place; see Drafts. */
  place: string;
  level: number;
  title: string;
  label: string;
  submit: string;
  /** The field's text when there is no draft. */
  start?: string;
  /** A sentence above the button. */
  note?: string;
  /** True where the form asks for name and e-mail; an edit asks for neither. */
  asksPerson: boolean;
  send(sent: Sent): Promise<Outcome<OwnCommentView>>;
  done(comment: OwnCommentView): void;
  refused?(failure: Failure): void;
  cancel?(): void;
}

/** One form for a comment, a reply and an edit. The text is kept until the server has taken it. */
export class CommentForm {
  readonly element: HTMLFormElement;
  #draft: Draft;
  #busy = false;
  #waiting = false;
  readonly #person: PersonFields | null;
  readonly #field: BodyField;
  readonly #message = h('p', { class: 'message', role: 'alert' });
  readonly #wait = h('p', { class: 'wait' });
  readonly #submitButton: HTMLButtonElement;

  readonly #plan: FormPlan;

  constructor(plan: FormPlan) {
    this.#plan = plan;
    const kept = plan.drafts.read(plan.place);
    this.#draft = kept ?? { ...emptyDraft(), body: plan.start ?? '' };
    this.#person = plan.asksPerson ? new PersonFields(plan.drafts, plan.rules.maxNameGraphemes) : null;
    this.#field = new BodyField(plan.api, plan.rules.maxGraphemes, plan.label, this.#draft.body, (body) => {
      this.#draft = withBody(this.#draft, body);
      plan.drafts.write(plan.place, this.#draft);
      this.#say('');
    });
    this.#field.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.#submit();
    });
    this.#submitButton = h('button', { type: 'submit', class: 'primary' }, plan.submit);
    const titleId = freshId();
    this.element = h(
      'form',
      { class: 'form', novalidate: true, 'aria-labelledby': titleId },
      heading(plan.level, { id: titleId, class: 'form-title' }, plan.title),
      kept && h('p', { class: 'quiet' }, texts.draftKept),
      this.#person?.element,
      this.#field.element,
      this.#field.fault.element,
      plan.note && h('p', { class: 'quiet' }, plan.note),
      this.#message,
      this.#wait,
      h('div', { class: 'buttons' }, this.#submitButton, plan.cancel && button(texts.cancel, () => this.#close())),
    );
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  /** The first field that is still empty. */
  focus(): void {
    if (!this.#person?.focusEmpty()) this.#field.focus();
  }

  #close(): void {
    this.#draft = { ...this.#draft, closed: true };
    if (this.#plan.drafts.read(this.#plan.place)) this.#plan.drafts.write(this.#plan.place, this.#draft);
    this.#plan.cancel?.();
  }

  #say(sentence: string, tryAgain = false): void {
    say(this.#message, sentence);
    this.element.querySelector('.again')?.remove();
    if (tryAgain) this.#message.after(button(texts.tryAgain, () => void this.#submit(), { class: 'again' }));
  }

  #hold(): void {
    this.#field.input.readOnly = this.#busy;
    this.#submitButton.setAttribute('aria-disabled', String(this.#busy || this.#waiting));
    this.#submitButton.textContent = this.#busy ? texts.sending : this.#plan.submit;
  }

  /** All fields are checked, and the first one in error gets the focus. */
  #check(): boolean {
    const length = this.#field.tooLong ? texts.tooLong : '';
    const badBody = this.#field.fault.complain(this.#field.text.trim() === '' ? texts.bodyMissing : length);
    const personFine = this.#person?.check() ?? true;
    if (personFine && badBody) this.#field.focus();
    return personFine && !badBody;
  }

  async #submit(): Promise<void> {
    if (this.#busy || this.#waiting) return;
    this.#say('');
    if (!this.#check()) return;
    this.#busy = true;
    this.#hold();
    this.#plan.drafts.write(this.#plan.place, this.#draft);
    const { body, idempotencyKey } = this.#draft;
    const { name = '', email = '' } = this.#person?.person ?? {};
    const outcome = await this.#plan.send({ body, idempotencyKey, name, email });
    this.#busy = false;
    this.#hold();
    if (!outcome.ok) return this.#refuse(outcome.failure);
    this.#draft = emptyDraft();
    this.#plan.drafts.drop(this.#plan.place);
    this.#field.text = '';
    this.#plan.done(outcome.value);
  }

  #refuse(failure: Failure): void {
    const came = failure.reason === 'idempotency-key-reused';
    // The comment may have arrived unless the server has said no: the key stays, so that a retry cannot post it twice.
    if (came) this.#draft = { ...emptyDraft(), body: this.#draft.body };
    else this.#draft.refused = !failure.passing && !failure.commentId;
    this.#plan.drafts.write(this.#plan.place, this.#draft);
    const errors = failure.errors ?? [];
    const badBody = this.#field.fault.complain(errors.find((error) => error.field.startsWith('body'))?.message ?? '');
    const onPerson = this.#person?.complain(errors) ?? false;
    if (failure.waitSeconds) {
      this.#say(texts.tooFast);
      this.#countDown(failure.waitSeconds);
    } else if (badBody || onPerson) {
      if (!onPerson) this.#field.focus();
    } else this.#say(came ? texts.cameBefore : failure.detail, failure.passing);
    this.#plan.refused?.(failure);
  }

  #countDown(seconds: number): void {
    this.#waiting = true;
    this.#hold();
    countDown(this.#wait, seconds, () => {
      this.#waiting = false;
      this.#hold();
      this.#wait.textContent = '';
      say(this.#message, texts.waitOver, true);
    });
  }
}
