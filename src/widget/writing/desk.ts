import type { OwnCommentView } from '../../contract/comment.ts';
import { button, h, heading } from '../dom.ts';
import type { Ignored, IgnoredNames } from '../ignoring/ignored.ts';
import type { Failure } from '../reading/api.ts';
import type { CommentScope, ThreadScope } from '../reading/scopes.ts';
import type { WritingTexts } from '../texts/texts.ts';
import { Drafts } from './drafts.ts';
import { OwnComments } from './own-comments.ts';
import { dropStored, readStored, writeStored } from './storage.ts';

/** All that a form, a menu or a vote needs beside the comment that it is about. */
export class Desk implements IgnoredNames {
  readonly thread: ThreadScope;
  readonly words: WritingTexts;
  readonly drafts: Drafts;
  readonly mine: OwnComments;
  /** Null while nobody is ignored here. */
  ignored: Ignored | null = null;
  readonly #ownList = h('ol', { class: 'list' });
  readonly #ownPart: HTMLElement;
  readonly #stranded = h('div');
  /** The reader is banned, or this page is none that may write, until then. */
  #refusedUntil = 0;

  constructor(thread: ThreadScope, words: WritingTexts) {
    this.thread = thread;
    this.words = words;
    this.drafts = new Drafts(thread.site, thread.articleKey, thread.root);
    this.mine = new OwnComments(thread);
    if (this.ignoredNames.length > 0) void this.loadIgnored().catch(() => undefined);
    this.#ownPart = h('div', { class: 'own part' }, heading(thread.level + 1, {}, words.ownHeading), this.#ownList);
  }

  get #ignoredKey(): string {
    return `belowline:ignored:${this.thread.site}`;
  }

  get ignoredNames(): string[] {
    return readStored(this.#ignoredKey)?.split('\n') ?? [];
  }

  set ignoredNames(names: string[]) {
    if (names.length === 0) dropStored(this.#ignoredKey);
    else writeStored(this.#ignoredKey, names.join('\n'));
  }

  /** The tools for writing a text, which come with the first one; null when they do not come. */
  compose() {
    return import('../composing/composing.ts').catch(() => null);
  }

  /** The end of the reader's time to change a comment; 0 where a change would be refused. */
  editEnd({ own }: CommentScope): number {
    const { rules, api } = this.thread;
    const end = Date.parse(own?.editableUntil ?? '');
    return rules.commenting === 'open' && end > api.now() && api.now() > this.#refusedUntil ? end : 0;
  }

  /** Takes what a refusal says of all that this reader might do here. */
  learn({ reason, problem }: Failure): void {
    if (reason !== 'banned' && reason !== 'origin-not-registered') return;
    this.#refusedUntil = Date.parse(problem?.until ?? '') || Number.POSITIVE_INFINITY;
    for (const node of this.thread.nodes.values()) if (node.own) node.renderActions();
  }

  /** Few readers ever ignore somebody. */
  async loadIgnored(): Promise<Ignored> {
    const { Ignored } = await import('../ignoring/ignored.ts');
    this.ignored ??= new Ignored(this.thread, this.words, this);
    return this.ignored;
  }

  /** The reader's own comment is new, edited or deleted. */
  changed(own: OwnCommentView): void {
    const before = this.mine.comments.get(own.id)?.status;
    this.mine.comments.set(own.id, own);
    this.thread.nodes.get(own.id)?.refresh();
    this.thread.changeCount(Number(own.status === 'published') - Number(before === 'published'));
  }

  /** Reads the reader's own comments and votes anew; a failure is told. */
  async refresh(): Promise<void> {
    if (!(await this.mine.load())) this.thread.frame.announce(this.words.mineFailed);
  }

  /**
   * Puts the reader's own comments into their places: the public thread is up to a quarter of a minute behind and never
   * has pending comments. Those whose place is not loaded get a part of their own.
   */
  place(): void {
    const { nodes, frame, reach } = this.thread;
    this.#ownList.replaceChildren();
    for (const id of Object.keys(this.mine.votes)) nodes.get(id)?.showVotes();
    for (const own of this.mine.alive) {
      const placeable = own.parentId === null ? own.id > reach : nodes.has(own.parentId);
      if (placeable || nodes.get(own.id)?.isPlaced) this.thread.put(own);
      else if (own.status !== 'published') this.#ownList.append(this.thread.nodeOf(own).element);
    }
    if (this.#ownList.firstChild) frame.above.append(this.#ownPart);
    else this.#ownPart.remove();
    this.#stranded.replaceChildren(...this.#strandedDrafts());
    frame.above.append(this.#stranded);
  }

  /** Texts whose form cannot be opened any more, to be copied or thrown away. */
  #strandedDrafts(): HTMLElement[] {
    const { nodes, rules } = this.thread;
    const stranded = this.drafts.all.filter(({ place, closed }) => {
      if (place === '') return rules.commenting !== 'open';
      const node = nodes.get(place.replace('edit-', ''));
      return !closed && !(node && (place === node.view.id ? node.answerable : this.editEnd(node)));
    });
    return stranded.map((draft) => {
      const text = h('textarea', { readonly: true, rows: 3, dir: 'auto', 'aria-label': this.words.draftKept });
      text.value = draft.body;
      const drop = button(this.words.delete, () => {
        this.drafts.forget(draft);
        part.remove();
        this.thread.frame.focusTitle();
      });
      const part = h('div', { class: 'inset' }, h('p', {}, this.words.draftKept), text, h('div', {}, drop));
      return part;
    });
  }
}
