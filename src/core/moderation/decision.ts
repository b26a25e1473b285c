import type { CommentStatus } from '../comment/comment-status.ts';
import type { ChangeVerb } from './status-change.ts';

export const DECISIONS = ['approve', 'reject', 'spam', 'restore'] as const;
export type Decision = (typeof DECISIONS)[number];

export const VERB_OF = {
  approve: 'comment.approved',
  reject: 'comment.rejected',
  spam: 'comment.marked-as-spam',
  restore: 'comment.restored',
} as const satisfies Record<Decision, ChangeVerb>;

/** The status after each decision, by the one before it. Others are not allowed: a deleted comment has no text left. */
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
