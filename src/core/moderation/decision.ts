import type { CommentStatus } from '../comment/comment-status.ts';

export const DECISIONS = ['approve', 'reject', 'spam', 'restore'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Which decision leads from where to where; what is not here is not allowed. A deleted comment has no text left. */
const TRANSITIONS: Record<Decision, Partial<Record<CommentStatus, CommentStatus>>> = {
  approve: { pending: 'approved', published: 'approved', rejected: 'approved', spam: 'approved', approved: 'approved' },
  reject: { pending: 'rejected', published: 'rejected', approved: 'rejected', spam: 'rejected' },
  spam: { pending: 'spam', published: 'spam', approved: 'spam', rejected: 'spam' },
  restore: { rejected: 'pending', spam: 'pending' },
};

/** The status a decision leads to, or null when it may not be made there. */
export function statusAfter(decision: Decision, from: CommentStatus): CommentStatus | null {
  return TRANSITIONS[decision][from] ?? null;
}
