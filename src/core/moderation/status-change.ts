import type { CommentStatus } from '../comment/comment-status.ts';

/** One guarded change: it happens only to a comment that still has this status and this revision. */
export interface StatusChange {
  id: string;
  articleKey: string;
  from: CommentStatus;
  to: CommentStatus;
  /** null: any revision. */
  revision: number | null;
}

export interface ChangeOutcome {
  id: string;
  done: boolean;
  /** null: no such comment. */
  status: CommentStatus | null;
  revision: number | null;
  /** The name of the moderator who decided last. */
  decidedBy: string | null;
  articleKey: string | null;
}
