import type { CommentStatus } from '../../../src/core/comment/comment-status.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { VERB_OF } from '../../../src/core/moderation/decision.ts';
import type { ModerationStore } from '../../../src/core/moderation/moderation-store.ts';
import {
  HISTORY_KINDS,
  type ModerationEvent,
  type QueueEntry,
  type QueueName,
} from '../../../src/core/moderation/queue.ts';
import { timeOfId } from '../../../src/core/platform/sortable-id.ts';
import { countsOf, openFlagsOn, readerIn, votesOn } from './counts.ts';
import { eventsOn } from './events.ts';
import { toOwnComment } from './rows.ts';
import { changeStatuses } from './status-changes.ts';
import { articleIn, byText, commentIn, type StoredComment, type Tables } from './tables.ts';

const HISTORY_LIMIT = 20;
const EVENTS_LIMIT = 50;

const DECISION_VERBS: readonly string[] = Object.values(VERB_OF);

const isInQueue = (tables: Tables, comment: StoredComment, list: QueueName): boolean =>
  list === 'reported'
    ? openFlagsOn(tables, comment).length > 0
    : comment.status === (list === 'unmoderated' ? 'published' : list);

const toEntry = (tables: Tables, comment: StoredComment): QueueEntry => {
  const { siteId, articleKey, parentId, readerId, authorEmail, signals } = comment;
  const article = articleIn(tables, siteId, articleKey);
  if (article === undefined) throw new Error('a comment stands under an article that is not there');
  const { key, url, headline, section } = article;
  const parent = parentId === null ? undefined : commentIn(tables, siteId, parentId);
  return {
    comment: {
      ...toOwnComment(tables, comment),
      authorEmail,
      signals,
      flagCount: tables.flags.filter((flag) => flag.siteId === siteId && flag.commentId === comment.id).length,
      setAsideVotes: votesOn(tables, comment, 'set-aside').length,
    },
    article: { key, url, headline, section },
    parent:
      parent === undefined
        ? null
        : { id: parent.id, authorName: parent.authorName, body: parent.body, status: parent.status },
    reader: readerIn(tables, siteId, readerId),
  };
};

const toModerationEvent = ({ id, verb, actor, facts }: Event): ModerationEvent[] => {
  if (!(verb in HISTORY_KINDS)) return [];
  const { from = null, to = null, votes = null, reason = '' } = facts as Partial<ModerationEvent>;
  const kind = HISTORY_KINDS[verb as keyof typeof HISTORY_KINDS];
  const moderatorName = actor.kind === 'moderator' ? actor.name : null;
  return [{ kind, moderatorName, from, to, reason, votes, at: timeOfId(id) }];
};

export function createModerationStore(tables: Tables): ModerationStore {
  return {
    async findQueue({ siteId, list, order, limit, after }) {
      const direction = order === 'oldest' ? 1 : -1;
      const page = tables.comments
        .filter((comment) => comment.siteId === siteId && isInQueue(tables, comment, list))
        .filter(({ id }) => after === null || byText(id, after) * direction > 0)
        .sort((a, b) => byText(a.id, b.id) * direction)
        .slice(0, limit);
      return {
        entries: page.map((comment) => toEntry(tables, comment)),
        counts: countsOf(tables, siteId),
        next: page.length === limit ? (page.at(-1)?.id ?? null) : null,
      };
    },

    async findDossier({ siteId, articleKey, id }) {
      const comment = commentIn(tables, siteId, id, articleKey);
      if (comment === undefined) return null;
      const events = [...eventsOn(tables, siteId, 'comment', id), ...eventsOn(tables, siteId, 'votes', id)];
      const others = tables.comments.filter(
        (other) => other.siteId === siteId && other.readerId === comment.readerId && other.id !== id,
      );
      return {
        entry: toEntry(tables, comment),
        events: events
          .sort((a, b) => byText(b.id, a.id))
          .slice(0, EVENTS_LIMIT)
          .flatMap(toModerationEvent),
        flags: tables.flags
          .filter((flag) => flag.siteId === siteId && flag.commentId === id)
          // The last of a reader's reports is kept.
          .filter((flag, i, all) => all.findLastIndex(({ readerId }) => readerId === flag.readerId) === i)
          .sort((a, b) => byText(a.readerId, b.readerId))
          .map(({ reason, note, createdAt: at }) => ({ reason, note, at })),
        history: others
          .sort((a, b) => byText(b.id, a.id))
          .slice(0, HISTORY_LIMIT)
          .map((past) => ({
            id: past.id,
            body: past.body,
            status: past.status,
            articleKey: past.articleKey,
            headline: articleIn(tables, siteId, past.articleKey)?.headline ?? null,
            createdAt: past.createdAt,
          })),
      };
    },

    async decide(deed, change) {
      const done = changeStatuses(tables, deed, change);
      const results = change.changes.map(({ id, articleKey }) => {
        const comment = commentIn(tables, deed.site, id, articleKey);
        const [last] = eventsOn(tables, deed.site, 'comment', id);
        return {
          id,
          done: comment !== undefined && done.has(id),
          status: comment?.status ?? null,
          revision: comment?.revision ?? null,
          decidedBy: comment === undefined ? null : (last?.actor.name ?? null),
          articleKey: comment?.articleKey ?? null,
        };
      });
      return { results, counts: countsOf(tables, deed.site) };
    },

    async findLastDecisions(siteId, asked) {
      return asked.flatMap(({ id, articleKey }) => {
        const comment = commentIn(tables, siteId, id, articleKey);
        const [last] = eventsOn(tables, siteId, 'comment', id);
        if (comment === undefined || last === undefined || !DECISION_VERBS.includes(last.verb)) return [];
        const { from, to } = last.facts as { from: CommentStatus; to: CommentStatus };
        return [{ id, articleKey, from, to, revision: comment.revision, moderatorId: last.actor.id, eventId: last.id }];
      });
    },
  };
}
