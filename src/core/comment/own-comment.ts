import type { Comment } from './comment.ts';

/** A comment as its author may see it. */
export interface OwnComment extends Comment {
  shadowed: boolean;
  textHash: string;
  /** A moderator's words about it, which may be none; null where the last word was not a moderator's. */
  reason: string | null;
}
