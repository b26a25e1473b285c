import { button, h } from '../dom.ts';
import type { CommentScope, ThreadScope } from '../reading/scopes.ts';
import { fill, isolated } from '../texts/language.ts';
import type { WritingTexts } from '../texts/texts.ts';

/** The names of those whom this reader does not want to read on this site, as the browser keeps them. */
export interface IgnoredNames {
  ignoredNames: string[];
}

/** The authors whom this reader does not want to read on this site. They are known by name alone, as all guests are. */
export class Ignored {
  readonly #thread: ThreadScope;
  readonly #words: WritingTexts;
  readonly #kept: IgnoredNames;
  /** Comments that are shown all the same. */
  readonly #shown = new WeakSet<CommentScope>();

  constructor(thread: ThreadScope, words: WritingTexts, kept: IgnoredNames) {
    this.#thread = thread;
    this.#words = words;
    this.#kept = kept;
    for (const node of thread.nodes.values()) this.dress(node);
  }

  has(node: CommentScope): boolean {
    return !node.own && node.view.authorName !== null && this.#kept.ignoredNames.includes(node.view.authorName);
  }

  /** Ignores the author of a comment, or no longer. The focus stays with the comment. */
  turn(node: CommentScope): void {
    const name = node.view.authorName ?? '';
    const names = this.#kept.ignoredNames;
    this.#kept.ignoredNames = this.has(node) ? names.filter((one) => one !== name) : [...names, name];
    this.#shown.delete(node);
    for (const other of this.#thread.nodes.values()) if (other.view.authorName === name) this.dress(other);
    (node.article.querySelector<HTMLElement>('.ignored-line button') ?? node.article).focus();
  }

  /** Folds a comment of an ignored author to one line, with its replies as they are. */
  dress(node: CommentScope): void {
    const { article } = node;
    const isFolded = this.has(node) && !this.#shown.has(node);
    article.querySelector(':scope > .ignored-line')?.remove();
    article.classList.toggle('ignored', isFolded);
    if (!isFolded) return;
    const words = fill(this.#words.ignored, { name: isolated(node.name) });
    const show = button(
      this.#words.show,
      () => {
        this.#shown.add(node);
        this.dress(node);
        article.focus();
      },
      { class: 'link', 'aria-label': `${this.#words.show}: ${node.byLine}` },
    );
    article.prepend(h('p', { class: 'ignored-line quiet' }, words, ' · ', show));
  }
}
