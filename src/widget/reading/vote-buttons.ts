import type { VoteView } from '../../contract/comment.ts';
import { h, icon } from '../dom.ts';
import { fill, type Language } from '../texts/language.ts';

/** The buttons for up and down. On the reader's own comment the numbers are shown and nothing can be pressed. */
export class VoteButtons {
  readonly element: HTMLElement;
  readonly #language: Language;
  readonly #sides: { side: 1 | -1; number: HTMLElement; element: HTMLElement }[];

  constructor(language: Language, press: (side: 1 | -1) => void) {
    this.#language = language;
    this.#sides = ([1, -1] as const).map((side) => {
      const number = h('span');
      const arrow = icon(side === 1 ? 'M8 13V3M3.5 7.5 8 3l4.5 4.5' : 'M8 3v10M3.5 8.5 8 13l4.5-4.5');
      const element = h('button', { type: 'button', class: 'vote', onclick: () => press(side) }, arrow, number);
      return { side, number, element };
    });
    const label = { class: 'votes', role: 'group', 'aria-label': language.words.votes };
    this.element = h('span', label, ...this.#sides.map(({ element }) => element));
  }

  show({ upVotes, downVotes, value }: VoteView, by: string, isOwn: boolean): void {
    const { words } = this.#language;
    for (const { side, number, element } of this.#sides) {
      // A cached number may be without the reader's own vote.
      const n = this.#language.number(Math.max(side === 1 ? upVotes : downVotes, Number(value === side)));
      number.textContent = n;
      element.ariaLabel = `${fill(side === 1 ? words.agree : words.disagree, { n })}: ${by}`;
      element.ariaPressed = isOwn ? null : String(value === side);
      element.ariaDisabled = isOwn ? 'true' : null;
    }
  }
}
