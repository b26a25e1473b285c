import type { OwnCommentView } from '../../contract/comment.ts';
import { commentLink } from '../../contract/comment-link.ts';
import type { CommentView } from '../../contract/thread.ts';
import { bodyNodes } from '../body-nodes.ts';
import { button, freshId, h, heading, say } from '../dom.ts';
import { fill, isolated } from '../texts/language.ts';
import { commentActions } from './comment-actions.ts';
import { firstGrapheme } from './first-grapheme.ts';
import type { Browsing, CommentScope, ThreadScope, Writing } from './scopes.ts';
import { VoteButtons } from './vote-buttons.ts';

/** Replies deeper than this are not indented further and say whom they answer. Narrow pages stop at 2. */
const DEEPEST_INDENT = 4;
const DEEPEST_INDENT_NARROW = 2;

/** One comment in the page, with its replies below it and the form that is open on it. */
export class CommentNode implements CommentScope {
  readonly element = h('li', { class: 'comment' });
  declare readonly article: HTMLElement;
  readonly slot = h('div', { class: 'slot' });
  readonly #said = h('p', { class: 'message', role: 'alert' });
  readonly #head = h('header', { class: 'head' });
  readonly #content = h('div', { class: 'content' });
  readonly #votes: VoteButtons;
  readonly #actions = h('div', { class: 'actions', part: 'actions' });
  readonly #replyList = h('ol', { class: 'replies' });
  readonly #fold = button('', () => this.#turn(), { class: 'fold' });
  readonly #byId = freshId();
  readonly #whenId = freshId();

  isPlaced = false;
  declare readonly thread: ThreadScope;
  readonly #indent: number;
  #comment: CommentView;

