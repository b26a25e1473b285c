import type { VoteView } from '../contract/comment.ts';
import type { CommentView } from '../contract/thread.ts';
import type { Api } from './api.ts';
import { h, icon } from './dom.ts';
import { texts } from './texts.ts';

export type VoteValue = VoteView['value'];

interface Ballot {
  api: Api;
  comment: CommentView;
  value: VoteValue;
  /** True for the reader's own comment: the numbers are shown and nothing can be pressed. */
  fixed: boolean;
  settled(vote: VoteView): void;
  say(sentence: string): void;
}

/** The buttons for up and down. A press shows immediately; the server's answer, or its refusal, has the last word. */
export function voteButtons(ballot: Ballot): HTMLElement {
  let server: VoteView = { ...ballot.comment, value: ballot.value };
  let { value } = server;
  let sending = false;

  const shown = (side: 1 | -1): number => {
    const stored = side === 1 ? server.upVotes : server.downVotes;
    const others = stored - (server.value === side && stored > 0 ? 1 : 0);
    return others + (value === side ? 1 : 0);
  };

  const sides = ([1, -1] as const).map((side) => {
    const number = h('span');
    const arrow = icon(side === 1 ? 'M8 13V3M3.5 7.5 8 3l4.5 4.5' : 'M8 3v10M3.5 8.5 8 13l4.5-4.5');
    const element = ballot.fixed
      ? h('span', { class: 'vote', role: 'img' }, arrow, number)
      : h('button', { type: 'button', class: 'vote', onclick: () => void press(side) }, arrow, number);
    return { side, number, element };
  });

  const paint = (): void => {
    for (const { side, number, element } of sides) {
      const count = shown(side);
      number.textContent = texts.number(count);
      element.setAttribute('aria-label', side === 1 ? texts.agree(count) : texts.disagree(count));
      if (!ballot.fixed) element.setAttribute('aria-pressed', String(value === side));
    }
  };

  const press = async (side: 1 | -1): Promise<void> => {
    value = value === side ? 0 : side;
    paint();
    if (sending) return;
    sending = true;
    ballot.say('');
    while (value !== server.value) {
      const outcome = await ballot.api.vote(ballot.comment.id, value);
      if (!outcome.ok) {
        value = server.value;
        ballot.say(outcome.failure.detail);
        break;
      }
      server = outcome.value;
    }
    sending = false;
    ballot.settled(server);
    paint();
  };

  paint();
  return h('span', { class: 'votes', role: 'group', 'aria-label': texts.votes }, ...sides.map((side) => side.element));
}
