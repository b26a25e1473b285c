import type { OwnCommentView } from '../contract/comment.ts';
import type { CommentView, FormRules } from '../contract/thread.ts';
import type { Api } from './api.ts';
import type { Drafts } from './drafts.ts';
import type { OwnComments } from './own-comments.ts';

/** A thread as its comments and forms see it: its state, and the changes that they may report. */
export interface ThreadScope {
  readonly api: Api;
  /** The article's own address, as far as it is known. */
  readonly articleUrl: string;
  readonly root: ShadowRoot;
  /** The level of the heading above the thread. */
  readonly level: number;
  readonly rules: FormRules;
  readonly own: OwnComments;
  readonly drafts: Drafts;
  /** A sentence that is spoken and not shown. */
  announce(sentence: string): void;
  posted(own: OwnCommentView): void;
  /** The reader's own comment is new, edited or deleted. */
  changed(own: OwnCommentView): void;
  /** An earlier try has arrived after all, and its outcome is to be shown. */
  refreshOwn(): Promise<void>;
}

/** A comment as its actions and forms see it: its state, and the changes that they may make. */
export interface CommentScope {
  readonly thread: ThreadScope;
  /** The comment as this reader sees it. */
  readonly view: CommentView;
  readonly own: OwnCommentView | undefined;
  readonly name: string;
  readonly visible: boolean;
  readonly article: HTMLElement;
  /** The place for one open form. */
  readonly slot: HTMLElement;
  say(sentence: string, good?: boolean): void;
  focus(): void;
}
