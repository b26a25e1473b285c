import type { ArticleStore } from './article/article-store.ts';
import type { BulkStore } from './comment/bulk-store.ts';
import type { OwnCommentStore } from './comment/own-comment-store.ts';
import type { PostingStore } from './comment/posting-store.ts';
import type { TraceStore } from './comment/trace-store.ts';
import type { EventLog } from './event/event-log.ts';
import type { FlagStore } from './flag/flag-store.ts';
import type { FrontPageStore } from './front-page/front-page-store.ts';
import type { RankingStore } from './front-page/ranking-store.ts';
import type { HealthStore } from './health/health-store.ts';
import type { ModerationStore } from './moderation/moderation-store.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { DayKeyStore } from './rate-limit/day-key-store.ts';
import type { LimitWindowStore } from './rate-limit/limit-window-store.ts';
import type { ReaderStore } from './reader/reader-store.ts';
import type { RemovalStore } from './site/removal-store.ts';
import type { SiteStore } from './site/site-store.ts';
import type { ModeratorStore } from './team/moderator-store.ts';
import type { ThreadStore } from './thread/thread-store.ts';
import type { VoteStore } from './vote/vote-store.ts';

/** Everything that is kept. Opened anew for each request, because each asks its reads to be as fresh as it needs. */
export interface Stores {
  sites: SiteStore;
  moderators: ModeratorStore;
  articles: ArticleStore;
  frontPages: FrontPageStore;
  rankings: RankingStore;
  threads: ThreadStore;
  postings: PostingStore;
  traces: TraceStore;
  bulk: BulkStore;
  ownComments: OwnCommentStore;
  votes: VoteStore;
  flags: FlagStore;
  readers: ReaderStore;
  removals: RemovalStore;
  moderation: ModerationStore;
  log: EventLog;
  health: HealthStore;
  outbox: Outbox;
  limitWindows: LimitWindowStore;
  dayKeys: DayKeyStore;
  /** The place of the D1 session after the work done through these stores. */
  bookmark(): string | null;
}
