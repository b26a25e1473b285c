import { freshId, h } from '../dom.ts';

export interface Fault {
  element: HTMLElement;
  /** Shows the sentence; true when it is not empty. */
  complain(sentence: string): boolean;
}

/** The place for a field's fault, which goes when the reader types into the field. */
export function faultOf(input: HTMLInputElement | HTMLTextAreaElement, hintId = ''): Fault {
  const id = freshId();
  const element = h('p', { class: 'error', id });
  const complain = (sentence: string): boolean => {
    element.textContent = sentence;
    input.ariaInvalid = String(sentence !== '');
    return sentence !== '';
  };
  input.setAttribute('aria-describedby', `${id} ${hintId}`);
  input.addEventListener('input', () => complain(''));
  return { element, complain };
}
