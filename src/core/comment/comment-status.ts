export const COMMENT_STATUSES = ['pending', 'approved', 'published', 'rejected', 'spam', 'deleted'] as const;

/** published = visible, nobody has decided; approved = visible by a moderator's decision. */
export type CommentStatus = (typeof COMMENT_STATUSES)[number];

export const VISIBLE_STATUSES = ['approved', 'published'] as const satisfies readonly CommentStatus[];

/** A reader's record counts these against them for as long as they stand. */
export const TURNED_AWAY_STATUSES = ['rejected', 'spam'] as const satisfies readonly CommentStatus[];

export function isTurnedAway(status: CommentStatus): boolean {
  return (TURNED_AWAY_STATUSES as readonly CommentStatus[]).includes(status);
}

export function isVisible(status: CommentStatus): boolean {
  return (VISIBLE_STATUSES as readonly CommentStatus[]).includes(status);
}

/** The words over the place of a comment that is not shown, which say no more than is true. */
export type Tombstone = 'deleted' | 'removed' | 'held';

/** The facts that decide who sees a comment. */
export interface Visibility {
  status: CommentStatus;
  /** True when its author is to see it as published while it is rejected. */
  shadowed: boolean;
}

/** The shadow is where a comment is rejected, and its author alone sees it, as published. */
export function isInShadow({ status, shadowed }: Visibility): boolean {
  return status === 'rejected' && shadowed;
}

/** null: it is shown. What is in the shadow reads as an edit that waits does: no moderator has removed it. */
export function tombstoneOf(comment: Visibility): Tombstone | null {
  if (isVisible(comment.status)) return null;
  if (comment.status === 'deleted') return 'deleted';
  return comment.status === 'pending' || isInShadow(comment) ? 'held' : 'removed';
}
