import type { Article, ArticleFields } from './article/article.ts';
import type { ArticleListing, RecentHours } from './article/article-listing.ts';
import type { Body } from './comment/body.ts';
import type { CommentStatus } from './comment/comment.ts';
import type { OwnComment } from './comment/own-comment.ts';
import type { CommentToInsert, InsertOutcome, PostingContext } from './comment/posting.ts';
import type { ModeratorRecord } from './identity/moderator.ts';
import type { Decision } from './moderation/decision.ts';
import type { Dossier, QueueCounts, QueueEntry, QueueName } from './moderation/queue.ts';
import type { RuledVotes, VoteRuling } from './moderation/rule-on-votes.ts';
import type { ReaderStanding, Signal } from './moderation/screening.ts';
import type { ChangeOutcome, StatusChange } from './moderation/status-change.ts';
import type { ApiKeyRecord, Site, SiteSettings } from './site/site.ts';
import type { Permalink, RepliesPage } from './thread/permalink.ts';
import type { ThreadComment, ThreadPosition, TopLevelComment } from './thread/thread.ts';

/** All times are epoch milliseconds unless a name says otherwise. */

export interface Clock {
  now(): number;
}

export interface Ids {
  /** Sorts by `at`. Serves comments and events. */
  sortable(at: number): string;
  /** 256 random bits, base64url. */
  token(): string;
}

/** Keyed hashes: without the secret nothing can be looked up in them. */
export interface Hashing {
  reader(siteId: string, guestKey: string): Promise<string>;
  /** Of the UTC day, too: the same network has another one tomorrow. */
  network(siteId: string, address: string, now: number): Promise<string>;
  text(siteId: string, text: string): Promise<string>;
  token(token: string): Promise<string>;
}

export interface Mailer {
  /** False where no mail is set up, whoever it is for. */
  readonly isSetUp: boolean;
  /** Resolves to false where no mail is set up. Throws when delivery is refused. */
  send(mail: { to: string; subject: string; text: string }): Promise<boolean>;
}

export interface RateLimitLog {
  findCoolDown(scope: string): Promise<number | null>;
  insertCoolDown(scope: string, until: number, windowSeconds: number): Promise<void>;
  /** Adds the event, then lists the oldest thousand of the scope, in order of time. */
  insertAndList(
    scope: string,
    event: { at: number; mark: string },
    windowSeconds: number,
  ): Promise<{ at: number; mark: string }[]>;
}

export interface SiteStore {
  find(siteId: string): Promise<Site | null>;
  /** False when there is one with this id. */
  insert(site: Site, now: number): Promise<boolean>;
  update(
    siteId: string,
    change: { name?: string; origins?: string[]; settings?: Partial<SiteSettings> },
  ): Promise<boolean>;
  insertApiKey(key: { siteId: string; keyHash: string; name: string; now: number }): Promise<void>;
  hasApiKey(siteId: string, keyHash: string): Promise<boolean>;
  listApiKeys(siteId: string): Promise<ApiKeyRecord[]>;
  /** False: no such key. */
  deleteApiKey(siteId: string, id: string): Promise<boolean>;
}

export interface ModeratorStore {
  list(siteId: string): Promise<ModeratorRecord[]>;
  findByEmail(siteId: string, email: string): Promise<ModeratorRecord | null>;
  /** False when the address is taken. */
  insert(moderator: ModeratorRecord): Promise<boolean>;
  /** Ends every session and link of theirs in the same batch. */
  remove(siteId: string, id: string): Promise<'removed' | 'not-found' | 'last-admin'>;
  insertLink(link: { siteId: string; tokenHash: string; moderatorId: string; expiresAt: number }): Promise<void>;
  /** Spends the link and opens the session in one batch; null when the link is spent, over or unknown. */
  redeemLink(redeem: {
    siteId: string;
    linkHash: string;
    sessionHash: string;
    sessionExpiresAt: number;
    now: number;
  }): Promise<ModeratorRecord | null>;
  findBySession(siteId: string, sessionHash: string, now: number): Promise<ModeratorRecord | null>;
  endSession(siteId: string, sessionHash: string): Promise<void>;
  /** Deletes links and sessions that are over. */
  deleteExpired(now: number): Promise<void>;
}

export interface ArticleStore {
  find(siteId: string, key: string): Promise<{ site: Site | null; article: Article | null }>;
  put(siteId: string, key: string, fields: ArticleFields, now: number): Promise<{ article: Article; created: boolean }>;
  /** null: there is none. */
  update(siteId: string, key: string, fields: Partial<ArticleFields>, now: number): Promise<Article | null>;
  list(listing: ArticleListing): Promise<{ articles: Article[]; next: { value: number; key: string } | null }>;
  /** null: there is no such site. */
  counts(siteId: string, keys: string[]): Promise<Map<string, number> | null>;
}

export interface RecentStore {
  /** By visible comments posted in the last whole hours and the running one, as of the last relisting. */
  findMostCommented(query: {
    siteId: string;
    list: Pick<ArticleListing, 'kind' | 'label'>;
    hours: RecentHours;
    limit: number;
    now: number;
  }): Promise<{ site: Site | null; articles: Article[] }>;
  findNewestComments(query: {
    siteId: string;
    list: Pick<ArticleListing, 'kind' | 'label'>;
    limit: number;
    now: number;
  }): Promise<{
    site: Site | null;
    comments: { comment: ThreadComment; article: Pick<Article, 'key' | 'url' | 'headline'> }[];
  }>;
}

