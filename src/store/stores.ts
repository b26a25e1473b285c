import type { Stores } from '../core/ports.ts';
import { createArticleStore } from './articles.ts';
import { Database } from './database.ts';
import { createModerationStore } from './moderation.ts';
import { createModeratorStore } from './moderators.ts';
import { createOwnCommentStore } from './own-comments.ts';
import { createPostingStore } from './posting.ts';
import { createRankingStore } from './ranking.ts';
import { createRateLimitLog } from './rate-limit-log.kv.ts';
import { createRecentStore } from './recent.ts';
import { createSiteStore } from './sites.ts';
import { createSurroundingsStore } from './surroundings.ts';
import { createThreadStore } from './thread.ts';
import { createVoteRulingStore } from './vote-rulings.ts';
import { createVoteStore } from './votes.ts';

/**
 * @param session where reads may go: `first-unconstrained` for what is public and the same for all, `first-primary`
 *   where a decision hangs on it, or a bookmark, which shows at least what was seen when it was handed out.
 */
export const createStores = (d1: D1Database, kv: KVNamespace, session: string): Stores => {
  const database = new Database(d1.withSession(session));
  return {
    sites: createSiteStore(database),
    moderators: createModeratorStore(database),
    articles: createArticleStore(database),
    threads: { ...createThreadStore(database), ...createSurroundingsStore(database) },
    comments: {
      ...createPostingStore(database),
      ...createOwnCommentStore(database),
      ...createVoteStore(database),
    },
    moderation: { ...createModerationStore(database), ...createVoteRulingStore(database) },
    recent: createRecentStore(database),
    rankings: createRankingStore(database),
    rateLimits: createRateLimitLog(kv),
    bookmark: () => database.bookmark(),
  };
};
