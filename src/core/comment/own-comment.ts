import type { Comment } from './comment.ts';
import { isInShadow, isVisible } from './comment-status.ts';

/** A comment as its author may see it. */
export interface OwnComment extends Comment {
  /** A moderator's words about it, which may be none; null where the last word was not a moderator's. */
  reason: string | null;
}

type OwnStatus = 'published' | 'pending' | 'rejected' | 'deleted';

/** A status as authors are told it: a shadow does not show, and nobody is called a spammer. */
export function ownStatus(comment: Pick<OwnComment, 'status' | 'shadowed'>): OwnStatus {
  if (isVisible(comment.status) || isInShadow(comment)) return 'published';
  if (comment.status === 'pending' || comment.status === 'deleted') return comment.status;
  return 'rejected';
}

const MILLIS_A_MINUTE = 60_000;

/** The end of the time in which the author may change or delete it, in epoch milliseconds; null when there is none. */
export function editableUntil(
  comment: Pick<OwnComment, 'createdAt' | 'status' | 'shadowed'>,
  settings: { editWindowMinutes: number },
): number | null {
  const status = ownStatus(comment);
  const isOpen = status === 'pending' || status === 'published';
  return isOpen ? comment.createdAt + settings.editWindowMinutes * MILLIS_A_MINUTE : null;
}
