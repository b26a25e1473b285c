import type { OwnCommentView } from '../contract/comment.ts';
import type { CommentView, FormRules, PermalinkView, ThreadSort, ThreadView } from '../contract/thread.ts';
import type { Api, Failure } from './api.ts';
import type { CommentForm } from './comment-form.ts';
import { threadForm } from './comment-forms.ts';
import { hereWithoutHash, linkedComment } from './comment-link.ts';
import { CommentNode } from './comment-node.ts';
import { showCount } from './counts.ts';
import { Drafts } from './drafts.ts';
import { OwnComments } from './own-comments.ts';
import { texts } from './texts.ts';
import { ThreadFrame } from './thread-frame.ts';
import type { ThreadScope } from './thread-scope.ts';
import { refreshTimes } from './time.ts';

/** Sorts behind every id. */
const NOTHING = '~';

/** The thread of one article as one reader sees it: the public comments, and the reader's own merged into them. */
export class ReaderThread implements ThreadScope {
  readonly nodes = new Map<string, CommentNode>();
  readonly own: OwnComments;
  readonly drafts: Drafts;
  /** The rules are empty, and nothing is open, until the server has sent them. */
  rules = {} as FormRules;
  articleUrl = hereWithoutHash();
  readonly #frame: ThreadFrame;
  #form: CommentForm | null = null;
  #sort: ThreadSort = 'newest';
  #count = 0;
  /** Top-level comments with a greater id are all on the page. */
  #reach = NOTHING;
  /** Grows with each new reading, so that a late answer to an earlier one is dropped. */
  #round = 0;
  readonly #clock: number;
  readonly #followHash = (): void => void this.#follow(linkedComment());

  readonly root: ShadowRoot;
  readonly api: Api;
  readonly articleKey: string;
  readonly level: number;

