import type { CommentView } from '../../contract/thread.ts';
import { button, h } from '../dom.ts';
import type { Failure } from '../reading/api.ts';
import type { CommentScope, ThreadScope } from '../reading/scopes.ts';
import { type Answer, askAgain, type Listed } from './answers.ts';
import { Freshening } from './freshening.ts';

/** A comment that came while the page was open, and the one that it stands below. */
interface Fresh {
  comment: CommentView;
  root: string | null;
}

/** The news under the article since its comments were read: new ones wait for a press, all else shows by itself. */
export class News {
  readonly #thread: ThreadScope;
  readonly #bar = h('div', { class: 'news' });
  readonly #button = button('', () => void this.#show());
  #freshening: Freshening;
  #fresh: Fresh[] = [];
  #hasGap = false;
  #version = '';
  #isFirst = true;
  #count: number;
  /** How many more there are than on the page, while a page of answers does not have them all. */
  #unshown = 0;
  /** A reading of the thread, or one conversation; what is known of another one is of no use. */
  #view = '';
  /** The newest comment that was there at first. */
  #newest = '';

  constructor(thread: ThreadScope) {
    this.#thread = thread;
    this.#count = thread.count;
    this.#freshening = new Freshening(thread);
    thread.frame.list.before(this.#bar);
    this.#follow();
    const list = new MutationObserver(() => this.#follow());
    list.observe(thread.frame.list, { childList: true });
    thread.end.signal.addEventListener('abort', () => list.disconnect());
  }

  get #present(): string {
    return `${this.#thread.round} ${this.#thread.single?.id}`;
  }

  /** Begins anew when the comments on the page are other ones. */
  #follow(): void {
    if (this.#view === this.#present) return;
    this.#view = this.#present;
    this.#version = '';
    this.#isFirst = true;
    this.#newest = [...this.#thread.nodes.keys()].sort().at(-1) ?? '';
    this.#freshening.stop();
    this.#freshening = new Freshening(this.#thread);
    this.#unshown = 0;
    this.#offer([], false, 0);
  }

  async ask(): Promise<Failure | 'news' | 'none'> {
    const thread = this.#thread;
    this.#follow();
    this.#freshening.tryAgain();
    // There is nothing to ask about before the server has sent the rules.
    if (!thread.rules.commenting) return 'none';
    const view = this.#view;
    const answer = await askAgain(thread, this.#version);
    if (answer === null || thread.end.signal.aborted || view !== this.#present) return 'none';
    if ('reason' in answer) return answer;
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    this.#version = answer.version;
    this.#take(answer);
    return isFirst && this.#fresh.length === 0 ? 'none' : 'news';
  }

  #take(answer: Answer): void {
    const thread = this.#thread;
    for (const list of answer.lists) this.#freshening.take(list);
    for (const top of answer.tops) this.#freshening.offerReplies(top);
    const fresh = new Map(answer.lists.flatMap((list) => this.#freshOf(list).map((one) => [one.comment.id, one])));
    const counted = [...fresh.values()].filter(({ comment }) => comment.tombstone === null).length;
    this.#unshown += answer.commentCount - thread.count;
    const shown = [...thread.nodes.values()].filter(({ visible, isPlaced }) => visible && isPlaced).length;
    // A count that is the same as before may be behind a comment of this reader's own.
    if (answer.commentCount !== this.#count) thread.changeCount(Math.max(answer.commentCount, shown) - thread.count);
    this.#count = answer.commentCount;
    this.#offer([...fresh.values()], answer.hasGap, answer.hasGap ? Math.max(counted, this.#unshown) : counted);
  }

  #freshOf({ root, comments }: Listed): Fresh[] {
    const { nodes, reach, single, writing } = this.#thread;
    const isKnown = ({ id }: CommentView): boolean => !!nodes.get(id)?.isPlaced || !!writing?.wasDeleted(id);
    const from = reach < this.#newest ? reach : this.#newest;
    const isNews = (comment: CommentView): boolean =>
      root === null ? single === null && comment.id > from : nodes.has(root) || root > from;
    return comments.filter((one) => !isKnown(one) && isNews(one)).map((comment) => ({ comment, root }));
  }

  #offer(fresh: Fresh[], hasGap: boolean, count: number): void {
    const { language, frame } = this.#thread;
    const wasThere = this.#fresh.length > 0;
    this.#fresh = count > 0 ? fresh : [];
    this.#hasGap = hasGap;
    if (count === 0) {
      this.#bar.replaceChildren();
      return;
    }
    this.#button.textContent = language.many(language.words.newComments, count);
    if (!this.#button.isConnected) this.#bar.append(this.#button);
    if (!wasThere) frame.announce(this.#button.textContent);
  }

  /** Puts the new comments into their places, and goes to the first of them. */
  async #show(): Promise<void> {
    const thread = this.#thread;
    const { frame, language } = thread;
    const fresh = this.#fresh;
    const ids = new Set(fresh.filter(({ comment }) => comment.tombstone === null).map(({ comment }) => comment.id));
    if (this.#hasGap) {
      if (!(await thread.open())) return;
    } else {
      if (thread.nodes.size === 0) frame.say('');
      // A parent is older than what answers it, and siblings stand by their age.
      for (const { comment, root } of fresh.sort((a, b) => (a.comment.id < b.comment.id ? -1 : 1)))
        if (root === null || thread.nodes.has(root)) thread.put(comment, thread.nodes.get(root ?? ''));
      this.#unshown = 0;
      this.#offer([], false, 0);
      thread.settle();
    }
    frame.announce(language.many(language.words.loaded, ids.size));
    this.#first(ids)?.focus();
  }

  #first(ids: ReadonlySet<string>): CommentScope | undefined {
    const { root, nodes } = this.#thread;
    for (const { id } of root.querySelectorAll('article')) {
      const node = nodes.get(id.replace('comment-', ''));
      if (node && ids.has(node.view.id)) return node;
    }
    return undefined;
  }
}
