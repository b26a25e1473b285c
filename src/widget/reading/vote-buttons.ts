import type { VoteView } from '../../contract/comment.ts';
import { button, h } from '../dom.ts';
import { fill, type Language } from '../texts/language.ts';

/** The buttons for up and down. On the reader's own comment the numbers are shown and nothing can be pressed. */
export class VoteButtons {
  readonly element: HTMLElement;
  readonly #language: Language;
  readonly #sides: { side: 1 | -1; element: HTMLElement }[];

  constructor(language: Language, press: (side: 1 | -1) => void) {
    this.#language = language;
    this.#sides = ([1, -1] as const).map((side) => ({
      side,
      element: button('', () => press(side), { class: side === 1 ? 'vote up' : 'vote' }),
    }));
    const label = { class: 'votes', role: 'group', 'aria-label': language.words.votes };
    this.element = h('span', label, ...this.#sides.map(({ element }) => element));
  }

  show({ upVotes, downVotes, value }: VoteView, by: string, isOwn: boolean): void {
    const { words } = this.#language;
    for (const { side, element } of this.#sides) {
      // A cached number may be without the reader's own vote.
      const n = this.#language.number(Math.max(side === 1 ? upVotes : downVotes, Number(value === side)));
      element.textContent = n;
      element.ariaLabel = `${fill(side === 1 ? words.agree : words.disagree, { n })}: ${by}`;
      element.ariaPressed = isOwn ? null : String(value === side);
      element.ariaDisabled = isOwn ? 'true' : null;
    }
  }
}