  constructor(root: ShadowRoot, api: Api, site: string, articleKey: string, level: number) {
    this.root = root;
    this.api = api;
    this.articleKey = articleKey;
    this.level = level;
    this.drafts = new Drafts(site, articleKey);
    this.own = new OwnComments(api, site);
    this.#frame = new ThreadFrame(level, {
      sort: (order) => {
        this.#sort = order;
        void this.#open(texts.sorted);
      },
      jump: () => this.#form?.focus(),
    });
    root.replaceChildren(this.#frame.element);
    this.#clock = setInterval(() => refreshTimes(root), 60_000);
    addEventListener('hashchange', this.#followHash);
    void this.#open().then(this.#followHash);
  }

  close(): void {
    this.#round++;
    clearInterval(this.#clock);
    removeEventListener('hashchange', this.#followHash);
  }

  announce(sentence: string): void {
    this.#frame.announce(sentence);
  }

  async refreshOwn(): Promise<void> {
    await this.own.load();
    this.#placeOwn();
  }

  posted(own: OwnCommentView): void {
    this.changed(own);
    // An earlier try may have arrived under the name that the form had then.
    this.#frame.say(own.authorName === this.drafts.person().name ? '' : texts.postedAs(own.authorName));
    this.#put(own).focus();
    this.announce(texts.arrived[own.status]);
  }

  changed(own: OwnCommentView): void {
    const before = this.own.comments.get(own.id)?.status;
    this.own.comments.set(own.id, own);
    this.nodes.get(own.id)?.refresh();
    this.#setCount(this.#count + Number(own.status === 'published') - Number(before === 'published'));
  }

  #setCount(count: number): void {
    this.#count = Math.max(0, count);
    this.#frame.setCount(this.#count);
    showCount(this.articleKey, this.#count);
  }

  /** `said` is spoken when the comments are on the page. */
  async #open(said = ''): Promise<void> {
    const round = ++this.#round;
    this.#frame.say(texts.loading);
    const own = this.own.load();
    const outcome = await this.api.thread(this.#sort, null);
    if (round !== this.#round) return;
    this.#clear();
    if (outcome.ok) this.#show(outcome.value);
    else if (outcome.failure.reason === 'article-unknown') this.#showUnknown();
    else return this.#frame.say(outcome.failure.detail, () => void this.#open(said).then(this.#followHash));
    const mine = await own;
    if (round !== this.#round) return;
    this.announce(mine ? said : texts.mineFailed);
    this.#placeOwn();
  }

  #clear(): void {
    this.nodes.clear();
    this.#reach = NOTHING;
    this.#frame.clear();
  }

  #show(thread: ThreadView): void {
    this.#begin(thread);
    this.#append(thread);
  }

  #begin({ rules, article }: ThreadView | PermalinkView): void {
    this.rules = rules;
    if (article.url) this.articleUrl = article.url.replace(/#.*/, '');
    this.#setCount(article.commentCount);
    this.#frame.say(rules.commenting === 'closed' ? texts.closed : '');
  }

  #showUnknown(): void {
    this.#setCount(0);
    this.#reach = '';
    this.#frame.say(texts.notOpen);
  }

  #append(thread: ThreadView): void {
    for (const top of thread.comments) {
      const node = this.#put(top);
      for (const reply of top.replies) this.#put(reply, node);
      this.#offerReplies(node, top.moreReplies, top.replyCount);
    }
    const { next } = thread;
    this.#reach = next === null ? '' : this.#sort === 'newest' ? (thread.comments.at(-1)?.id ?? '') : NOTHING;
    this.#frame.offerMore(next === null ? null : () => void this.#loadMore(next));
  }

  #nodeOf(comment: CommentView): CommentNode {
    const known = this.nodes.get(comment.id);
    if (known) return known;
    const node = new CommentNode(this, comment);
    this.nodes.set(comment.id, node);
    // The comment was deleted after this answer was made, so the answer still counts it.
    if (node.tombstone && !comment.tombstone) this.#setCount(this.#count - 1);
    return node;
  }

  /** `under` is the place of a reply whose parent is not loaded. */
  #put(comment: CommentView, under?: CommentNode): CommentNode {
    const known = this.nodes.get(comment.id);
    const node = this.#nodeOf(comment);
    known?.update(comment);
    const parent = this.nodes.get(comment.parentId ?? '') ?? under;
    if (known && !this.#frame.ownList.contains(known.element)) return known;
    if (parent) parent.addReply(node);
    else this.#frame.add(node.element, this.#sort === 'newest');
    return node;
  }

  /**
   * Puts the reader's own comments into their places: the public thread is up to a quarter of a minute behind and never
   * has pending comments. Those whose place is not loaded get a part of their own. Then the form for another is offered.
   */
  #placeOwn(): void {
    for (const id of Object.keys(this.own.votes)) this.nodes.get(id)?.refresh();
    for (const own of this.own.alive) {
      const known = this.nodes.get(own.id);
      const placeable = own.parentId === null ? own.id > this.#reach : this.nodes.has(own.parentId);
      if (placeable || (known && !this.#frame.ownList.contains(known.element))) this.#put(own);
      else if (own.status !== 'published') this.#frame.ownList.append(this.#nodeOf(own).element);
    }
    this.#setCount(Math.max(this.#count, [...this.nodes.values()].filter((node) => node.visible).length));
    const open = this.rules.commenting === 'open';
    if (open && this.nodes.size === 0) this.#frame.say(texts.empty);
    this.#frame.allowForm(open);
    if (!open || this.#form) return;
    this.#form = threadForm(this);
    this.#frame.formPlace.replaceChildren(this.#form.element);
  }

  async #loadMore(cursor: string): Promise<void> {
    const round = this.#round;
    const outcome = await this.api.thread(this.#sort, cursor);
    if (round !== this.#round) return;
    if (!outcome.ok) return this.#frame.offerMore(() => void this.#loadMore(cursor), outcome.failure.detail);
    const fresh = outcome.value.comments.filter((comment) => !this.nodes.has(comment.id));
    this.#append(outcome.value);
    this.#placeOwn();
    this.announce(texts.loaded(fresh.length));
    this.nodes.get(fresh[0]?.id ?? '')?.focus('nearest');
  }

  #offerReplies(node: CommentNode, cursor: string | null, total: number | null): void {
    if (cursor === null) node.offerMore(null);
    else
      node.offerMore(texts.moreReplies((total ?? 0) - node.replyCount), () => this.#loadReplies(node, cursor, total));
  }

  async #loadReplies(node: CommentNode, cursor: string, total: number | null): Promise<void> {
    node.say('');
    const outcome = await this.api.replies(node.view.id, cursor);
    // Another order or conversation is shown by now, with nodes of its own.
    if (!node.element.isConnected) return;
    if (!outcome.ok) return node.say(outcome.failure.detail);
    const fresh = outcome.value.replies.filter((reply) => !this.nodes.has(reply.id));
    for (const reply of outcome.value.replies) this.#put(reply, node);
    this.#offerReplies(node, outcome.value.next, total);
    this.#placeOwn();
    this.announce(texts.loaded(fresh.length));
    this.nodes.get(fresh[0]?.id ?? '')?.focus('nearest');
  }

  /** Goes to the comment that the page's address names, and loads its conversation when it is not on the page yet. */
  async #follow(id: string | null): Promise<void> {
    if (id === null) return;
    const round = this.#round;
    const known = this.nodes.get(id)?.element;
    if (!known || this.#frame.siblingList.contains(known)) {
      const outcome = await this.api.permalink(id);
      // The reader may have followed another link meanwhile.
      if (round !== this.#round || id !== linkedComment()) return;
      if (!outcome.ok) return this.#missed(outcome.failure);
      this.#showSingle(outcome.value);
    }
    const node = this.nodes.get(id);
    node?.highlight();
    node?.focus('center');
  }

  /** A comment that is not below this article may be in another thread of the page, where it has several. */
  #missed({ passing, waitSeconds, detail }: Failure): void {
    if (passing || waitSeconds) this.#frame.showBanner(detail);
    else if (!document.querySelectorAll('belowline-comments')[1]) this.#frame.showBanner(texts.commentGone);
  }

  #showSingle(link: PermalinkView): void {
    this.#clear();
    this.#begin(link);
    let node: CommentNode | undefined;
    for (const comment of [...link.ancestors, link.comment]) node = this.#put(comment, node);
    for (const reply of link.replies) this.#put(reply, node);
    if (node) this.#offerReplies(node, link.moreReplies, link.comment.replyCount);
    this.#showSiblings(link);
    this.#placeOwn();
    this.#frame.showBanner(texts.single, texts.showAll, () => {
      history.replaceState(history.state, '', hereWithoutHash());
      void this.#open().then(() => this.#frame.focusTitle());
    });
  }

  /** The siblings stand apart, without their replies: each is a link to its own conversation. */
  #showSiblings({ comment, siblings }: PermalinkView): void {
    const parent = this.nodes.get(comment.parentId ?? '');
    const items = [...siblings.earlier, ...siblings.later].map((sibling) => this.#nodeOf(sibling).element);
    // A tombstone has no name.
    const title = parent?.tombstone === null ? texts.otherReplies(parent.name) : texts.otherComments;
    this.#frame.showSiblings(title, items);
  }
}
