// The thread and its comments, as all those see them that work on them; a file each makes them.
import type { OwnCommentView, VoteView } from '../../contract/comment.ts';
import type { CommentView, FormRules, PermalinkView, ThreadSort, ThreadView } from '../../contract/thread.ts';
import type { Language } from '../texts/language.ts';
import type { Api, Outcome } from './api.ts';
import type { ThreadFrame } from './thread-frame.ts';

/** The script by which a reader goes on from the first page of comments. */
export type Browsing = typeof import('../browsing/browsing.ts');

/** The details of what the page around the element is told. */
export interface Told {
  ready: { count: number };
  count: { count: number };
  posted: { id: string; status: OwnCommentView['status']; parentId: string | null };
  voted: { id: string; value: VoteView['value'] };
  failed: { action: 'read' | 'post' | 'edit' | 'delete' | 'vote' | 'report'; reason: string };
}

/** One comment in the page. */
export interface CommentScope {
  readonly thread: ThreadScope;
  readonly element: HTMLElement;
  readonly article: HTMLElement;
  /** The place for one open form. */
  readonly slot: HTMLElement;
  /** False while it stands beside the thread: a reader's own in a part of their own, or a link to it. */
  isPlaced: boolean;
  /** The comment as this reader sees it. */
  readonly view: CommentView;
  /** The reader's own comment, with all that only its author sees. */
  readonly own: OwnCommentView | undefined;
  readonly tombstone: CommentView['tombstone'];
  /** True when everybody sees the comment: it can be answered, voted on and linked to. */
  readonly visible: boolean;
  /** True when a reader may reply to it. */
  readonly answerable: boolean;
  readonly name: string;
  /** "Comment by Ada", for names of buttons. */
  readonly byLine: string;
  readonly replyCount: number;
  update(comment: CommentView): void;
  /** Shows a change of the comment, or of the reader's own part of it. */
  refresh(): void;
  renderActions(): void;
  showVotes(): void;
  addReply(reply: CommentScope): void;
  /** The button for the replies that are not here yet; none without a label. */
  offerMore(label: string, load: () => void): void;
  /** A sentence below the comment, such as a refusal; it is also spoken. An open form stays. */
  say(sentence: string, good?: boolean): void;
  focus(block?: ScrollLogicalPosition): void;
  /** Shows its replies. */
  unfold(): void;
  /** Does what goes beyond reading, when the script for it is there. */
  act(action: (writing: Writing) => void): void;
}

/** The thread of one article in the page. */
export interface ThreadScope {
  readonly root: ShadowRoot;
  readonly api: Api;
  readonly language: Language;
  readonly site: string;
  readonly articleKey: string;
  /** The article's own address, as far as it is known. */
  readonly articleUrl: string;
  /** The level of the heading above the thread. */
  readonly level: number;
  readonly frame: ThreadFrame;
  /** The rules are empty, and nothing is open, until the server has sent them. */
  readonly rules: FormRules;
  readonly nodes: ReadonlyMap<string, CommentScope>;
  readonly writing: Writing | null;
  /** The number of visible comments, as the page shows it. */
  readonly count: number;
  /** The comment whose conversation stands in the place of the thread. */
  readonly single: CommentView | null;
  /** Aborted when the thread is closed. */
  readonly end: AbortController;
  sort: ThreadSort;
  /** Top-level comments with a greater id are all on the page. */
  readonly reach: string;
  /** Grows with each new reading, so that a late answer to an earlier one is dropped. */
  round: number;
  /** All that goes beyond reading; null, and `fail` is told, when the script for it does not come. */
  loadWriting(fail: (sentence: string) => void): Promise<Writing | null>;
  /** Goes on from the first page, when the script for it is there; `fail` is told when it does not come. */
  browse(act: (browsing: Browsing) => unknown, fail?: (sentence: string) => void): Promise<void>;
  /**
   * Reads the thread from its beginning; `said` is spoken when the comments are on the page. False: they could not be
   * read, and what was there before is there still.
   */
  open(said?: string, thread?: Promise<Outcome<ThreadView>>): Promise<boolean>;
  /** Begins anew, with the head of an answer. */
  begin(answer: ThreadView | PermalinkView): void;
  append(thread: ThreadView): void;
  nodeOf(comment: CommentView): CommentScope;
  /** Puts a comment into its place, or shows its change; `under` is the place of a reply whose parent is not loaded. */
  put(comment: CommentView, under?: CommentScope): CommentScope;
  /** After the comments have come: the reader's own among them, what is said where there are none, and the form. */
  settle(): void;
  /** The button for more comments, or for another try. */
  offerMore(cursor: string | null, failed?: string): void;
  offerReplies(node: CommentScope, cursor: string | null, total: number | null): void;
  /** A click on a comment's link: a plain one goes to the comment in this page, or `apart` to its own conversation. */
  lead(id: string, click?: MouseEvent, apart?: boolean): Promise<void>;
  /** Told to the page around the element, as an event `belowline:…`; nothing in it is a comment's text or a name. */
  tell<Name extends keyof Told>(name: Name, detail: Told[Name]): void;
  /** Changes the number of visible comments, wherever the page shows it. */
  changeCount(by: number): void;
}

/**
 * The script `writing` as that for reading uses it: all that a reader does beyond reading. `back` takes the focus when a
 * form is put away.
 */
export interface Writing {
  ownOf(id: string): OwnCommentView | undefined;
  voteOf(id: string): VoteView['value'];
  /** Deleted here a moment ago; caches may still have it. */
  wasDeleted(id: string): boolean;
  /** Marks beside the name that only the author of a comment sees. */
  ownHead(node: CommentScope): HTMLElement[];
  /** Sentences above the text that only the author sees. */
  ownNotices(node: CommentScope): HTMLElement[];
  /** The buttons that only the author of a comment has. */
  ownActions(node: CommentScope): HTMLElement[];
  /** Changes how a comment looks that was drawn anew. */
  dress(node: CommentScope): void;
  /** Reads the reader's own comments and votes, and puts them into the thread. */
  refresh(): Promise<void>;
  /** Puts what is known of them into a thread that was read anew. */
  place(): void;
  /** Goes to the form for a new comment. */
  focusForm(): void;
  openReply(node: CommentScope, back: HTMLElement): void;
  /** Opens a reply again that was begun, without taking the focus. */
  reopenReply(node: CommentScope, back: HTMLElement): void;
  openMenu(node: CommentScope, back: HTMLElement): void;
  vote(node: CommentScope, side: 1 | -1): void;
}

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
