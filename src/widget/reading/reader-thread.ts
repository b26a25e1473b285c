import type { CommentView, FormRules, PermalinkView, ThreadSort, ThreadView } from '../../contract/thread.ts';
import { showCount } from '../counts.ts';
import type { Language } from '../texts/language.ts';
import type { Api, Failure, Outcome } from './api.ts';
import { linkedComment, pageAddress } from './comment-link.ts';
import { CommentNode } from './comment-node.ts';
import { failureSentence } from './failure-sentence.ts';
import { hasStored } from './has-stored.ts';
import { fetchBrowsing, fetchWriting } from './parts.ts';
import type { Browsing, ThreadScope, ThreadStart, Told, Writing } from './scopes.ts';
import { ThreadFrame } from './thread-frame.ts';

/** A reader who has been here for so long is likely to stay, and is told of new comments. */
const SETTLED_MS = 20_000;

/** The time that a frame takes to come. */
const FRAME_MS = 20;

/** Sorts behind every id. */
const NOTHING = '~';

/**
 * The thread of one article in the page. What a reader does beyond reading is in `writing`, once it is loaded. A field
 * that the constructor sets is declared alone, since the script of every reader has no line for it then.
 */
export class ReaderThread implements ThreadScope {
  readonly nodes = new Map<string, CommentNode>();
  declare readonly frame: ThreadFrame;
  rules = {} as FormRules;
  articleUrl: string;
  writing: Writing | null = null;
  declare sort: ThreadSort;
  reach = NOTHING;
  #writingLoad: Promise<void> | null = null;
  count = 0;
  single: CommentView | null = null;
  round = 0;
  readonly #ownUrl: string;
  /** A comment was gone to: without one in its address the page shows all of them again. */
  #isLed = false;
  readonly end = new AbortController();
  /** The first comments are here, or it is said why not. */
  declare readonly opened: Promise<void>;
  readonly #follow = (): void => {
    if (linkedComment() || this.#isLed) void this.lead();
  };

  declare readonly root: ShadowRoot;
  declare readonly api: Api;
  declare readonly language: Language;
  declare readonly site: string;
  declare readonly articleKey: string;
  declare readonly level: number;

  constructor(root: ShadowRoot, api: Api, language: Language, { site, article, url, level, sort, early }: ThreadStart) {
    this.root = root;
    this.api = api;
    this.language = language;
    this.site = site;
    this.articleKey = article;
    this.level = level;
    this.sort = sort;
    this.#ownUrl = url;
    this.articleUrl = url || pageAddress();
    this.frame = new ThreadFrame(language, level, article, {
      sort: (order) => {
        const fail = (sentence: string): void => this.frame.setSort(this.sort, sentence);
        void this.browse((browsing) => browsing.reorder(this, order), fail);
      },
      jump: () => void this.focusForm(),
      write: () => void this.#write(),
    });
    if (!root.querySelector('.belowline-thread')) {
      this.#enter(true);
      this.frame.list.classList.add('first');
    }
    this.frame.setSort(sort);
    addEventListener('popstate', this.#follow, this.end);
    this.opened = this.open('', early).then(() => {
      this.#giveRoom();
      this.#follow();
    });
    setTimeout(() => this.browse((browsing) => browsing.live(this)), SETTLED_MS);
    // Somebody who wrote here, or began to, is likely to write again; and whoever is ignored is folded by what writes.
    if (
      hasStored(`belowline:guest:${site}`) ||
      hasStored(`belowline:ignored:${site}`) ||
      hasStored(`belowline:draft:${site}:${article}:`)
    )
      void this.#write();
  }

  /** A thread that the publisher's server has put there stays until this one is drawn. */
  #enter(isDrawn: boolean): void {
    const { element } = this.frame;
    if (isDrawn && this.root.firstChild !== element) this.root.replaceChildren(element);
    else if (!element.isConnected) this.root.append(element);
  }

  close(): void {
    this.round++;
    this.end.abort();
  }

  /** Told to the page around the element. */
  tell<Name extends keyof Told>(name: Name, detail: Told[Name]): void {
    this.root.host.dispatchEvent(new CustomEvent(`belowline:${name}`, { bubbles: true, composed: true, detail }));
  }

