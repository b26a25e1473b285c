import { commentLink } from '../contract/comment-link.ts';
import type { CommentStatus, DecisionKind, QueueCounts, QueueItem, QueueName } from '../contract/moderation.ts';

export const LISTS: readonly { name: QueueName; label: string; about: string }[] = [
  { name: 'pending', label: 'Pending', about: 'Held: nobody sees these until you decide.' },
  { name: 'reported', label: 'Reported', about: 'Reported by readers, and nobody has decided since.' },
  { name: 'unmoderated', label: 'Unmoderated', about: 'Visible, and nobody has decided yet.' },
  { name: 'approved', label: 'Approved', about: 'Visible by a moderator’s decision.' },
  { name: 'rejected', label: 'Rejected', about: 'Seen by nobody but their authors.' },
  { name: 'spam', label: 'Spam', about: 'Marked as spam.' },
  { name: 'deleted', label: 'Deleted', about: 'Deleted by their authors.' },
];

export function labelOf(list: QueueName): string {
  return LISTS.find(({ name }) => name === list)?.label ?? list;
}

/** The lists that ask for work; the others are a record of it. */
const WAITING: readonly QueueName[] = ['pending', 'reported', 'unmoderated'];

export function waitsElsewhere(counts: QueueCounts, here: QueueName) {
  return LISTS.filter(({ name }) => WAITING.includes(name) && name !== here && counts[name] > 0);
}

export const DECISION_LABELS: Record<DecisionKind, { button: string; done: string }> = {
  approve: { button: 'Approve', done: 'Approved' },
  reject: { button: 'Reject', done: 'Rejected' },
  spam: { button: 'Spam', done: 'Marked as spam' },
  restore: { button: 'Restore', done: 'Back in Pending' },
};

/**
 * The decisions that each status allows. Approving an approved comment answers its reports: it stays. Restoring puts a
 * comment back into Pending.
 */
export function decisionsFor(status: CommentStatus, list: QueueName): DecisionKind[] {
  switch (status) {
    case 'pending':
    case 'published':
      return ['approve', 'reject', 'spam'];
    case 'approved':
      return list === 'reported' ? ['approve', 'reject', 'spam'] : ['reject', 'spam'];
    case 'rejected':
      return ['approve', 'restore', 'spam'];
    case 'spam':
      return ['approve', 'restore', 'reject'];
    case 'deleted':
      return [];
  }
}

/** The decisions that a list allows for many comments at once. */
export function bulkDecisions(list: QueueName): DecisionKind[] {
  switch (list) {
    case 'approved':
      return ['reject', 'spam'];
    case 'rejected':
      return ['approve', 'restore', 'spam'];
    case 'spam':
      return ['approve', 'restore', 'reject'];
    case 'deleted':
      return [];
    default:
      return ['approve', 'reject', 'spam'];
  }
}

export const STATUS_LABELS: Record<CommentStatus, string> = {
  pending: 'pending',
  approved: 'approved',
  published: 'unmoderated',
  rejected: 'rejected',
  spam: 'spam',
  deleted: 'deleted',
};

/** The sentence for a decision that came second. */
export function decidedAlready(decidedBy: string | null, status: string | null): string {
  if (status === 'deleted') return 'The author has deleted this.';
  // Nobody decides for these two: a restored comment, or one whose decision was taken back, is in them again.
  if (status === 'pending' || status === 'published') {
    const back = status === 'pending' ? 'Pending' : 'Unmoderated';
    return decidedBy ? `${decidedBy} has put this back into ${back}.` : `This is back in ${back}.`;
  }
  const did = status === 'spam' ? 'marked this as spam' : `${status ?? 'decided'} this`;
  if (decidedBy) return `${decidedBy} already ${did}.`;
  return status === 'spam' ? 'This is already marked as spam.' : `This is already ${status ?? 'decided'}.`;
}

/** The address for readers: the comment itself while it is visible, otherwise its article. */
export function linkTo({ id, status, article }: QueueItem): string {
  const isVisible = status === 'approved' || status === 'published';
  return isVisible ? commentLink(id, article.url) : article.url;
}
