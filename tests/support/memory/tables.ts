import type { Article } from '../../../src/core/article/article.ts';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Seal } from '../../../src/core/event/event-log.ts';
import type { FlagReason } from '../../../src/core/flag/flag-reason.ts';
import type { Run } from '../../../src/core/health/health-store.ts';
import type { Happening, Letter } from '../../../src/core/outbox/outbox.ts';
import type { Recent } from '../../../src/core/rate-limit/attempt.ts';
import type { Operation } from '../../../src/core/rate-limit/limits.ts';
import type { ReaderStanding } from '../../../src/core/reader/reader.ts';
import type { Site } from '../../../src/core/site/site.ts';
import type { ModeratorRecord } from '../../../src/core/team/moderator.ts';

export type StoredSite = Site & { rankedHour: number; secretMarks: Record<string, string>; version: number };

/** `listedCount` is the count as of the last relisting. */
export type StoredArticle = Omit<Article, 'commentCount'> & { listedCount: number; aliases: string[] };

/** The traces by which a comment is found for a day; null: deleted, or there was none. */
interface Traces {
  textHash: string | null;
  idempotencyKey: string | null;
  /** The network's name of the day. */
  network: string | null;
}

export interface StoredComment
  extends Omit<CommentToInsert, 'registerUrl' | 'network' | 'isNetworkHeld' | 'isStranger' | keyof Traces>,
    Traces {
  revision: number;
  editedAt: number | null;
  /** Votes that it came with in bulk: nobody here has cast them. */
  broughtVotes: { up: number; down: number };
}

/** All that a network did of one operation in one day. */
export interface StoredWindow {
  siteId: string;
  operation: Operation;
  network: string;
  day: number;
  hours: Record<string, number>;
  recent: Recent[];
}

export interface StoredVote {
  siteId: string;
  articleKey: string;
  commentId: string;
  readerId: string;
  value: 1 | -1;
  state: 'counts' | 'set-aside' | 'discarded';
  createdAt: number;
}

export interface StoredFlag {
  siteId: string;
  commentId: string;
  readerId: string;
  reason: FlagReason;
  note: string;
  createdAt: number;
  /** The deed that settled it; null: it is open. */
  settledBy: string | null;
  /** The last event on the comment when it was reported; null: not known. */
  lastEvent: string | null;
}

export type StoredLetter = Letter & { notBefore: number };

/** A sign-in link, or a session. */
export interface Pass {
  siteId: string;
  tokenHash: string;
  moderatorId: string;
  expiresAt: number;
}

/** All that is kept. Counters are counted when they are needed (counts.ts), so that none can drift. */
export interface Tables {
  sites: StoredSite[];
  apiKeys: { siteId: string; keyHash: string; name: string; createdAt: number; secretMark: string; id: string }[];
  moderators: ModeratorRecord[];
  links: Pass[];
  sessions: Pass[];
  articles: StoredArticle[];
  bans: { siteId: string; readerId: string; ban: ReaderStanding['ban']; until: number | null }[];
  networkHolds: { siteId: string; network: string; until: number }[];
  comments: StoredComment[];
  limitWindows: StoredWindow[];
  /** By their days. */
  dayKeys: Map<number, string>;
  votes: StoredVote[];
  flags: StoredFlag[];
  events: Event[];
  seals: (Seal & { siteId: string })[];
  listeners: { site: string; receiver: string; verb: Happening }[];
  outbox: StoredLetter[];
  deadLetters: (StoredLetter & { diedAt: number })[];
  /** Visible comments that a relisting has found, by site, hour and article. */
  ranked: { siteId: string; hour: number; articleKey: string; count: number }[];
  run: Run | null;
}

export function createTables(): Tables {
  return {
    sites: [],
    apiKeys: [],
    moderators: [],
    links: [],
    sessions: [],
    articles: [],
    bans: [],
    networkHolds: [],
    comments: [],
    limitWindows: [],
    dayKeys: new Map(),
    votes: [],
    flags: [],
    events: [],
    seals: [],
    listeners: [],
    outbox: [],
    deadLetters: [],
    ranked: [],
    run: null,
  };
}

export function siteIn({ sites }: Tables, id: string): StoredSite | undefined {
  return sites.find((site) => site.id === id);
}

export function articleIn({ articles }: Tables, siteId: string, key: string): StoredArticle | undefined {
  return (
    articles.find((article) => article.siteId === siteId && article.key === key) ??
    articles.find((article) => article.siteId === siteId && article.aliases.includes(key))
  );
}

/** The key that an article's comments carry, from any key that leads to it. */
export function keyIn(tables: Tables, siteId: string, key: string): string {
  return articleIn(tables, siteId, key)?.key ?? key;
}

/** Finds a comment; without its article's key it is found under any. */
export function commentIn(tables: Tables, siteId: string, id: string, key?: string): StoredComment | undefined {
  return tables.comments.find(
    (comment) =>
      comment.siteId === siteId &&
      comment.id === id &&
      (key === undefined || comment.articleKey === keyIn(tables, siteId, key)),
  );
}

/** The order of text in SQLite: by its bytes, and not by any language. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