  async loadWriting(fail: (sentence: string) => void): Promise<Writing | null> {
    this.#writingLoad ??= fetchWriting(this.language, fail).then((part) => {
      this.#writingLoad = null;
      if (!part) return;
      const [startWriting, { default: words }] = part;
      this.writing ??= startWriting(this, words);
    });
    if (!this.writing) await this.#writingLoad;
    return this.writing;
  }

  async browse(act: (browsing: Browsing) => unknown, fail?: (sentence: string) => void): Promise<void> {
    const browsing = await fetchBrowsing(this.language, fail);
    if (browsing) await act(browsing);
  }

  #write(): Promise<Writing | null> {
    const { formPlace } = this.frame;
    formPlace.say('');
    return this.loadWriting((sentence) => formPlace.say(sentence));
  }

  async focusForm(): Promise<void> {
    this.frame.showAll();
    this.frame.formPlace.skeleton.input.focus();
    (await this.#write())?.focusForm();
  }

  /** The number of visible comments, wherever the page shows it. */
  changeCount(by: number): void {
    this.#setCount(this.count + by);
  }

  #setCount(count: number): void {
    const before = this.count;
    this.count = Math.max(0, count);
    this.frame.setCount(this.count);
    showCount(this.language, this.articleKey, this.count);
    if (before !== this.count) this.tell('count', { count: this.count });
  }

  async open(said = '', thread = this.api.thread(this.sort, null)): Promise<boolean> {
    const round = ++this.round;
    const { words } = this.language;
    if (this.nodes.size === 0) this.frame.say(words.loading);
    const own = this.writing?.refresh();
    const outcome = await thread;
    if (round !== this.round) return true;
    this.#enter(outcome.ok);
    const failure = outcome.ok ? this.#show(outcome.value) : outcome.failure;
    setTimeout(() => this.frame.showAll(), FRAME_MS);
    if (failure?.reason === 'article-unknown') this.#showUnknown();
    else if (failure) {
      this.frame.say(failureSentence(this.language, failure), () => void this.reload(said));
      this.tell('failed', { action: 'read', reason: failure.reason });
      return false;
    }
    await own;
    if (round !== this.round) return true;
    this.frame.announce(said);
    this.settle();
    this.tell('ready', { count: this.count });
    return true;
  }

  /** An answer that makes no sense, as a broken cache may give one, is a failure of the server's. */
  #show(thread: ThreadView): Failure | null {
    try {
      this.begin(thread);
      this.append(thread);
      return null;
    } catch {
      return { reason: 'internal', passing: true };
    }
  }

  /** Reads again what the page's address leads to. */
  async reload(said = '', thread?: Promise<Outcome<ThreadView>>): Promise<void> {
    await this.open(said, thread);
    this.#follow();
  }

  begin(answer: ThreadView | PermalinkView): void {
    const { rules, article } = answer;
    this.#clear();
    this.single = 'comment' in answer ? answer.comment : null;
    this.rules = rules;
    // The server knows no route that is in the fragment, unless it was told.
    if (article.url && !this.#ownUrl && !this.articleUrl.includes('#')) this.articleUrl = article.url;
    this.#setCount(article.commentCount);
    this.frame.say(rules.commenting === 'closed' ? this.language.words.closed : '');
  }

  #clear(): void {
    this.nodes.clear();
    this.reach = NOTHING;
    this.frame.clear();
  }

  #showUnknown(): void {
    this.#clear();
    this.#setCount(0);
    this.reach = '';
    this.frame.say(this.language.words.notOpen);
  }

  append(thread: ThreadView): void {
    for (const top of thread.comments) {
      const node = this.put(top);
      for (const reply of top.replies) this.put(reply, node);
      this.offerReplies(node, top.moreReplies, top.replyCount);
    }
    const { next } = thread;
    this.reach = next === null ? '' : this.sort === 'newest' ? (thread.comments.at(-1)?.id ?? '') : NOTHING;
    this.offerMore(next);
  }

  offerMore(cursor: string | null, failed = ''): void {
    const fail = (sentence: string): void => this.offerMore(cursor, sentence);
    const load = (): void => void this.browse((browsing) => browsing.loadMore(this, cursor as string), fail);
    this.frame.offerMore(cursor === null ? null : load, failed);
  }

  nodeOf(comment: CommentView): CommentNode {
    const known = this.nodes.get(comment.id);
    if (known) return known;
    const node = new CommentNode(this, comment);
    this.nodes.set(comment.id, node);
    // The comment was deleted after this answer was made, so the answer still counts it.
    if (node.tombstone && !comment.tombstone) this.changeCount(-1);
    return node;
  }

  put(comment: CommentView, under?: CommentNode): CommentNode {
    const known = this.nodes.get(comment.id);
    const node = this.nodeOf(comment);
    known?.update(comment);
    const parent = this.nodes.get(comment.parentId ?? '') ?? under;
    if (node.isPlaced) return node;
    node.isPlaced = true;
    if (parent) parent.addReply(node);
    else this.frame.add(node.element, this.sort === 'newest');
    return node;
  }

  settle(): void {
    this.writing?.place();
    this.#setCount(Math.max(this.count, [...this.nodes.values()].filter((node) => node.visible).length));
    const open = this.rules.commenting === 'open';
    if (open && this.nodes.size === 0) this.frame.say(this.language.words.empty);
    this.frame.allowForm(open);
  }

  /**
   * The height that was kept for the comments loses its part below the window, where nobody sees it go. All of it stays
   * where the page's address leads to them, since the browser may go there yet.
   */
  #giveRoom(): void {
    const host = this.root.host as HTMLElement;
    if (!host.closest(':target')) host.style.minHeight = `min(100vh, 100vh - ${host.getBoundingClientRect().top}px)`;
  }

  offerReplies(node: CommentNode, cursor: string | null, total: number | null): void {
    const { words } = this.language;
    const left = (total ?? 0) - node.replyCount;
    const label = left > 0 ? this.language.many(words.moreReplies, left) : words.someMoreReplies;
    const load = (): void => void node.browse((browsing) => browsing.loadReplies(node, cursor as string, total));
    node.offerMore(cursor === null ? '' : label, load);
  }

  /** Goes to a comment that was chosen, or that the page's address names, when the script for it is there. */
  async lead(id?: string, click?: MouseEvent, apart = false): Promise<void> {
    if (click?.metaKey || click?.ctrlKey || click?.shiftKey) return;
    click?.preventDefault();
    this.#isLed = true;
    this.frame.showAll();
    const say = (sentence: string): void => this.frame.say(sentence);
    await this.browse((browsing) => browsing.follow(this, id, apart), say);
  }
}
