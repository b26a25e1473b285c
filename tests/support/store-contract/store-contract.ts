import { describe } from 'vitest';
import { articleContract } from './article.ts';
import { bulkContract } from './bulk.ts';
import { dayKeyContract } from './day-keys.ts';
import { eventLogContract } from './event-log.ts';
import { flagContract } from './flag.ts';
import { frontPageContract } from './front-page.ts';
import { healthContract } from './health.ts';
import { limitWindowContract } from './limit-windows.ts';
import { moderationContract } from './moderation.ts';
import { moderatorContract } from './moderator.ts';
import { outboxContract } from './outbox.ts';
import { ownCommentContract } from './own-comment.ts';
import { postingContract } from './posting.ts';
import { readerContract } from './reader.ts';
import type { OpenStores } from './scene.ts';
import { siteContract } from './site.ts';
import { threadContract } from './thread.ts';
import { traceContract } from './trace.ts';
import { voteContract } from './vote.ts';

/** The promises of each port, as tests for every set of stores. */
export function storeContract(name: string, open: OpenStores): void {
  describe(name, () => {
    postingContract(open);
    ownCommentContract(open);
    moderationContract(open);
    voteContract(open);
    traceContract(open);
    bulkContract(open);
    flagContract(open);
    readerContract(open);
    threadContract(open);
    articleContract(open);
    frontPageContract(open);
    siteContract(open);
    moderatorContract(open);
    eventLogContract(open);
    outboxContract(open);
    healthContract(open);
    limitWindowContract(open);
    dayKeyContract(open);
  });
}
