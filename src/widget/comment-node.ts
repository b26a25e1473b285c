import type { OwnCommentView } from '../contract/comment.ts';
import type { CommentView } from '../contract/thread.ts';
import { bodyNodes } from './body-nodes.ts';
import { commentActions } from './comment-actions.ts';
import { commentLink } from './comment-link.ts';
import { button, freshId, h, heading, say } from './dom.ts';
import { texts } from './texts.ts';
import type { CommentScope, ThreadScope } from './thread-scope.ts';
import { absoluteTime, relativeTime } from './time.ts';

/** Replies deeper than this are not indented further and say whom they answer. Narrow pages stop at 2. */
const DEEPEST_INDENT = 4;
const DEEPEST_INDENT_NARROW = 2;

/** An angle of the colour wheel; six of them are told apart at a glance. */
const hueOf = (name: string): string => `${[...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) * 60}`;

/** A thread with all its comments on the page, by id. */
interface ThreadOfNodes extends ThreadScope {
  readonly nodes: ReadonlyMap<string, CommentNode>;
}

/** One comment in the page, with its replies below it and the form that is open on it. */
export class CommentNode implements CommentScope {
  readonly element = h('li', { class: 'comment' });
  readonly article: HTMLElement;
  readonly slot = h('div', { class: 'slot' });
  readonly #said = h('p', { class: 'message', role: 'alert' });
  readonly #head = h('header', { class: 'head' });
  readonly #content = h('div', { class: 'content' });
  readonly #actions = h('div', { class: 'actions' });
  readonly #replyList = h('ol', { class: 'replies' });
  readonly #fold = button('', () => this.#setFolded(!this.element.classList.contains('folded')), {
    class: 'fold',
  });
  readonly #byId = freshId();
  readonly #whenId = freshId();
  #expiry = 0;

  readonly thread: ThreadOfNodes;
  #comment: CommentView;

  constructor(thread: ThreadOfNodes, comment: CommentView) {
    this.thread = thread;
    this.#comment = comment;
    this.article = h(
      'article',
      { id: `comment-${comment.id}`, tabindex: -1, 'aria-labelledby': `${this.#byId} ${this.#whenId}` },
      this.#head,
      this.#content,
      this.#actions,
      this.#said,
      this.slot,
    );
    this.element.append(this.article);
    this.element.classList.toggle('deep', comment.depth > DEEPEST_INDENT);
    this.element.classList.toggle('deep-narrow', comment.depth > DEEPEST_INDENT_NARROW);
    this.refresh();
  }

  get view(): CommentView {
    return this.own ?? this.#comment;
  }

  get own(): OwnCommentView | undefined {
    return this.thread.own.comments.get(this.#comment.id);
  }

  get tombstone(): CommentView['tombstone'] {
    if (this.own) return this.own.status === 'deleted' ? 'deleted' : null;
    return this.thread.own.wasDeleted(this.#comment.id) ? 'deleted' : this.#comment.tombstone;
  }

  /** True when everybody sees the comment: it can be answered, voted on and linked to. */
  get visible(): boolean {
    return this.tombstone === null && (this.own?.status ?? 'published') === 'published';
  }

  get name(): string {
    return this.view.authorName ?? texts.anonymous;
  }

  update(comment: CommentView): void {
    this.#comment = comment;
    this.refresh();
  }

  addReply(reply: CommentNode): void {
    this.#replyList.append(reply.element);
    if (!this.#replyList.isConnected) this.article.after(this.#replyList);
    this.#renderFold();
  }

  /** The button for the replies that are not here yet. */
  offerMore(label: string | null, load?: () => Promise<void>): void {
    this.element.querySelector(':scope > .more')?.remove();
    if (label !== null) this.element.append(button(label, () => void load?.(), { class: 'more' }));
  }

  get replyCount(): number {
    return this.#replyList.querySelectorAll('article:not(.tombstone, .waiting)').length;
  }

  focus(block: ScrollLogicalPosition = 'center'): void {
    for (let node: CommentNode | undefined = this; node; node = this.thread.nodes.get(node.view.parentId ?? '')) {
      node.#setFolded(false);
    }
    this.article.focus({ preventScroll: true });
    this.article.scrollIntoView({ block, behavior: 'instant' });
  }

  highlight(): void {
    for (const other of this.thread.root.querySelectorAll('.highlit')) other.classList.remove('highlit');
    this.article.classList.add('highlit');
  }

  /** A sentence below the comment, such as a refusal; it is also spoken. An open form stays. */
  say(sentence: string, good = false): void {
    say(this.#said, sentence, good);
  }

  #setFolded(folded: boolean): void {
    this.element.classList.toggle('folded', folded);
    this.#renderFold();
  }

  #renderFold(): void {
    const folded = this.element.classList.contains('folded');
    this.#fold.hidden = this.#replyList.childElementCount === 0;
    this.#fold.setAttribute('aria-expanded', String(!folded));
    this.#fold.setAttribute('aria-label', folded ? texts.expand : texts.collapse);
    this.#fold.textContent = folded ? texts.hiddenReplies(this.replyCount) : '';
  }

  /** Shows a change of the reader's own comments and votes. */
  refresh(): void {
    const stone = this.tombstone;
    this.article.classList.toggle('waiting', stone === null && !this.visible);
    this.article.classList.toggle('tombstone', stone !== null);
    this.#head.replaceChildren(...this.#headParts(stone));
    this.#content.replaceChildren(...(stone ? [] : this.#contentParts()));
    this.#renderActions();
    this.#renderFold();
  }

  #renderActions(): void {
    clearTimeout(this.#expiry);
    this.#actions.replaceChildren(...(this.tombstone ? [] : commentActions(this)));
    this.#actions.hidden = this.#actions.childElementCount === 0;
    const left = Date.parse(this.own?.editableUntil ?? '') - Date.now();
    // Edit goes when its time is over; a delay of more than 31 bits would fire immediately.
    if (left > 0 && left < 2 ** 31) this.#expiry = setTimeout(() => this.#endEditing(), left);
  }

  #endEditing(): void {
    const focused = this.#actions.contains(this.thread.root.activeElement);
    this.#renderActions();
    if (focused) this.article.focus();
  }

  async #readWhole(): Promise<void> {
    const outcome = await this.thread.api.permalink(this.#comment.id);
    if (!outcome.ok) return this.say(outcome.failure.detail);
    this.say('');
    this.update(outcome.value.comment);
    this.article.focus({ preventScroll: true });
  }

  #headParts(stone: CommentView['tombstone']): HTMLElement[] {
    const level = this.thread.level + 1;
    const when = h(
      'a',
      { class: 'when', id: this.#whenId, href: commentLink(this.#comment.id) },
      h(
        'time',
        { datetime: this.view.createdAt, title: absoluteTime(this.view.createdAt) },
        relativeTime(this.view.createdAt),
      ),
    );
    if (stone) return [heading(level, { class: 'by', id: this.#byId }, texts.tombstones[stone]), when, this.#fold];
    const { name, view } = this;
    const avatar = h('span', { class: 'avatar', 'aria-hidden': 'true' }, [...name.trim()][0]?.toUpperCase());
    avatar.style.setProperty('--hue', hueOf(name));
    return [
      avatar,
      heading(level, { class: 'by', id: this.#byId }, h('bdi', { dir: 'auto' }, name)),
      this.own && h('span', { class: 'badge' }, texts.you),
      when,
      view.editedAt && h('span', { class: 'quiet', title: texts.editedAt(absoluteTime(view.editedAt)) }, texts.edited),
      this.#fold,
    ].filter((part) => !!part);
  }

  #contentParts(): HTMLElement[] {
    const { own, view } = this;
    const answered = this.thread.nodes.get(view.parentId ?? '');
    const parts = [
      answered &&
        !answered.tombstone &&
        view.depth > DEEPEST_INDENT_NARROW &&
        h('p', { class: 'answering quiet' }, texts.inReplyTo, ' ', h('bdi', {}, answered.name)),
      own?.status === 'pending' && h('p', { class: 'notice' }, texts.pending),
      own?.status === 'rejected' &&
        h('p', { class: 'notice refused' }, `${texts.arrived.rejected} ${own.reason ?? ''}`),
      h(
        'div',
        { class: view.isCut ? 'body cut' : 'body', lang: document.documentElement.lang || null },
        ...bodyNodes(view.body ?? []),
      ),
      view.isCut &&
        button(texts.readMore, () => void this.#readWhole(), {
          class: 'link',
          'aria-label': `${texts.readMore}: ${texts.commentBy} ${this.name}`,
        }),
    ];
    return parts.filter((part) => !!part);
  }
}
