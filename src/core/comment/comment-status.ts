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

/** null: it is shown. */
export function tombstoneOf(status: CommentStatus): Tombstone | null {
  if (isVisible(status)) return null;
  if (status === 'deleted') return 'deleted';
  return status === 'pending' ? 'held' : 'removed';
}
