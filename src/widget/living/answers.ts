import { getPermalink, listReplies } from '../../contract/addresses.ts';
import type { CommentView, PermalinkView, ThreadView } from '../../contract/thread.ts';
import type { Failure, Outcome } from '../reading/api.ts';
import type { CommentScope, ThreadScope } from '../reading/scopes.ts';

/** An older answer is a copy that a cache gives out while the database does not answer. */
const OLD_SECONDS = 30;

/** A reader who has loaded more than this is not asked for again in full. */
const MOST_PAGES = 5;
const MOST_CONVERSATIONS = 5;

/** A list of comments as the server has it now. */
export interface Listed {
  /** The comment that all of them stand below; null for the top of the thread. */
  root: string | null;
  comments: CommentView[];
  /** False: there are more, behind the last of these. */
  isWhole: boolean;
  /** The order by which it can be told that one is missing; null where nothing can be told. */
  order: 'newest' | 'oldest' | null;
}

export interface Answer {
  /** The state of the article: while it is the same, so is everything below it. */
  version: string;
  commentCount: number;
  lists: Listed[];
  /** Conversations as they are now, for their buttons. */
  tops: ThreadView['comments'];
  /** More came than one page holds: what lies between these comments and those on the page is not here. */
  hasGap: boolean;
}

const OLD: Failure = { reason: 'no-connection', passing: true };

const versionOf = (outcome: Outcome<unknown> & { ok: true }): string | null =>
  Number(outcome.headers.get('age')) < OLD_SECONDS ? outcome.headers.get('etag') : null;

export const placedBelow = (node: CommentScope): number =>
  node.element.querySelectorAll(':scope .replies article').length;

/** One round of questions; it is told of each answer but the first. */
interface Asking {
  thread: ThreadScope;
  note<Of extends Outcome<unknown>>(outcome: Of): Of;
}

/** The pages that this reader has before them, by their order. */
async function pagesOf({ thread, note }: Asking, first: ThreadView): Promise<ThreadView[]> {
  const { api, sort, frame } = thread;
  const pages = [first];
  let [last, listed] = [first, first.comments.length];
  while (last.next !== null && listed < frame.list.childElementCount && pages.length < MOST_PAGES) {
    const outcome = note(await api.thread(sort, last.next));
    if (!outcome.ok) break;
    last = outcome.value;
    pages.push(last);
    listed += last.comments.length;
  }
  return pages;
}

/** Replies that the reader has loaded beside the first ones, or has all of. */
async function conversationsOf({ thread, note }: Asking, tops: ThreadView['comments']): Promise<Listed[]> {
  const lists: Listed[] = [];
  let asked = 0;
  for (const { id, replies, moreReplies } of tops) {
    const list: Listed = { root: id, comments: replies, isWhole: moreReplies === null, order: 'oldest' };
    lists.push(list);
    const node = thread.nodes.get(id);
    if (!node || moreReplies === null || asked >= MOST_CONVERSATIONS) continue;
    if (node.element.querySelector(':scope > .more') && placedBelow(node) <= replies.length) continue;
    asked++;
    const outcome = note(await thread.api.call(listReplies, { id, query: { cursor: moreReplies } }));
    if (!outcome.ok) continue;
    list.comments = [...replies, ...outcome.value.replies];
    list.isWhole = outcome.value.next === null;
  }
  return lists;
}

async function threadAnswer(asking: Asking, newest: ThreadView): Promise<Omit<Answer, 'version'>> {
  const { sort, api, nodes } = asking.thread;
  const own = sort === 'newest' ? ({ ok: true, value: newest } as const) : asking.note(await api.thread(sort, null));
  const pages = own.ok ? await pagesOf(asking, own.value) : [];
  const tops = pages.flatMap(({ comments }) => comments);
  const lists = await conversationsOf(asking, tops);
  if (pages.length > 0)
    lists.unshift({
      root: null,
      comments: tops,
      isWhole: pages.at(-1)?.next === null,
      order: sort === 'top' ? null : sort,
    });
  if (sort !== 'newest') {
    lists.push({ root: null, comments: newest.comments, isWhole: false, order: null });
    for (const { id, replies } of newest.comments)
      lists.push({ root: id, comments: replies, isWhole: false, order: null });
  }
  const hasGap = nodes.size > 0 && newest.next !== null && !newest.comments.some(({ id }) => nodes.has(id));
  return { commentCount: newest.article.commentCount, lists, tops, hasGap: hasGap && sort === 'newest' };
}

function conversationAnswer({
  article,
  ancestors,
  comment,
  replies,
  moreReplies,
}: PermalinkView): Omit<Answer, 'version'> {
  const lists: Listed[] = [
    { root: null, comments: [...ancestors, comment], isWhole: false, order: null },
    { root: comment.id, comments: replies, isWhole: moreReplies === null, order: 'oldest' },
  ];
  return { commentCount: article.commentCount, lists, tops: [], hasGap: false };
}

/**
 * Asks for the thread, or the conversation, as it is now. The first request goes to an address that everybody asks for
 * and carries an ETag; the others follow only where the article is another than at `known`. Null: it is the same.
 */
export async function askAgain(thread: ThreadScope, known: string): Promise<Failure | Answer | null> {
  const { api, single } = thread;
  const head = single === null ? await api.thread('newest', null) : await api.call(getPermalink, { id: single.id });
  if (!head.ok) return head.failure;
  const version = versionOf(head);
  if (version === null) return OLD;
  if (version === known) return null;
  const { value } = head;
  if ('comment' in value) return { version, ...conversationAnswer(value) };
  // A cache may have an older copy of another page: what happened since then is still to be asked for.
  let isEven = true;
  const note = <Of extends Outcome<unknown>>(outcome: Of): Of => {
    isEven &&= outcome.ok && versionOf(outcome) === version;
    return outcome;
  };
  const answer = await threadAnswer({ thread, note }, value);
  return { version: isEven ? version : '', ...answer };
}