/** What "most commented" sorts by, of all time and of the last hours. */
export interface RankingStore {
  /** Once an hour: takes out of the rankings the hours that they no longer look back to. */
  turnHour(now: number): Promise<void>;
  /** Brings in what was counted since: so many hours of articles at most. Answers how many it were. */
  relist(limit: number): Promise<number>;
}

export interface ThreadStore {
  findVersion(siteId: string, articleKey: string): Promise<number | null>;
  findPage(page: {
    siteId: string;
    articleKey: string;
    sort: 'newest' | 'oldest' | 'top';
    limit: number;
    repliesEach: number;
    after: ThreadPosition | null;
  }): Promise<{
    site: Site | null;
    article: Article | null;
    comments: TopLevelComment[];
    next: ThreadPosition | null;
  }>;
  /** Where a comment stands, if it does stand in a thread, and the version of that article. */
  findVersionAt(siteId: string, commentId: string): Promise<{ articleKey: string; version: number } | null>;
  /** A comment that stands in a thread, and what is around it: ancestors from the top down, all else in order of time. */
  findPermalink(query: {
    siteId: string;
    id: string;
    replies: number;
    siblingsEachSide: number;
  }): Promise<Permalink | null>;
  /** What stands below a comment, in the order of the tree; null when it does not stand in a thread itself. */
  findReplies(page: {
    siteId: string;
    id: string;
    afterPath: string | null;
    limit: number;
  }): Promise<RepliesPage | null>;
}

export interface CommentStore {
  loadPosting(query: {
    siteId: string;
    articleKey: string;
    parentId: string | null;
    readerId: string;
    textHash: string;
    sameTextSince: number;
    idempotencyKey: string | null;
  }): Promise<PostingContext>;
  insert(comment: CommentToInsert): Promise<InsertOutcome>;
  /** The reader's latest comments under one article, in any state, and their votes there. */
  findMine(
    siteId: string,
    articleKey: string,
    readerId: string,
  ): Promise<{ site: Site | null; comments: OwnComment[]; votes: Map<string, 1 | -1> }>;
  /** With what screening an edit needs. */
  findOwn(
    siteId: string,
    id: string,
    readerId: string,
  ): Promise<{ comment: OwnComment; site: Site; article: Article; reader: ReaderStanding } | null>;
  /** False: somebody changed it in between. */
  edit(edit: {
    siteId: string;
    id: string;
    readerId: string;
    from: CommentStatus;
    to: CommentStatus;
    shadowed: boolean;
    revision: number;
    body: Body;
    source: string;
    textHash: string;
    signals: Signal[];
    eventId: string;
    now: number;
  }): Promise<OwnComment | null>;
  /** Erases text, name and address. False: somebody changed it in between. */
  erase(erase: {
    siteId: string;
    id: string;
    readerId: string;
    from: CommentStatus;
    revision: number;
    eventId: string;
    now: number;
  }): Promise<boolean>;
  vote(vote: {
    siteId: string;
    commentId: string;
    readerId: string;
    value: 1 | 0 | -1;
    /** Of a new vote: kept, and not counted. One that is there already stays what it is. */
    isQuarantined: boolean;
    now: number;
    /** The totals are as the voter may know them, the own vote always among them. */
  }): Promise<{ outcome: 'done'; upVotes: number; downVotes: number } | { outcome: 'not-found' | 'own-comment' }>;
  /** A second flag by the same reader changes nothing. False: none that this reader can see. */
  flag(flag: {
    siteId: string;
    commentId: string;
    readerId: string;
    reason: string;
    note: string;
    now: number;
  }): Promise<boolean>;
}

export interface ModerationStore {
  findQueue(page: {
    siteId: string;
    list: QueueName;
    order: 'oldest' | 'newest';
    limit: number;
    after: string | null;
  }): Promise<{ entries: QueueEntry[]; counts: QueueCounts; next: string | null }>;
  findDossier(siteId: string, id: string): Promise<Dossier | null>;
  /** All changes, their events and every counter in one batch; outcomes in the order of `changes`. */
  decide(decide: {
    siteId: string;
    changes: StatusChange[];
    event: {
      kind: Decision | 'undo';
      id: string;
      moderator: { id: string; name: string };
      reason: string;
      now: number;
    };
  }): Promise<{ outcomes: ChangeOutcome[]; counts: QueueCounts }>;
  /** The last event of each comment, when it was a decision. */
  findLastDecisions(
    siteId: string,
    ids: string[],
  ): Promise<{ id: string; from: CommentStatus; to: CommentStatus; revision: number; moderatorId: string }[]>;
  /** On at most `limit` votes that are set aside on one comment, with the entry `id` in its history; null: no comment. */
  ruleOnVotes(ruling: {
    siteId: string;
    commentId: string;
    ruling: VoteRuling;
    id: string;
    moderator: { id: string; name: string };
    limit: number;
    now: number;
  }): Promise<RuledVotes | null>;
  ban(siteId: string, readerId: string, ban: ReaderStanding['ban'], until: number | null): Promise<boolean>;
}

/** Everything that is kept. Opened anew for each request, because each asks its reads to be as fresh as it needs. */
export interface Stores {
  sites: SiteStore;
  moderators: ModeratorStore;
  articles: ArticleStore;
  threads: ThreadStore;
  comments: CommentStore;
  moderation: ModerationStore;
  recent: RecentStore;
  rankings: RankingStore;
  rateLimits: RateLimitLog;
  /** Where the D1 session stands after what was done through these stores. */
  bookmark(): string | null;
}
