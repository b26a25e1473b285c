import type { VoteView } from '../../contract/comment.ts';
import { button, h } from '../dom.ts';
import { fill, type Language } from '../texts/language.ts';

/** The buttons for up and down. On the reader's own comment the numbers are shown and nothing can be pressed. */
export class VoteButtons {
  readonly element: HTMLElement;
  readonly #language: Language;
  readonly #up: HTMLElement;
  readonly #down: HTMLElement;

  constructor(language: Language, press: (side: 1 | -1) => void) {
    this.#language = language;
    this.#up = button('', () => press(1), { class: 'vote up' });
    this.#down = button('', () => press(-1), { class: 'vote' });
    const group = { class: 'votes', role: 'group', 'aria-label': language.words.votes };
    this.element = h('span', group, this.#up, this.#down);
  }

  show({ upVotes, downVotes, value }: VoteView, by: string, isOwn: boolean): void {
    const { words } = this.#language;
    const showSide = (side: HTMLElement, votes: number, isMine: boolean, sentence: string): void => {
      // A cached number may be without the reader's own vote.
      const n = this.#language.number(Math.max(votes, Number(isMine)));
      side.textContent = n;
      side.ariaLabel = `${fill(sentence, { n })}: ${by}`;
      side.ariaPressed = isOwn ? null : String(isMine);
      side.ariaDisabled = isOwn ? 'true' : null;
    };
    showSide(this.#up, upVotes, value === 1, words.agree);
    showSide(this.#down, downVotes, value === -1, words.disagree);
  }
}
