import type { Article } from '../article/article.ts';
import type { Body } from '../body/body.ts';
import type { Comment } from '../comment/comment.ts';
import type { CommentStatus } from '../comment/comment-status.ts';
import type { Verb } from '../event/event.ts';
import type { FlagReason } from '../flag/flag-reason.ts';
import type { ReaderStanding } from '../reader/reader.ts';
import type { Signal } from '../screening/screening.ts';

export type QueueName = 'pending' | 'reported' | 'unmoderated' | 'approved' | 'rejected' | 'spam' | 'deleted';

export type QueueCounts = Record<QueueName, number>;

export interface ReaderRecord extends ReaderStanding {
  id: string;
  commentCount: number;
  rejectedCount: number;
  firstSeenAt: number;
}

export interface QueueEntry {
  comment: Comment & { authorEmail: string | null; signals: Signal[]; flagCount: number; setAsideVotes: number };
  article: Pick<Article, 'key' | 'url' | 'headline' | 'section'>;
  parent: { id: string; authorName: string; body: Body; status: CommentStatus } | null;
  reader: ReaderRecord;
}

/** The names of events in the history beside a comment: each verb on a comment or its votes has one. */
export const HISTORY_KINDS = {
  'comment.approved': 'approve',
  'comment.rejected': 'reject',
  'comment.marked-as-spam': 'spam',
  'comment.restored': 'restore',
  'comment.decision-undone': 'undo',
  'comment.edited': 'edit',
  'comment.deleted': 'delete',
  'votes.counted': 'count-votes',
  'votes.discarded': 'discard-votes',
} as const satisfies Record<Extract<Verb, `comment.${string}` | `votes.${string}`>, string>;

export interface ModerationEvent {
  kind: (typeof HISTORY_KINDS)[keyof typeof HISTORY_KINDS];
  moderatorName: string | null;
  /** null: the status had no part in it. */
  from: CommentStatus | null;
  to: CommentStatus | null;
  reason: string;
  /** The number of votes that a ruling was about; null for any other event. */
  votes: number | null;
  at: number;
}

export interface Dossier {
  entry: QueueEntry;
  events: ModerationEvent[];
  flags: { reason: FlagReason; note: string; at: number }[];
  history: {
    id: string;
    body: Body;
    status: CommentStatus;
    articleKey: string;
    headline: string | null;
    createdAt: number;
  }[];
}
