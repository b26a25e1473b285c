import type { CommentView, FormRules, PermalinkView, ThreadSort, ThreadView } from '../../contract/thread.ts';
import { showCount } from '../counts.ts';
import type { Language } from '../texts/language.ts';
import type { Api, Outcome } from './api.ts';
import { linkedComment, pageAddress } from './comment-link.ts';
import { CommentNode } from './comment-node.ts';
import { failureSentence } from './failure-sentence.ts';
import { hasStored } from './has-stored.ts';
import { loadPart } from './parts.ts';
import type { Browsing, ThreadScope, Writing } from './scopes.ts';
import { ThreadFrame } from './thread-frame.ts';

/** Sorts behind every id. */
const NOTHING = '~';

/** The place of a thread, and the request that is on its way before the words are there to show its answer. */
export interface ThreadStart {
  site: string;
  article: string;
  /** The article's address, where the page says it. */
  url: string;
  level: number;
  sort: ThreadSort;
  early: Promise<Outcome<ThreadView>>;
}

/** The thread of one article in the page. What a reader does beyond reading is in `writing`, once it is loaded. */
export class ReaderThread implements ThreadScope {
  readonly nodes = new Map<string, CommentNode>();
  readonly frame: ThreadFrame;
  /** The rules are empty, and nothing is open, until the server has sent them. */
  rules = {} as FormRules;
  /** The article's own address, as far as it is known. */
  articleUrl: string;
  writing: Writing | null = null;
  sort: ThreadSort;
  /** Top-level comments with a greater id are all on the page. */
  reach = NOTHING;
  #writingLoad: Promise<void> | null = null;
  #count = 0;
  /** Grows with each new reading, so that a late answer to an earlier one is dropped. */
  round = 0;
  readonly #clock: number;
  readonly #ownUrl: string;
  /** A comment was gone to: without one in its address the page shows all of them again. */
  #isLed = false;
  readonly #follow = (): void => {
    if (linkedComment() || this.#isLed) this.lead();
  };

  readonly root: ShadowRoot;
  readonly api: Api;
  readonly language: Language;
  readonly site: string;
  readonly articleKey: string;
  /** The level of the heading above the thread. */
  readonly level: number;

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
    this.frame = new ThreadFrame(language, level, {
      sort: (order) =>
        void this.browse(
          (browsing) => browsing.reorder(this, order),
          (sentence) => this.frame.setSort(this.sort, sentence),
        ),
      jump: () => void this.focusForm(),
      write: () => void this.#write(),
    });
    root.replaceChildren(this.frame.element);
    this.#clock = setInterval(() => this.#refreshTimes(), 60_000);
    addEventListener('popstate', this.#follow);
    void this.open('', early).then(() => {
      this.#giveRoom();
      this.#follow();
    });
    // Somebody who wrote here, or began to, is likely to write again.
    if (hasStored(`belowline:guest:${site}`) || hasStored(`belowline:draft:${site}:${article}:`)) void this.#write();
  }

  close(): void {
    this.round++;
    clearInterval(this.#clock);
    removeEventListener('popstate', this.#follow);
  }

  #refreshTimes(): void {
    for (const time of this.root.querySelectorAll('time'))
      time.textContent = this.language.relativeTime(time.dateTime, this.api.now());
  }

  /** What goes beyond reading; null, and `fail` is told, when the script for it does not come. */
  async loadWriting(fail: (sentence: string) => void): Promise<Writing | null> {
    this.#writingLoad ??= loadPart('writing', this.language).then((part) => {
      this.#writingLoad = null;
      if (!part.ok) return fail(failureSentence(this.language, part.failure));
      this.writing ??= part.value(this);
    });
    if (!this.writing) await this.#writingLoad;
    return this.writing;
  }

  /** Goes on from the first page, when the script for it is there; `fail` is told when it does not come. */
  async browse(act: (browsing: Browsing) => unknown, fail: (sentence: string) => void): Promise<void> {
    const part = await loadPart('browsing', this.language);
    if (part.ok) await act(part.value);
    else fail(failureSentence(this.language, part.failure));
  }

  #write(): Promise<Writing | null> {
    const { formPlace } = this.frame;
    formPlace.settle();
    return this.loadWriting((sentence) => formPlace.fail(sentence, () => void this.#write()));
  }

  async focusForm(): Promise<void> {
    this.frame.formPlace.skeleton.input.focus();
    (await this.#write())?.focusForm();
  }

  /** The number of visible comments, wherever the page shows it. */
  changeCount(by: number): void {
    this.#setCount(this.#count + by);
  }

  #setCount(count: number): void {
    this.#count = Math.max(0, count);
    this.frame.setCount(this.#count);
    showCount(this.language, this.articleKey, this.#count);
  }

  /**
   * Reads the thread from its beginning; `said` is spoken when the comments are on the page. False: they could not be
   * read, and what was there before is there still.
   */
  async open(said = '', thread = this.api.thread(this.sort, null)): Promise<boolean> {
    const round = ++this.round;
    const { words } = this.language;
    if (this.nodes.size === 0) this.frame.say(words.loading);
    const own = this.writing?.refresh();
    const outcome = await thread;
    if (round !== this.round) return true;
    if (outcome.ok) this.#show(outcome.value);
    else if (outcome.failure.reason === 'article-unknown') this.#showUnknown();
    else {
      const again = (): void => void this.open(said).then(this.#follow);
      this.frame.say(failureSentence(this.language, outcome.failure), again);
      return false;
    }
    await own;
    if (round !== this.round) return true;
    this.frame.announce(said);
    this.settle();
    return true;
  }

  /** Begins anew, with the head of an answer. */
  begin({ rules, article }: ThreadView | PermalinkView): void {
    this.#clear();
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

  #show(thread: ThreadView): void {
    this.begin(thread);
    this.append(thread);
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

  /** The button for more comments, or for another try. */
  offerMore(cursor: string | null, failed = ''): void {
    const load = (): void =>
      void this.browse(
        (browsing) => browsing.loadMore(this, cursor as string),
        (sentence) => this.offerMore(cursor, sentence),
      );
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

  /** Puts a comment into its place, or shows its change; `under` is the place of a reply whose parent is not loaded. */
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

  /** After the comments have come: the reader's own among them, what is said where there are none, and the form. */
  settle(): void {
    this.writing?.place();
    this.#setCount(Math.max(this.#count, [...this.nodes.values()].filter((node) => node.visible).length));
    const open = this.rules.commenting === 'open';
    if (open && this.nodes.size === 0) this.frame.say(this.language.words.empty);
    this.frame.allowForm(open);
  }

  /**
   * Of the height that was kept for the comments goes what is below the window, where nobody sees it go. All of it stays
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
  lead(id?: string, click?: MouseEvent): void {
    if (click?.metaKey || click?.ctrlKey || click?.shiftKey) return;
    click?.preventDefault();
    this.#isLed = true;
    void this.browse(
      (browsing) => browsing.follow(this, id),
      (sentence) => this.frame.say(sentence),
    );
  }
}
