export const COMMENT_STATUSES = ['pending', 'approved', 'published', 'rejected', 'spam', 'deleted'] as const;

/** published = visible, nobody has decided; approved = visible by a moderator's decision. */
export type CommentStatus = (typeof COMMENT_STATUSES)[number];

export function isVisible(status: CommentStatus): boolean {
  return status === 'approved' || status === 'published';
}
