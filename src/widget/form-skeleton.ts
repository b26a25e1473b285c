import { freshId, h, heading } from './dom.ts';
import { keepOwnKeys } from './own-keys.ts';

/** A form's heading and its field for the text, as they are before the rest of the form is loaded. */
export interface FormSkeleton {
  form: HTMLFormElement;
  field: HTMLElement;
  /** The row above the text. */
  head: HTMLElement;
  panel: HTMLElement;
  input: HTMLTextAreaElement;
}

/** The text's field stays the same element when the form grows round it, so a letter being typed is not lost. */
export function formSkeleton(level: number, title: string, label: string): FormSkeleton {
  const [id, titleId] = [freshId(), freshId()];
  const input = h('textarea', { id, rows: 5, dir: 'auto', 'aria-required': 'true', onfocus: keepOwnKeys });
  const head = h('div', { class: 'field-head' }, h('label', { for: id }, label));
  const panel = h('div', {}, input);
  const field = h('div', { class: 'field', part: 'field' }, head, panel);
  const form = h(
    'form',
    { class: 'form', part: 'form', novalidate: true, 'aria-labelledby': titleId },
    heading(level, { id: titleId, class: 'form-title' }, title),
    field,
  );
  return { form, field, head, panel, input };
}
