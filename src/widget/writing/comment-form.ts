import type { OwnCommentView } from '../../contract/comment.ts';
import { button, h, say } from '../dom.ts';
import type { FormSkeleton } from '../form-skeleton.ts';
import type { Failure, Outcome } from '../reading/api.ts';
import { BodyField } from './body-field.ts';
import { countDown } from './countdown.ts';
import type { Desk } from './desk.ts';
import { type Draft, emptyDraft, type Person, withBody } from './drafts.ts';
import { PersonFields } from './person-fields.ts';
import { refusalSentence } from './refusal-sentence.ts';

export interface Sent extends Person {
  body: string;
  idempotencyKey: string;
}

export interface FormPlan {
  desk: Desk;
  /** The form as it is in the page, or will be: what was typed into it stays. */
  skeleton: FormSkeleton;
  /** The draft's place; see Drafts. */
  place: string;
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
    const { desk, skeleton } = plan;
    const { drafts, words } = desk;
    const kept = drafts.read(plan.place);
    this.#draft = kept ?? { ...emptyDraft(), body: plan.start ?? '' };
    // Letters that came before the form was whole stand behind the draft.
    const typed = skeleton.input.value;
    if (typed) this.#draft = withBody(this.#draft, [this.#draft.body, typed].filter((text) => text).join('\n\n'));
    this.#person = plan.asksPerson ? new PersonFields(desk) : null;
    this.#field = new BodyField(desk, skeleton, this.#draft.body, (body) => this.#keep(body));
    this.#field.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.#submit();
    });
    this.#submitButton = h('button', { type: 'submit', class: 'primary' }, plan.submit);
    this.element = skeleton.form;
    const parts = [
      this.#field.fault.element,
      kept && h('p', { class: 'quiet' }, words.draftKept),
      this.#person?.element,
      plan.note && h('p', { class: 'quiet' }, plan.note),
      this.#message,
      this.#wait,
      h('div', { class: 'buttons' }, this.#submitButton, plan.cancel && button(words.cancel, () => this.#close())),
    ];
    this.element.append(...parts.filter((part) => !!part));
    if (typed) this.#keep(this.#draft.body);
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  focus(): void {
    this.#field.focus();
  }

  #keep(body: string): void {
    this.#draft = withBody(this.#draft, body);
    this.#plan.desk.drafts.write(this.#plan.place, this.#draft);
    this.#say('');
  }

  #close(): void {
    this.#draft = { ...this.#draft, closed: true };
    const { drafts } = this.#plan.desk;
    if (drafts.read(this.#plan.place)) drafts.write(this.#plan.place, this.#draft);
    this.#plan.cancel?.();
  }

  #say(sentence: string, tryAgain = false): void {
    say(this.#message, sentence);
    this.element.querySelector('.again')?.remove();
    if (tryAgain)
      this.#message.after(
        button(this.#plan.desk.thread.language.words.tryAgain, () => void this.#submit(), { class: 'again' }),
      );
  }

  #hold(): void {
    this.#field.input.readOnly = this.#busy;
    this.#submitButton.setAttribute('aria-disabled', String(this.#busy || this.#waiting));
    this.#submitButton.textContent = this.#busy ? this.#plan.desk.words.sending : this.#plan.submit;
  }

  /** All fields are checked, and the first one in error gets the focus. */
  #check(): boolean {
    const { words } = this.#plan.desk;
    const length = this.#field.tooLong ? words.tooLong : '';
    const badBody = this.#field.fault.complain(this.#field.text.trim() === '' ? words.bodyMissing : length);
    const personFine = this.#person?.check() ?? true;
    if (badBody) this.#field.focus();
    return personFine && !badBody;
  }

  async #submit(): Promise<void> {
    if (this.#busy || this.#waiting) return;
    this.#say('');
    if (!this.#check()) return;
    this.#busy = true;
    this.#hold();
    this.#plan.desk.drafts.write(this.#plan.place, this.#draft);
    const { body, idempotencyKey } = this.#draft;
    const { name = '', email = '' } = this.#person?.person ?? {};
    const outcome = await this.#plan.send({ body, idempotencyKey, name, email });
    this.#busy = false;
    this.#hold();
    if (!outcome.ok) return this.#refuse(outcome.failure);
    this.#draft = emptyDraft();
    this.#plan.desk.drafts.drop(this.#plan.place);
    this.#field.text = '';
    this.#plan.done(outcome.value);
  }

  #refuse(failure: Failure): void {
    const { words } = this.#plan.desk;
    const came = failure.reason === 'idempotency-key-reused';
    // The comment may have arrived unless the server has said no: the key stays, so that a retry cannot post it twice.
    if (came) this.#draft = { ...emptyDraft(), body: this.#draft.body };
    else this.#draft.refused = !failure.passing && !failure.problem?.commentId;
    this.#plan.desk.drafts.write(this.#plan.place, this.#draft);
    const fields = failure.problem?.errors?.map(({ field }) => field) ?? [];
    const badBody = this.#field.fault.complain(fields.some((name) => name.startsWith('body')) ? words.bodyWrong : '');
    const onPerson = this.#person?.refuse(fields) ?? false;
    if (failure.waitSeconds) {
      this.#say(refusalSentence(this.#plan.desk, failure, true));
      this.#countDown(failure.waitSeconds);
    } else if (badBody || onPerson) {
      if (badBody) this.#field.focus();
    } else this.#say(came ? words.cameBefore : refusalSentence(this.#plan.desk, failure, true), failure.passing);
    this.#plan.refused?.(failure);
  }

  #countDown(seconds: number): void {
    this.#waiting = true;
    this.#hold();
    countDown(this.#plan.desk, this.#wait, seconds, () => {
      this.#waiting = false;
      this.#hold();
      this.#wait.textContent = '';
      say(this.#message, this.#plan.desk.words.waitOver, true);
    });
  }
}
