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

/**
 * The text's field stays the same element when the form grows round it, so a letter being typed is not lost. In a page
 * of several threads the form's name says which article it belongs to.
 */
export function formSkeleton(level: number, title: string, label: string, article: string): FormSkeleton {
  const id = freshId();
  const name = document.querySelectorAll('belowline-comments')[1] ? `${title}: ${article}` : title;
  const input = h('textarea', { id, rows: 5, dir: 'auto', 'aria-required': 'true', onfocus: keepOwnKeys });
  const head = h('div', { class: 'field-head' }, h('label', { for: id }, label));
  const panel = h('div', {}, input);
  const field = h('div', { class: 'field', part: 'field' }, head, panel);
  const form = h(
    'form',
    { class: 'form', part: 'form', 'aria-label': name },
    heading(level, { class: 'form-title' }, title),
    field,
  );
  return { form, field, head, panel, input };
}