  constructor(thread: ThreadScope, comment: CommentView) {
    this.thread = thread;
    this.#comment = comment;
    this.#votes = new VoteButtons(thread.language, (side) => this.act((writing) => writing.vote(this, side)));
    this.article = h(
      'article',
      {
        id: `comment-${comment.id}`,
        part: 'comment',
        tabindex: -1,
        'aria-labelledby': `${this.#byId} ${this.#whenId}`,
      },
      this.#head,
      this.#content,
      this.#actions,
      this.#said,
      this.slot,
    );
    this.element.append(this.article);
    const indent = comment.depth - (thread.single?.depth ?? 0);
    // Comments that a conversation answers stand above it, without an indent.
    this.#indent = indent < 1 && comment.depth > 0 ? DEEPEST_INDENT + 1 : indent;
    this.element.classList.toggle('deep', this.#indent > DEEPEST_INDENT);
    this.element.classList.toggle('deep-narrow', this.#indent > DEEPEST_INDENT_NARROW);
    this.refresh();
  }

  get view(): CommentView {
    return this.own ?? this.#comment;
  }

  get own(): OwnCommentView | undefined {
    return this.thread.writing?.ownOf(this.#comment.id);
  }

  get tombstone(): CommentView['tombstone'] {
    if (this.own) return this.own.status === 'deleted' ? 'deleted' : null;
    return this.thread.writing?.wasDeleted(this.#comment.id) ? 'deleted' : this.#comment.tombstone;
  }

  get visible(): boolean {
    return this.tombstone === null && (this.own?.status ?? 'published') === 'published';
  }

  get answerable(): boolean {
    const { rules } = this.thread;
    return this.visible && rules.commenting === 'open' && this.view.depth < rules.maxDepth;
  }

  get name(): string {
    return this.view.authorName ?? this.thread.language.words.anonymous;
  }

  get byLine(): string {
    return fill(this.thread.language.words.commentBy, { name: this.name });
  }

  update(comment: CommentView): void {
    this.#comment = comment;
    this.refresh();
  }

  addReply(reply: CommentNode): void {
    this.#replyList.append(reply.element);
    if (!this.#replyList.isConnected) {
      this.article.after(this.#replyList);
      if (this.#indent === DEEPEST_INDENT) this.#replyList.after(this.#onward());
    }
    this.#renderFold();
  }

  /** The link to the conversation of a comment whose replies are not indented further. */
  #onward(): HTMLElement {
    const { words } = this.thread.language;
    const { id } = this.#comment;
    return h(
      'a',
      {
        class: 'onward',
        href: commentLink(id, this.thread.articleUrl),
        onclick: (event) => this.thread.lead(id, event as MouseEvent, true),
        'aria-label': `${words.onward}: ${this.byLine}`,
      },
      words.onward,
    );
  }

  /** The button for the replies that are not here yet. */
  offerMore(label: string, load: () => void): void {
    this.element.querySelector(':scope > .more')?.remove();
    if (label) this.element.append(button(label, load, { class: 'more' }));
  }

  get replyCount(): number {
    return this.#replyList.querySelectorAll('article:not(.tombstone, .waiting)').length;
  }

  focus(block: ScrollLogicalPosition = 'center'): void {
    for (let node: CommentScope | undefined = this; node; node = this.thread.nodes.get(node.view.parentId ?? ''))
      node.unfold();
    this.article.focus({ preventScroll: true });
    this.article.scrollIntoView({ block, behavior: 'instant' });
  }

  say(sentence: string, good = false): void {
    say(this.#said, sentence, good);
  }

  act(action: (writing: Writing) => void): void {
    this.say('');
    void this.thread.loadWriting((sentence) => this.say(sentence)).then((writing) => writing && action(writing));
  }

  /** Goes on from what is here, when the script for it is there. */
  browse(action: (browsing: Browsing) => unknown): void {
    this.say('');
    void this.thread.browse(action, (sentence) => this.say(sentence));
  }

  unfold(): void {
    this.#turn(false);
  }

  #turn(folded?: boolean): void {
    this.element.classList.toggle('folded', folded);
    this.#renderFold();
  }

  #renderFold(): void {
    const { language } = this.thread;
    const { words } = language;
    const folded = this.element.classList.contains('folded');
    this.#fold.hidden = this.#replyList.childElementCount === 0;
    this.#fold.ariaExpanded = String(!folded);
    this.#fold.ariaLabel = folded ? words.expand : words.collapse;
    this.#fold.textContent = folded ? language.many(words.hiddenReplies, this.replyCount) : '';
  }

  refresh(): void {
    const stone = this.tombstone;
    this.article.classList.toggle('waiting', stone === null && !this.visible);
    this.article.classList.toggle('tombstone', stone !== null);
    this.#head.replaceChildren(...this.#headParts(stone));
    this.#content.replaceChildren(...(stone ? [] : this.#contentParts()));
    this.renderActions();
    this.#renderFold();
    this.thread.writing?.dress(this);
  }

  renderActions(): void {
    const isFocused = this.#actions.contains(this.thread.root.activeElement);
    this.#actions.replaceChildren(
      ...(this.visible ? [this.#votes.element] : []),
      ...(this.tombstone ? [] : commentActions(this)),
    );
    this.#actions.hidden = this.#actions.childElementCount === 0;
    this.showVotes();
    // The button is gone that the reader was on, or has lost the focus on its way out and in.
    if (isFocused) this.article.focus();
  }

  showVotes(vote = { ...this.view, value: this.thread.writing?.voteOf(this.view.id) ?? 0 }): void {
    this.#votes.show(vote, this.byLine, this.own !== undefined);
  }

  #headParts(stone: CommentView['tombstone']): HTMLElement[] {
    const { language, level, api, articleUrl } = this.thread;
    const { words } = language;
    const { createdAt, editedAt } = this.view;
    const { id } = this.#comment;
    const time = h('time', { datetime: createdAt }, language.relativeTime(createdAt, api.now()));
    const when = h(
      'a',
      {
        class: 'when',
        part: 'time',
        id: this.#whenId,
        href: commentLink(id, articleUrl),
        onclick: (event) => this.thread.lead(id, event as MouseEvent),
        title: language.absoluteTime(createdAt),
      },
      time,
    );
    const by = { class: 'by', part: 'author', id: this.#byId };
    if (stone) return [heading(level + 1, by, words.tombstones[stone]), when, this.#fold];
    const parts = [
      h('span', { class: 'avatar', 'aria-hidden': 'true' }, firstGrapheme(this.name.trim()).toUpperCase()),
      heading(level + 1, by, h('bdi', { dir: 'auto' }, this.name)),
      // Marks of the author: those that the server sends, and those that only this reader sees.
      h('span', { class: 'badges', part: 'badges' }, ...(this.thread.writing?.ownHead(this) ?? [])),
      when,
      editedAt &&
        h(
          'span',
          { class: 'quiet', title: fill(words.editedAt, { time: language.absoluteTime(editedAt) }) },
          words.edited,
        ),
      this.#fold,
    ];
    return parts.filter((part) => !!part);
  }

  #contentParts(): HTMLElement[] {
    const { view } = this;
    const { words } = this.thread.language;
    const answered = this.thread.nodes.get(view.parentId ?? '');
    const parts = [
      answered &&
        !answered.tombstone &&
        this.#indent > DEEPEST_INDENT_NARROW &&
        h(
          'p',
          { class: 'answering' },
          h(
            'a',
            {
              class: 'quiet',
              href: commentLink(answered.view.id, this.thread.articleUrl),
              onclick: (event) => this.thread.lead(answered.view.id, event as MouseEvent),
              title: answered.article.querySelector('.body')?.textContent,
            },
            fill(words.inReplyTo, { name: isolated(answered.name) }),
          ),
        ),
      ...(this.thread.writing?.ownNotices(this) ?? []),
      h(
        'div',
        { class: view.isCut ? 'body cut' : 'body', part: 'body', lang: document.documentElement.lang || null },
        ...bodyNodes(view.body ?? []),
      ),
      view.isCut &&
        button(words.readMore, () => this.browse((browsing) => browsing.readWhole(this)), {
          class: 'link',
          'aria-label': `${words.readMore}: ${this.byLine}`,
        }),
    ];
    return parts.filter((part) => !!part);
  }
}
