import type { OwnCommentView } from '../contract/comment.ts';
import type { CommentView, FormRules } from '../contract/thread.ts';
import type { Api } from './api.ts';
import type { Drafts } from './drafts.ts';
import type { OwnComments } from './own-comments.ts';

/** What comments and forms know of the thread that they stand in, and what they may tell it. */
export interface ThreadScope {
  readonly api: Api;
  /** The article's own address, as far as it is known. */
  readonly articleUrl: string;
  readonly root: ShadowRoot;
  /** Of the heading above the thread. */
  readonly level: number;
  readonly rules: FormRules;
  readonly own: OwnComments;
  readonly drafts: Drafts;
  /** A sentence that is spoken and not shown. */
  announce(sentence: string): void;
  posted(own: OwnCommentView): void;
  /** The reader's own comment is new, edited or deleted. */
  changed(own: OwnCommentView): void;
  /** An earlier try did arrive after all: what came of it is to be shown. */
  refreshOwn(): Promise<void>;
}

/** What its actions and forms know of a comment, and what they may do to it. */
export interface CommentScope {
  readonly thread: ThreadScope;
  /** As its own reader sees it. */
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
