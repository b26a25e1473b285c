import type { CommentView, ThreadView } from '../../contract/thread.ts';
import type { CommentScope, ThreadScope } from '../reading/scopes.ts';
import { type Listed, placedBelow } from './answers.ts';

/** Without what stands below it. */
const alone = (comment: CommentView): CommentView => {
  const { replies, moreReplies, ...own } = comment as ThreadView['comments'][number];
  return own;
};

/** Changes of comments that are on the page, shown in their places; where the focus is, nothing changes. */
export class Freshening {
  readonly #thread: ThreadScope;
  /** The server's last word of each comment: an older page of a cache says it again, and changes nothing. */
  readonly #said = new Map<string, string>();
  readonly #waiting = new Map<string, CommentView>();
  readonly #leave = (): void => {
    // The focus is on its way to another place.
    setTimeout(() => this.tryAgain());
  };

  constructor(thread: ThreadScope) {
    this.#thread = thread;
    thread.root.addEventListener('focusout', this.#leave);
  }

  stop(): void {
    this.#thread.root.removeEventListener('focusout', this.#leave);
  }

  take(list: Listed): void {
    for (const comment of list.comments) this.#show(alone(comment));
    for (const node of this.#missedIn(list)) {
      const gone = { tombstone: 'gone' as never, authorName: null, body: null, isCut: false };
      this.#show({ ...node.view, ...gone });
    }
  }

  tryAgain(): void {
    for (const comment of this.#waiting.values()) this.#show(comment);
  }

  /** The number of replies that are not on the page. */
  offerReplies({ id, replies, replyCount, moreReplies }: ThreadView['comments'][number]): void {
    const { nodes, root } = this.#thread;
    const node = nodes.get(id);
    const more = node?.element.querySelector(':scope > .more');
    const isAtFirst = node && placedBelow(node) === replies.length;
    if (node && more && isAtFirst && more !== root.activeElement)
      this.#thread.offerReplies(node, moreReplies, replyCount);
  }

  #show(comment: CommentView): void {
    const { nodes, root, writing } = this.#thread;
    const node = nodes.get(comment.id);
    if (!node) return;
    const said = JSON.stringify(comment);
    const before = this.#said.get(comment.id);
    if (before === said) return;
    const { view } = node;
    const isOther = !node.own && (view.editedAt !== comment.editedAt || view.tombstone !== comment.tombstone);
    if (isOther && node.article.contains(root.activeElement)) {
      this.#waiting.set(comment.id, comment);
      return;
    }
    this.#waiting.delete(comment.id);
    this.#said.set(comment.id, said);
    if (isOther) node.update(comment);
    // A cache's first answer may be from before this reader's own vote.
    else if (before !== undefined || !writing?.voteOf(comment.id)) {
      const { upVotes, downVotes } = comment;
      if (view.upVotes === upVotes && view.downVotes === downVotes) return;
      Object.assign(view, { upVotes, downVotes });
      node.showVotes();
    }
  }

  /** Comments on the page that a list should have and does not: taken down, with no reply to leave a tombstone for. */
  #missedIn({ root, comments, isWhole, order }: Listed): CommentScope[] {
    const { nodes } = this.#thread;
    const last = comments.at(-1);
    const ids = new Set(comments.map(({ id }) => id));
    const views = new Map(comments.map((comment) => [comment.id, comment]));
    /** Ids are all of one length, so that a path sorts as the tree does. */
    const pathOf = (id: string): string => {
      const parentId = views.get(id)?.parentId ?? nodes.get(id)?.view.parentId;
      return (parentId && id !== root ? pathOf(parentId) : '') + id;
    };
    const end = last && pathOf(last.id);
    const isPast = (id: string): boolean =>
      order !== null && !!end && (order === 'newest' ? id > end : pathOf(id) < end);
    return [...nodes.values()].filter(({ view, isPlaced, own }) => {
      if (!isPlaced || own || view.tombstone !== null || ids.has(view.id) || view.id === root) return false;
      const belongs =
        root === null ? view.parentId === null : pathOf(view.id).startsWith(pathOf(root)) && view.parentId !== null;
      return belongs && (isWhole || isPast(view.id));
    });
  }
}
