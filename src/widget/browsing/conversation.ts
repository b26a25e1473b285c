import { getPermalink } from '../../contract/addresses.ts';
import type { PermalinkView } from '../../contract/thread.ts';
import { button, h, heading } from '../dom.ts';
import type { Failure } from '../reading/api.ts';
import { hereWithoutHash, linkedComment } from '../reading/comment-link.ts';
import { failureSentence } from '../reading/failure-sentence.ts';
import type { CommentScope, ThreadScope } from '../reading/scopes.ts';
import { adopt } from '../reading/styles.ts';
import { fill } from '../texts/language.ts';
import { CSS } from './styles.ts';

function showBanner({ frame }: ThreadScope, sentence: string, ...more: HTMLElement[]): void {
  frame.above.replaceChildren(h('div', { class: 'banner' }, h('span', {}, sentence), ...more));
}

/** A comment that is not below this article may be in another thread of the page, where it has several. */
function showMissed(thread: ThreadScope, failure: Failure): void {
  const { language } = thread;
  if (failure.passing || failure.waitSeconds) showBanner(thread, failureSentence(language, failure));
  else if (!document.querySelectorAll('belowline-comments')[1]) showBanner(thread, language.words.commentGone);
}

/** The siblings stand apart, without their replies: each is a link to its own conversation. */
function showSiblings(thread: ThreadScope, { comment, siblings }: PermalinkView): void {
  const items = [...siblings.earlier, ...siblings.later].map((sibling) => thread.nodeOf(sibling).element);
  if (items.length === 0) return;
  const parent = thread.nodes.get(comment.parentId ?? '');
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
  if (round !== thread.round || id !== linkedComment()) return;
  if (!outcome.ok) {
    showMissed(thread, outcome.failure);
    return;
  }
  const link = outcome.value;
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
      history.replaceState(history.state, '', hereWithoutHash());
      void thread.open().then(() => thread.frame.focusTitle());
    },
    { class: 'link' },
  );
  showBanner(thread, words.single, showAll);
  thread.settle();
}

function highlight(node: CommentScope): void {
  for (const other of node.thread.root.querySelectorAll('.highlit')) other.classList.remove('highlit');
  node.article.classList.add('highlit');
}

/** Goes to a comment; its conversation is loaded when it is not on the page yet. */
export async function follow(thread: ThreadScope, id: string): Promise<void> {
  adopt(thread.root, CSS);
  if (!thread.nodes.get(id)?.isPlaced) await showConversation(thread, id);
  // The reader may have followed another link meanwhile.
  const node = id === linkedComment() && thread.nodes.get(id);
  if (!node) return;
  highlight(node);
  node.focus('center');
}
