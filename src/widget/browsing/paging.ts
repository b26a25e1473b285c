import { getPermalink, listReplies } from '../../contract/addresses.ts';
import type { CommentView, ThreadSort } from '../../contract/thread.ts';
import type { CommentScope, ThreadScope } from '../reading/scopes.ts';
import { readFailed } from './read-failed.ts';

function arrived(thread: ThreadScope, fresh: CommentView[]): void {
  const { language, frame, nodes } = thread;
  thread.settle();
  frame.announce(language.many(language.words.loaded, fresh.length));
  nodes.get(fresh[0]?.id ?? '')?.focus('nearest');
}

/** Puts the next page below the comments. */
export async function loadMore(thread: ThreadScope, cursor: string): Promise<void> {
  const { round } = thread;
  const outcome = await thread.api.thread(thread.sort, cursor);
  if (round !== thread.round) return;
  if (!outcome.ok) return thread.offerMore(cursor, readFailed(thread, outcome.failure));
  const fresh = outcome.value.comments.filter((comment) => !thread.nodes.has(comment.id));
  thread.append(outcome.value);
  arrived(thread, fresh);
}

/** Puts the next replies below a comment; `total` is how many it has. */
export async function loadReplies(node: CommentScope, cursor: string, total: number | null): Promise<void> {
  const { thread } = node;
  const outcome = await thread.api.call(listReplies, { id: node.view.id, query: { cursor } });
  // Another order or conversation is shown by now, with nodes of its own.
  if (!node.element.isConnected) return;
  if (!outcome.ok) return node.say(readFailed(thread, outcome.failure));
  const fresh = outcome.value.replies.filter((reply) => !thread.nodes.has(reply.id));
  for (const reply of outcome.value.replies) thread.put(reply, node);
  thread.offerReplies(node, outcome.value.next, total);
  arrived(thread, fresh);
}

/** Shows the whole of a long comment. */
export async function readWhole(node: CommentScope): Promise<void> {
  const outcome = await node.thread.api.call(getPermalink, { id: node.view.id });
  if (!outcome.ok) return node.say(readFailed(node.thread, outcome.failure));
  node.update(outcome.value.comment);
  node.article.focus({ preventScroll: true });
}

/** The page's address says the order, beside whatever else it says: it is there after a reload, and for others. */
function keepOrder(order: ThreadSort): void {
  const rest = location.search.slice(1).split('&');
  const query = rest.filter((pair) => pair && !pair.startsWith('comments-sort='));
  if (order !== 'newest') query.push(`comments-sort=${order}`);
  const search = query.length > 0 ? `?${query.join('&')}` : '';
  history.replaceState(history.state, '', location.pathname + search + location.hash);
}

/** Shows the comments in another order; those that are there stay until it has come. */
export async function reorder(thread: ThreadScope, order: ThreadSort): Promise<void> {
  const before = thread.sort;
  thread.sort = order;
  if (await thread.open(thread.language.words.sorted)) {
    keepOrder(order);
    return;
  }
  thread.sort = before;
  thread.frame.setSort(before);
}
