import type { Deadline } from '../core/platform/deadline.ts';
import type { Stores } from '../core/stores.ts';
import { createArticleStore } from './article-store.ts';
import { createBulkStore } from './bulk-store.ts';
import { Database } from './database.ts';
import { createDayKeyStore, type KnownDayKeys } from './day-keys.ts';
import { createEventLog } from './event-log.ts';
import { createFlagStore } from './flag-store.ts';
import { createFrontPageStore } from './front-page-store.ts';
import { createHealthStore } from './health-store.ts';
import { createLimitWindowStore } from './limit-windows.ts';
import { createModerationStore } from './moderation-store.ts';
import { createModeratorStore } from './moderator-store.ts';
import { createOutbox } from './outbox.ts';
import { createOwnCommentStore } from './own-comment-store.ts';
import { createPostingStore } from './posting-store.ts';
import { createRankingStore } from './ranking-store.ts';
import { createReaderStore } from './reader-store.ts';
import { createRemovalStore } from './removal-store.ts';
import { createSiteStore } from './site-store.ts';
import { createSurroundingsStore } from './surroundings.ts';
import { createThreadStore } from './thread-store.ts';
import { createTraceStore } from './trace-store.ts';
import { createVoteStore } from './vote-store.ts';

/** An isolate's knowledge of a database, from one request to the next. */
export interface Known {
  /** The size of the whole database after the last statement; 0 before the first. */
  bytes: number;
  dayKeys: KnownDayKeys;
}

export const nothingKnown = (): Known => ({ bytes: 0, dayKeys: new Map() });

/**
 * @param session decides where reads may go: `first-unconstrained` for public answers that are the same for all,
 *   `first-primary` where a decision depends on them, or a bookmark, which shows at least what its holder has seen.
 * @param deadline left out for a job
 */
export function createStores(
  d1: D1Database,
  kv: KVNamespace,
  session: string,
  deadline?: Deadline,
  known = nothingKnown(),
): Stores {
  const database = new Database(d1.withSession(session), deadline, (bytes) => {
    known.bytes = bytes;
  });
  return {
    sites: createSiteStore(database),
    moderators: createModeratorStore(database),
    articles: createArticleStore(database),
    frontPages: createFrontPageStore(database),
    rankings: createRankingStore(database),
    threads: { ...createThreadStore(database), ...createSurroundingsStore(database) },
    postings: createPostingStore(database),
    traces: createTraceStore(database),
    bulk: createBulkStore(database),
    ownComments: createOwnCommentStore(database),
    votes: createVoteStore(database),
    flags: createFlagStore(database),
    readers: createReaderStore(database),
    removals: createRemovalStore(database),
    moderation: createModerationStore(database),
    log: createEventLog(database),
    health: createHealthStore(database, kv),
    outbox: createOutbox(database),
    limitWindows: createLimitWindowStore(database),
    dayKeys: createDayKeyStore(database, known.dayKeys),
    bookmark: () => database.bookmark(),
  };
}
