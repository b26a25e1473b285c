import { isVisible } from '../../../src/core/comment/comment-status.ts';
import type { QueueCounts, ReaderRecord } from '../../../src/core/moderation/queue.ts';
import { CHANGE_RULES, type ChangeVerb, TRUSTING_WORD } from '../../../src/core/moderation/status-change.ts';
import { eventsOn } from './events.ts';
import type { StoredComment, StoredFlag, StoredVote, Tables } from './tables.ts';

/** The counters that D1 keeps in columns, counted anew each time. */

export function votesOn(tables: Tables, { siteId, id }: StoredComment, state: StoredVote['state']): StoredVote[] {
  return tables.votes.filter((vote) => vote.siteId === siteId && vote.commentId === id && vote.state === state);
}

export function totalsOf(tables: Tables, comment: StoredComment): { upVotes: number; downVotes: number } {
  const counted = votesOn(tables, comment, 'counts');
  const { up, down } = comment.broughtVotes;
  const upVotes = counted.filter(({ value }) => value === 1).length;
  return { upVotes: up + upVotes, downVotes: down + counted.length - upVotes };
}

/** The lower bound of Wilson's interval for the share of up-votes. */
export function scoreOf(tables: Tables, comment: StoredComment): number {
  const { upVotes, downVotes } = totalsOf(tables, comment);
  const n = upVotes + downVotes;
  if (n === 0) return 0;
  const z = 1.96;
  const margin = (z * Math.sqrt((upVotes * downVotes) / n + (z * z) / 4)) / n;
  return (upVotes / n + (z * z) / (2 * n) - margin) / (1 + (z * z) / n);
}

/** All that stands below a comment, whatever its status. */
function below(tables: Tables, { siteId, id, rootId, path }: StoredComment): StoredComment[] {
  return tables.comments.filter(
    (other) =>
      other.siteId === siteId &&
      other.rootId === rootId &&
      other.depth > 0 &&
      other.id !== id &&
      other.path.startsWith(path),
  );
}

export function visibleBelow(tables: Tables, comment: StoredComment): StoredComment[] {
  return below(tables, comment).filter(({ status }) => isVisible(status));
}

/** True when the comment stands in its thread: visible, or a tombstone above something visible. */
export function isListed(tables: Tables, comment: StoredComment): boolean {
  return isVisible(comment.status) || visibleBelow(tables, comment).length > 0;
}

export function visibleUnder(tables: Tables, siteId: string, articleKey: string): StoredComment[] {
  return tables.comments.filter(
    (comment) => comment.siteId === siteId && comment.articleKey === articleKey && isVisible(comment.status),
  );
}

export function openFlagsOn(tables: Tables, { siteId, id }: StoredComment): StoredFlag[] {
  return tables.flags.filter((flag) => flag.siteId === siteId && flag.commentId === id && flag.settledBy === null);
}

/** The moderators' last word on a comment: a status; empty when there was none. `skipped`: without so many events. */
export function lastWordOn(tables: Tables, { siteId, id }: StoredComment, skipped = 0): string {
  const word = eventsOn(tables, siteId, 'comment', id)
    .slice(skipped)
    .find(({ verb }) => CHANGE_RULES[verb as ChangeVerb].word !== 'author');
  return String(word?.facts.lastWord ?? word?.facts.to ?? '');
}

/** The words that its author reads beside the status; null where the last word was no moderator's. */
export function reasonOn(tables: Tables, { siteId, id }: StoredComment, skipped = 0): string | null {
  const last = eventsOn(tables, siteId, 'comment', id)[skipped];
  if (last === undefined || last.actor.kind === 'reader') return null;
  const { reason = '', lastReason = null } = last.facts;
  return (last.verb === 'comment.decision-undone' ? lastReason : reason) as string | null;
}

export function readerIn(tables: Tables, siteId: string, id: string): ReaderRecord {
  const own = tables.comments.filter((comment) => comment.siteId === siteId && comment.readerId === id);
  const ban = tables.bans.find((one) => one.siteId === siteId && one.readerId === id);
  return {
    id,
    commentCount: own.length,
    approvedCount: own.filter((comment) => lastWordOn(tables, comment) === TRUSTING_WORD).length,
    rejectedCount: own.filter(({ status }) => status === 'rejected' || status === 'spam').length,
    ban: ban?.ban ?? 'none',
    banUntil: ban?.until ?? null,
    firstSeenAt: Math.min(...own.map(({ createdAt }) => createdAt)),
  };
}

export function countsOf(tables: Tables, siteId: string): QueueCounts {
  const comments = tables.comments.filter((comment) => comment.siteId === siteId);
  const withStatus = (status: StoredComment['status']) => comments.filter((one) => one.status === status).length;
  return {
    pending: withStatus('pending'),
    reported: comments.filter((comment) => openFlagsOn(tables, comment).length > 0).length,
    unmoderated: withStatus('published'),
    approved: withStatus('approved'),
    rejected: withStatus('rejected'),
    spam: withStatus('spam'),
    deleted: withStatus('deleted'),
  };
}
