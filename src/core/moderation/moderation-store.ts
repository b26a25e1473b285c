import type { CommentStatus } from '../comment/comment-status.ts';
import type { Deed } from '../event/event.ts';
import type { Dossier, QueueCounts, QueueEntry, QueueName } from './queue.ts';
import type { ChangeResult, ChangeVerb, StatusChange } from './status-change.ts';

export interface ModerationStore {
  findQueue(page: {
    siteId: string;
    list: QueueName;
    order: 'oldest' | 'newest';
    limit: number;
    after: string | null;
  }): Promise<{ entries: QueueEntry[]; counts: QueueCounts; next: string | null }>;
  findDossier(query: { siteId: string; articleKey: string; id: string }): Promise<Dossier | null>;
  /** All changes, their events and every counter in one batch; results in the order of `changes`. */
  decide(
    deed: Deed,
    decide: { verb: ChangeVerb; reason: string; changes: StatusChange[] },
  ): Promise<{ results: ChangeResult[]; counts: QueueCounts }>;
  /** The last event of each comment, when it was a decision. */
  findLastDecisions(
    siteId: string,
    asked: { id: string; articleKey: string }[],
  ): Promise<
    {
      id: string;
      articleKey: string;
      from: CommentStatus;
      to: CommentStatus;
      revision: number;
      moderatorId: string | null;
      eventId: string;
    }[]
  >;
}
