import type { Stores } from '../../../src/core/stores.ts';
import { createArticleStore } from './article-store.ts';
import { createBulkStore } from './bulk-store.ts';
import { createDayKeyStore } from './day-keys.ts';
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
import { createSiteStore } from './site-store.ts';
import type { Tables } from './tables.ts';
import { createThreadStore } from './thread-store.ts';
import { createTraceStore } from './trace-store.ts';
import { createVoteStore } from './vote-store.ts';

/** All ports of the core on the same tables in memory. */
export function createMemoryStores(tables: Tables): Stores {
  return {
    sites: createSiteStore(tables),
    moderators: createModeratorStore(tables),
    articles: createArticleStore(tables),
    frontPages: createFrontPageStore(tables),
    rankings: createRankingStore(tables),
    threads: createThreadStore(tables),
    postings: createPostingStore(tables),
    traces: createTraceStore(tables),
    bulk: createBulkStore(tables),
    ownComments: createOwnCommentStore(tables),
    votes: createVoteStore(tables),
    flags: createFlagStore(tables),
    readers: createReaderStore(tables),
    // In memory all of it goes at once.
    removals: { findSites: async () => [], deleteSome: async () => ({ done: 0, isMore: false }) },
    moderation: createModerationStore(tables),
    log: createEventLog(tables),
    health: createHealthStore(tables),
    outbox: createOutbox(tables),
    limitWindows: createLimitWindowStore(tables),
    dayKeys: createDayKeyStore(tables),
    bookmark: () => null,
  };
}
