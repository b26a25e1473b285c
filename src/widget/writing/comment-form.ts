import type { OwnCommentView } from '../../contract/comment.ts';
import { button, h, say } from '../dom.ts';
import type { FormSkeleton } from '../form-skeleton.ts';
import type { Failure, Outcome } from '../reading/api.ts';
import { BodyField } from './body-field.ts';
import { countDown } from './countdown.ts';
import type { Desk } from './desk.ts';
import type { Kept, Person } from './drafts.ts';
import { type HeldDraft, tabName } from './held-draft.ts';
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
  /** The words that the text begins with beside that; it stands behind a draft. */
  quote?: string;
  /** The end of the time in which the comment can be changed. */
  until?: number;
  /** A sentence above the button. */
  note?: string;
  /** True where the form asks for name and e-mail; an edit asks for neither. */
  asksPerson: boolean;
  send(sent: Sent): Promise<Outcome<OwnCommentView>>;
  done(comment: OwnCommentView): void;
  /** Takes the form away whose text has gone on elsewhere. */
  leave?(): void;
  refused?(failure: Failure): void;
  cancel?(): void;
}

/** One form for a comment, a reply and an edit. The text is kept until the server has taken it. */
export class CommentForm {
  readonly element: HTMLFormElement;
  #draft: HeldDraft;
  #busy = false;
  #waiting = false;
  /** The same text may arrive at the next try. */
  #failed = false;
  readonly #person: PersonFields | null;
  readonly #field: BodyField;
  readonly #message = h('p', { class: 'message', role: 'alert' });
  readonly #wait = h('p', { class: 'wait' });
  readonly #kept: HTMLElement;
  readonly #submitButton: HTMLButtonElement;

  readonly #plan: FormPlan;

  constructor(plan: FormPlan) {
    this.#plan = plan;
    const { desk, skeleton } = plan;
    const { words } = desk;
    const found = desk.drafts.find(plan.place);
    // Letters that came before the form was whole stand behind this tab's draft, and are another text than other tabs'.
    const kept = skeleton.input.value && found?.tab !== tabName() ? undefined : found;
    this.#draft = this.#hold(kept);
    const added = [plan.quote, skeleton.input.value].filter((text) => text).join('');
    if (added) this.#draft.change([this.#draft.body, added].filter((text) => text).join('\n\n'));
    else if (kept) this.#draft.put();
    this.#person = plan.asksPerson ? new PersonFields(desk) : null;
    this.#field = new BodyField(desk, skeleton, this.#draft.body, (body) => {
      this.#draft.change(body);
      this.#say('');
    });
    this.#submitButton = h('button', { type: 'submit', class: 'primary', part: 'button' }, plan.submit);
    this.#kept = h('p', { class: 'quiet', hidden: !kept }, words.draftKept);
    this.element = skeleton.form;
    const parts = [
      this.#field.fault.element,
      this.#kept,
      this.#person?.element,
      plan.note && h('p', { class: 'quiet' }, plan.note),
      this.#message,
      this.#wait,
      h('div', { class: 'buttons' }, this.#submitButton, plan.cancel && button(words.cancel, () => this.#close())),
    ];
    this.element.append(...parts.filter((part) => !!part));
    this.element.onkeydown = (event) => this.#press(event);
    // Enter in a field clicks the button too; a frame that may not submit forms sends no other event.
    this.#submitButton.onclick = (event) => {
      event.preventDefault();
      void this.#submit();
    };
    if (plan.until) this.#countDownEdit(plan.until);
  }

  focus(): void {
    this.#field.focus();
  }

  #hold(kept?: Kept): HeldDraft {
    const { desk, place, start = '' } = this.#plan;
    return desk.drafts.hold(place, kept, start, () => this.#lose());
  }

  /** The draft has gone on elsewhere: another one may have been left for this place. */
  #lose(): void {
    const { desk, place, start = '', leave } = this.#plan;
    const kept = desk.drafts.find(place);
    if (!kept && leave) {
      leave();
      return;
    }
    this.#draft = this.#hold(kept);
    if (kept) this.#draft.put();
    this.#kept.hidden = !kept;
    this.#field.text = kept?.body ?? start;
  }

  #press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.#submit();
    if (event.key !== 'Escape' || !this.#plan.cancel || this.#field.text.trim()) return;
    // A dialog around it stays open.
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  }

  #close(): void {
    this.#draft.close();
    this.#plan.cancel?.();
  }

  #say(sentence: string, failed = false): void {
    say(this.#message, sentence);
    this.#failed = failed;
    this.#showState();
  }

  #showState(): void {
    const { desk, submit } = this.#plan;
    const label = this.#failed ? desk.thread.language.words.tryAgain : submit;
    this.#field.input.readOnly = this.#busy;
    this.#submitButton.setAttribute('aria-disabled', String(this.#busy || this.#waiting));
    this.#submitButton.textContent = this.#busy ? desk.words.sending : label;
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
    this.#showState();
    this.#draft.use();
    const draft = this.#draft;
    const { body, key: idempotencyKey } = draft;
    const { name = '', email = '' } = this.#person?.person ?? {};
    const outcome = await this.#plan.send({ body, idempotencyKey, name, email });
    this.#busy = false;
    this.#showState();
    if (!outcome.ok) return this.#refuse(outcome.failure);
    draft.drop();
    if (draft === this.#draft) this.#draft = this.#hold();
    this.#field.text = this.#draft.body;
    this.#kept.hidden = true;
    this.#plan.done(outcome.value);
  }

  #refuse(failure: Failure): void {
    const { words } = this.#plan.desk;
    const came = failure.reason === 'idempotency-key-reused';
    // The comment may have arrived unless the server has said no: the key stays, so that a retry cannot post it twice.
    if (came) this.#draft.renew();
    else this.#draft.refuse(!failure.passing && !failure.problem?.commentId);
    this.#plan.desk.learn(failure);
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
    this.#showState();
    const { desk } = this.#plan;
    countDown(desk, desk.words.wait, this.#wait, desk.thread.api.now() + seconds * 1000, () => {
      this.#waiting = false;
      this.#showState();
      this.#wait.textContent = '';
      say(this.#message, desk.words.waitOver, true);
    });
  }

  /** The text stays to be copied when the time to change the comment ends. */
  #countDownEdit(until: number): void {
    const { desk } = this.#plan;
    const left = h('p', { class: 'quiet' });
    this.#message.before(left);
    countDown(desk, desk.words.editLeft, left, until, () => {
      left.remove();
      this.#waiting = true;
      this.#showState();
      this.#say(desk.words.refusals['edit-window-over']);
    });
  }
}
