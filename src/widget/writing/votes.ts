import { voteComment } from '../../contract/addresses.ts';
import type { VoteView } from '../../contract/comment.ts';
import type { CommentScope } from '../reading/scopes.ts';
import type { Desk } from './desk.ts';
import { refusalSentence } from './refusal-sentence.ts';
import { callAsGuest } from './signed-calls.ts';

/** The numbers as they will be once the server has the reader's vote. */
const tallyWith = (server: VoteView, value: VoteView['value']): VoteView => {
  const count = (stored: number, side: 1 | -1): number =>
    stored - Number(server.value === side && stored > 0) + Number(value === side);
  return { upVotes: count(server.upVotes, 1), downVotes: count(server.downVotes, -1), value };
};

/** The ids of comments whose vote is on its way; the reader may want another one by now. */
const underway = new Set<string>();

/** Comments below which it is said that a vote did not arrive. */
const failed = new Set<CommentScope>();

/** A complaint is over as soon as something arrives again. */
function takeBack(): void {
  for (const node of failed) node.say('');
  failed.clear();
}

/** A press shows immediately; the server's answer, or its refusal, has the last word. */
export async function vote(desk: Desk, node: CommentScope, side: 1 | -1): Promise<void> {
  const { thread, mine } = desk;
  const { id } = node.view;
  if (node.own) return;
  const settle = ({ value, upVotes, downVotes }: VoteView): void => {
    mine.votes[id] = value;
    Object.assign(node.view, { upVotes, downVotes });
    node.showVotes();
  };
  const now = mine.votes[id] ?? 0;
  let server: VoteView = { ...node.view, value: now };
  const value = now === side ? 0 : side;
  settle(tallyWith(server, value));
  if (underway.has(id)) return;
  underway.add(id);
  while (mine.votes[id] !== server.value) {
    const outcome = await callAsGuest(thread, voteComment, { id, body: { value: mine.votes[id] ?? 0 } }, 'vote');
    if (!outcome.ok) {
      node.say(refusalSentence(desk, outcome.failure));
      desk.learn(outcome.failure);
      if (outcome.failure.passing) failed.add(node);
      addEventListener('online', takeBack, { once: true });
      break;
    }
    takeBack();
    server = outcome.value;
    thread.tell('voted', { id, value: server.value });
  }
  underway.delete(id);
  settle(server);
}
