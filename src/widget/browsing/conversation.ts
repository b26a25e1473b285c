import { getPermalink } from '../../contract/addresses.ts';
import { commentLink } from '../../contract/comment-link.ts';
import type { CommentView, PermalinkView, ThreadSort } from '../../contract/thread.ts';
import { button, h, heading } from '../dom.ts';
import type { Failure } from '../reading/api.ts';
import { linkedComment, pageAddress } from '../reading/comment-link.ts';
import type { CommentScope, ThreadScope } from '../reading/scopes.ts';
import { adopt } from '../reading/styles.ts';
import { fill } from '../texts/language.ts';
import { keepInView } from './keep-in-view.ts';
import { readFailed } from './read-failed.ts';
import { score } from './score.ts';
import { CSS } from './styles.ts';

/** The comment that each thread was last led to. */
const wanted = new WeakMap<ThreadScope, string | undefined>();

/** Comments that were gone to in this page. */
const found = new Set<string>();

function showBanner({ frame }: ThreadScope, sentence: string, ...more: HTMLElement[]): void {
  frame.above.querySelector('.led')?.remove();
  frame.above.prepend(h('div', { class: 'banner led' }, h('span', {}, sentence), ...more));
}

/**
 * A comment that is not below this article may be in another thread of the page, where it has several, or below the
 * article that an app showed before this one.
 */
function showMissed(thread: ThreadScope, id: string, failure: Failure): void {
  const isGone = !failure.passing && !failure.waitSeconds;
  if (isGone && (found.has(id) || document.querySelectorAll('belowline-comments')[1])) return;
  const sentence = readFailed(thread, failure);
  showBanner(thread, isGone ? thread.language.words.commentGone : sentence);
}

/**
 * The nearest in time, in the order that the thread has them in: what the reader chose is the order of top-level
 * comments, and replies are read in the order of the tree.
 */
function inOrder({ comment, siblings }: PermalinkView, sort: ThreadSort): CommentView[] {
  const oldestFirst = [...siblings.earlier, ...siblings.later];
  if (comment.depth > 0 || sort === 'oldest') return oldestFirst;
  const newestFirst = oldestFirst.reverse();
  return sort === 'newest' ? newestFirst : newestFirst.sort((one, other) => score(other) - score(one));
}

/** The siblings stand apart, without their replies: each is a link to its own conversation. */
function showSiblings(thread: ThreadScope, link: PermalinkView): void {
  const items = inOrder(link, thread.sort).map((sibling) => thread.nodeOf(sibling).element);
  if (items.length === 0) return;
  const parent = thread.nodes.get(link.comment.parentId ?? '');
  const { words } = thread.language;
  // A tombstone has no name.
  const title = parent?.tombstone === null ? fill(words.otherReplies, { name: parent.name }) : words.otherComments;
  const list = h('ol', { class: 'list' }, ...items);
  thread.frame.below.replaceChildren(h('div', { class: 'siblings part' }, heading(thread.level + 1, {}, title), list));
}

/** Shows one comment with what it answers and its replies, in the place of the thread; or says that it is gone. */
async function showConversation(thread: ThreadScope, id: string): Promise<void> {
  const { round } = thread;
  const outcome = await thread.api.call(getPermalink, { id });
  // The reader may have followed another link meanwhile.
  if (round !== thread.round || id !== wanted.get(thread)) return;
  if (!outcome.ok) {
    showMissed(thread, id, outcome.failure);
    return;
  }
  const link = outcome.value;
  // Comments that are still on their way belong to what stood here before.
  thread.round++;
  thread.begin(link);
  let node: CommentScope | undefined;
  for (const comment of [...link.ancestors, link.comment]) node = thread.put(comment, node);
  for (const reply of link.replies) thread.put(reply, node);
  if (node) thread.offerReplies(node, link.moreReplies, link.comment.replyCount);
  showSiblings(thread, link);
  const { words } = thread.language;
  const showAll = button(
    words.showAll,
    () => {
      history.replaceState(history.state, '', pageAddress().replace(/[?&](?=#|$)/, ''));
      wanted.delete(thread);
      void thread.open().then(() => thread.frame.focusTitle());
    },
    { class: 'link' },
  );
  showBanner(thread, words.single, showAll);
  thread.settle();
}

/** Writes the comment into the page's address, as a step that the reader can go back. */
function enter(id: string): void {
  try {
    if (id !== linkedComment()) history.pushState(null, '', commentLink(id, pageAddress()));
  } catch {
    // A frame without an address of its own has no steps.
  }
}

/** All comments again, where one conversation stood. */
async function leave(thread: ThreadScope): Promise<void> {
  if (thread.frame.above.querySelector('.led')) await thread.open();
}

/**
 * Goes to the comment that the reader has `chosen`, or else to the one that the page's address leads to; its conversation
 * is loaded when it is not on the page yet, or is to stand `apart`. An address without one leads to all comments.
 */
export async function follow(thread: ThreadScope, chosen?: string, apart = false): Promise<void> {
  adopt(thread.root, CSS);
  if (chosen) enter(chosen);
  const id = chosen ?? linkedComment();
  wanted.set(thread, id);
  for (const before of thread.root.querySelectorAll('.highlit')) before.classList.remove('highlit');
  if (!id) return leave(thread);
  const there = thread.nodes.get(id);
  // Comments above the one of a conversation stand there without their other replies.
  const isAbove = (there?.view.depth ?? 0) < (thread.single?.depth ?? 0);
  if (apart || isAbove || !there?.isPlaced) await showConversation(thread, id);
  // The reader may have followed another link meanwhile.
  const node = id === wanted.get(thread) && thread.nodes.get(id);
  if (!node) return;
  found.add(id);
  node.article.classList.add('highlit');
  node.focus('center');
  keepInView(node.article, 'center');
}
