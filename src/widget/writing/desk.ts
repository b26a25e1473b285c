import type { OwnCommentView } from '../../contract/comment.ts';
import { h, heading } from '../dom.ts';
import type { ThreadScope } from '../reading/scopes.ts';
import type { WritingTexts } from '../texts/texts.ts';
import { Drafts } from './drafts.ts';
import { OwnComments } from './own-comments.ts';

/** All that a form, a menu or a vote needs beside the comment that it is about. */
export class Desk {
  readonly thread: ThreadScope;
  readonly words: WritingTexts;
  readonly drafts: Drafts;
  readonly mine: OwnComments;
  readonly #ownList = h('ol', { class: 'list' });
  readonly #ownPart: HTMLElement;

  constructor(thread: ThreadScope, words: WritingTexts) {
    this.thread = thread;
    this.words = words;
    this.drafts = new Drafts(thread.site, thread.articleKey);
    this.mine = new OwnComments(thread);
    this.#ownPart = h('div', { class: 'own part' }, heading(thread.level + 1, {}, words.ownHeading), this.#ownList);
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
  }
}
