import type { CommentStatus } from '../comment/comment-status.ts';
import type { Verb } from '../event/event.ts';

interface ChangeRule {
  /**
   * A moderator's word on a comment stands until the next one's; an author's change passes on the one before it, an
   * undo the one before the decision that it takes back.
   */
  word: 'moderator' | 'author' | 'undone';
  /** The effect on open reports. An undo reopens those that the undone change had settled. */
  reports: 'settled' | 'left-open' | 'reopened';
  /**
   * A shadow counts only where a comment is rejected, so a change may leave it there for its undo to find. A
   * moderator's own rejection is told to the author.
   */
  endsShadow: boolean;
}

/** The effects of each change of a comment's status, beside the change itself. */
export const CHANGE_RULES = {
  'comment.approved': { word: 'moderator', reports: 'settled', endsShadow: false },
  'comment.rejected': { word: 'moderator', reports: 'settled', endsShadow: true },
  'comment.marked-as-spam': { word: 'moderator', reports: 'settled', endsShadow: false },
  'comment.restored': { word: 'moderator', reports: 'settled', endsShadow: false },
  'comment.decision-undone': { word: 'undone', reports: 'reopened', endsShadow: false },
  'comment.edited': { word: 'author', reports: 'left-open', endsShadow: false },
  'comment.deleted': { word: 'author', reports: 'settled', endsShadow: false },
} as const satisfies Partial<Record<Verb, ChangeRule>>;

export type ChangeVerb = keyof typeof CHANGE_RULES;

/**
 * A reader's approvals are the comments of which this is a moderator's last word: to edit or delete one takes nothing
 * away, to have it rejected after an edit does.
 */
export const TRUSTING_WORD = 'approved' satisfies CommentStatus;

/**
 * One guarded change: it happens only to a comment that still has this status and this revision. One that is approved
 * may have been approved again since, which changes neither: then the change must come later in the log.
 */
export interface StatusChange {
  id: string;
  articleKey: string;
  from: CommentStatus;
  to: CommentStatus;
  revision: number;
}

export interface ChangeResult {
  id: string;
  done: boolean;
  /** null: no such comment. */
  status: CommentStatus | null;
  revision: number | null;
  /** The name of the moderator who decided last. */
  decidedBy: string | null;
  articleKey: string | null;
}
