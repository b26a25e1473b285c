import type { DossierView, QueueItem } from '../../contract/moderation.ts';
import type { Dossier, QueueEntry } from '../../core/moderation/queue.ts';
import { banAt } from '../../core/reader/reader.ts';
import { isoTime } from './article.ts';

/** The one serializer for moderators: the e-mail address is here and in no other answer. */
export function queueItem({ comment, article, parent, reader }: QueueEntry, now: number): QueueItem {
  const { ban, banUntil } = banAt(reader, now);
  return {
    id: comment.id,
    status: comment.status,
    revision: comment.revision,
    body: comment.body,
    authorName: comment.authorName,
    authorEmail: comment.authorEmail,
    createdAt: isoTime(comment.createdAt),
    editedAt: comment.editedAt === null ? null : isoTime(comment.editedAt),
    depth: comment.depth,
    upVotes: comment.upVotes,
    downVotes: comment.downVotes,
    signals: comment.signals,
    flagCount: comment.flagCount,
    setAsideVotes: comment.setAsideVotes,
    article,
    parent,
    reader: {
      id: reader.id,
      commentCount: reader.commentCount,
      approvedCount: reader.approvedCount,
      rejectedCount: reader.rejectedCount,
      firstSeenAt: isoTime(reader.firstSeenAt),
      ban,
      banUntil: banUntil === null ? null : isoTime(banUntil),
    },
  };
}

export function dossierView(dossier: Dossier, now: number): DossierView {
  return {
    item: queueItem(dossier.entry, now),
    source: dossier.entry.comment.source,
    events: dossier.events.map((event) => ({
      kind: event.kind,
      by: event.moderatorName ?? 'author',
      from: event.from,
      to: event.to,
      reason: event.reason,
      votes: event.votes,
      at: isoTime(event.at),
    })),
    flags: dossier.flags.map((flag) => ({ reason: flag.reason, note: flag.note, at: isoTime(flag.at) })),
    history: dossier.history.map((past) => ({ ...past, createdAt: isoTime(past.createdAt) })),
  };
}
