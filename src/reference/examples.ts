import type * as z from 'zod/mini';
import type { ArticleInput, ArticleView } from '../contract/article.ts';
import type { MineView, NewComment, OwnCommentView } from '../contract/comment.ts';
import type { HealthCheckView } from '../contract/health.ts';
import type { QueueCounts, QueueItem } from '../contract/moderation.ts';
import type { MeView, ModeratorView } from '../contract/moderator.ts';
import type { ProblemDocument } from '../contract/problem.ts';
import type { SiteView } from '../contract/site.ts';
import type {
  ArticleHead,
  CommentView,
  FormRules,
  NewestCommentsView,
  PermalinkView,
  ThreadView,
} from '../contract/thread.ts';

export const article: z.input<typeof ArticleInput> = {
  url: 'https://news.example/strait-ferry-talks',
  headline: 'The ferry talks set out again',
  section: 'World',
  topics: ['Ferries', 'Diplomacy'],
  authors: ['Tamsin Orrel'],
  keyPoints: ['The first visit of its kind since the crossings stopped.'],
  image: 'https://news.example/strait.jpg',
  publishedAt: '2026-11-23T06:40:00Z',
  moderation: 'first-comment',
};

export const articleView: ArticleView = {
  key: 'strait-ferry-talks',
  url: 'https://news.example/strait-ferry-talks',
  headline: 'The ferry talks set out again',
  section: 'World',
  topics: ['Ferries', 'Diplomacy'],
  authors: ['Tamsin Orrel'],
  keyPoints: ['The first visit of its kind since the crossings stopped.'],
  image: 'https://news.example/strait.jpg',
  publishedAt: '2026-11-23T06:40:00.000Z',
  commenting: 'open',
  moderation: 'first-comment',
  moderationInForce: 'first-comment',
  commentCount: 42,
};

const body: CommentView['body'] = [{ t: 'p', c: ['The ', { t: 'strong', c: ['ferry'] }, ' was late again.'] }];

const comment: CommentView = {
  id: '1tq5p9k2v0c8m4x7',
  parentId: null,
  rootId: '1tq5p9k2v0c8m4x7',
  depth: 0,
  tombstone: null,
  authorName: 'Ada',
  body,
  isCut: false,
  upVotes: 3,
  downVotes: 0,
  replyCount: 1,
  createdAt: '2026-11-23T10:02:11.000Z',
  editedAt: null,
};

const reply: CommentView = {
  ...comment,
  id: '1tq5pc03h7n2w9bz',
  parentId: comment.id,
  depth: 1,
  authorName: 'Björn',
  body: [{ t: 'p', c: ['Not on Tuesday.'] }],
  upVotes: 1,
  replyCount: null,
  createdAt: '2026-11-23T10:05:40.000Z',
};

const rules: FormRules = {
  commenting: 'open',
  moderation: 'first-comment',
  maxGraphemes: 5_000,
  maxNameGraphemes: 60,
  maxDepth: 31,
  editWindowMinutes: 15,
};

const head: ArticleHead = {
  key: articleView.key,
  url: articleView.url,
  headline: articleView.headline,
  commentCount: 42,
};

export const thread: ThreadView = {
  article: head,
  rules,
  sort: 'newest',
  comments: [{ ...comment, replies: [reply], moreReplies: null }],
  next: 'WzEsIjFtZ3k4M2ciLFsiMXRxNXA5azJ2MGM4bTR4NyIsM11d',
};

export const permalink: PermalinkView = {
  article: head,
  rules,
  ancestors: [comment],
  comment: reply,
  replies: [],
  moreReplies: null,
  siblings: {
    earlier: [],
    later: [
      {
        ...reply,
        id: '1tq5pc4n7s1d9k3q',
        authorName: 'Cleo',
        body: [{ t: 'p', c: ['Not on Wednesday either.'] }],
        createdAt: '2026-11-23T10:09:02.000Z',
      },
    ],
  },
};

export const newestComments: NewestCommentsView = {
  comments: [{ ...comment, article: { key: head.key, url: head.url, headline: head.headline } }],
};

export const newComment: NewComment = {
  body: 'The **ferry** was late again.',
  authorName: 'Ada',
  pageUrl: 'https://news.example/strait-ferry-talks',
};

export const ownComment: OwnCommentView = {
  ...comment,
  upVotes: 0,
  replyCount: 0,
  status: 'pending',
  reason: null,
  source: newComment.body,
  editableUntil: '2026-11-23T10:17:11.000Z',
};

export const mine: MineView = { comments: [ownComment], votes: { [reply.id]: 1 } };

export const counts: QueueCounts = {
  pending: 11,
  reported: 2,
  unmoderated: 0,
  approved: 310,
  rejected: 24,
  spam: 9,
  deleted: 5,
};

export const queueItem: QueueItem = {
  id: comment.id,
  status: 'pending',
  revision: 1,
  body: body ?? [],
  authorName: 'Ada',
  authorEmail: 'ada@post.example',
  createdAt: comment.createdAt,
  editedAt: null,
  depth: 0,
  upVotes: 0,
  downVotes: 0,
  signals: [{ phase: 'first-comment' }],
  flagCount: 0,
  setAsideVotes: 0,
  article: { key: head.key, url: head.url, headline: head.headline, section: 'World' },
  parent: null,
  reader: {
    id: 'q3VhZ2hrZXktb2YtYS1yZA',
    commentCount: 1,
    approvedCount: 0,
    rejectedCount: 0,
    firstSeenAt: comment.createdAt,
    ban: 'none',
    banUntil: null,
  },
};

export const decided = { id: comment.id, outcome: 'done', status: 'approved', decidedBy: 'Mara' } as const;

export const moderator: ModeratorView = {
  id: '1tq4m2w8e5r7t9yb',
  name: 'Mara',
  email: 'mara@news.example',
  role: 'admin',
  createdAt: '2026-11-02T08:00:00.000Z',
};

export const me: MeView = { moderator, site: { id: 'demo', name: 'The Quillhaven Courier' } };

export const site: SiteView = {
  id: 'demo',
  name: 'The Quillhaven Courier',
  origins: ['https://news.example'],
  settings: {
    moderation: 'first-comment',
    unknownArticles: 'refuse',
    editWindowMinutes: 15,
    maxGraphemes: 5_000,
    maxLinks: 2,
    bannedWords: [],
    suspectWords: ['casino'],
  },
  version: 7,
};

export const healthCheck: HealthCheckView = {
  status: 'warn',
  version: 'a248d2a14a 2026-11-23T09:40:12.000Z',
  checkedAt: '2026-11-23T10:02:11.000Z',
  checks: [
    { name: 'storage', database: 'DB', status: 'ok', detail: 'DB was written and read in 14 ms.' },
    { name: 'size', database: 'DB', status: 'warn', detail: 'DB holds 361.2 MB, 72 % of 500 MB.' },
  ],
};

/** A token as it stands in the fragment of a mailed link. */
export const token = 'Vn3kq0Y7r2LwX9dTz5mB1cJ8hF4sGpQeUaKiO6ytNvE';

export const problem: ProblemDocument = {
  type: 'https://comments.news.example/api/#problem-rate-limited',
  title: 'Too many requests',
  status: 429,
  detail: 'That was a little fast. Try again in 12 seconds.',
  reason: 'rate-limited',
  requestId: '5f0c2f8e-1a53-4b7c-9f0e-6d2b8c1f7a44',
  retryAt: '2026-11-23T10:02:23.000Z',
  limit: 5,
};
