import type { OwnCommentView, VoteView } from '../../contract/comment.ts';
import type { CommentNode } from './comment-node.ts';

/**
 * The second script as the first one uses it: all that a reader does beyond reading. `back` takes the focus when a form
 * is put away.
 */
export interface Writing {
  /** The reader's own comment, with all that only its author sees. */
  ownOf(id: string): OwnCommentView | undefined;
  voteOf(id: string): VoteView['value'];
  /** Deleted here a moment ago; caches may still have it. */
  wasDeleted(id: string): boolean;
  /** Marks beside the name that only the author of a comment sees. */
  ownHead(node: CommentNode): HTMLElement[];
  /** Sentences above the text that only the author sees. */
  ownNotices(node: CommentNode): HTMLElement[];
  /** Reads the reader's own comments and votes, and puts them into the thread. */
  refresh(): Promise<void>;
  /** Puts what is known of them into a thread that was read anew. */
  place(): void;
  /** Goes to the form for a new comment. */
  focusForm(): void;
  /** The buttons that only the author of a comment has. */
  ownActions(node: CommentNode): HTMLElement[];
  openReply(node: CommentNode, back: HTMLElement): void;
  /** Opens a reply again that was begun, without taking the focus. */
  reopenReply(node: CommentNode, back: HTMLElement): void;
  openMenu(node: CommentNode, back: HTMLElement): void;
  vote(node: CommentNode, side: 1 | -1): void;
}
