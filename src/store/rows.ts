import type { Article } from '../core/article/article.ts';
import type { Body } from '../core/body/body.ts';
import { sourceOf } from '../core/body/markdown-of.ts';
import type { CommentStatus } from '../core/comment/comment-status.ts';
import type { OwnComment } from '../core/comment/own-comment.ts';
import type { ReaderStanding } from '../core/reader/reader.ts';
import { DEFAULT_SETTINGS, type Site, type SiteSettings } from '../core/site/site.ts';
import type { ThreadComment } from '../core/thread/thread.ts';
import type { ArticleRow, CommentRow, ReaderRow, SiteRow } from './schema.ts';
import { type SQL, sql } from './sql.ts';

/** Rows become the core's types here: this is the only way out of the store. */

/**
 * Settings by their text, so that the same settings are the same object: the matcher of a word list is kept by the
 * list's identity. An isolate serves few sites; should it serve many, the map begins anew.
 */
const knownSettings = new Map<string, SiteSettings>();
const KNOWN_SETTINGS = 100;

const toSettings = (text: string): SiteSettings => {
  const known = knownSettings.get(text);
  if (known !== undefined) return known;
  const settings = { ...DEFAULT_SETTINGS, ...(JSON.parse(text) as Partial<SiteSettings>) };
  if (knownSettings.size >= KNOWN_SETTINGS) knownSettings.clear();
  knownSettings.set(text, settings);
  return settings;
};

export function toSite(row: Pick<SiteRow, 'id' | 'name' | 'origins' | 'settings'>): Site {
  return {
    id: row.id,
    name: row.name,
    origins: JSON.parse(row.origins) as string[],
    settings: toSettings(row.settings),
  };
}

export function toArticle(row: ArticleRow): Article {
  return {
    siteId: row.site_id,
    key: row.key,
    publicKey: row.public_key ?? row.key,
    url: row.url,
    headline: row.headline,
    section: row.section,
    topics: JSON.parse(row.topics) as string[],
    authors: JSON.parse(row.authors) as string[],
    keyPoints: JSON.parse(row.key_points) as string[],
    image: row.image,
    publishedAt: row.published_at,
    commenting: row.commenting,
    moderation: row.moderation,
    commentCount: row.comment_count,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export const THREAD_COLUMNS = [
  'id',
  'parent_id',
  'root_id',
  'depth',
  'path',
  'status',
  'shadowed',
  'author_name',
  'body',
  'up_votes',
  'down_votes',
  'reply_count',
  'created_at',
  'edited_at',
] as const;
export type ThreadRow = Pick<CommentRow, (typeof THREAD_COLUMNS)[number]>;

export function toThreadComment(row: ThreadRow): ThreadComment {
  return {
    id: row.id,
    parentId: row.parent_id,
    rootId: row.root_id,
    depth: row.depth,
    path: row.path,
    status: row.status,
    shadowed: row.shadowed === 1,
    authorName: row.author_name,
    body: JSON.parse(row.body) as Body,
    upVotes: row.up_votes,
    downVotes: row.down_votes,
    replyCount: row.reply_count,
    createdAt: row.created_at,
    editedAt: row.edited_at,
  };
}

export function toOwnComment(row: CommentRow & { reason: string | null }): OwnComment {
  const comment = toThreadComment(row);
  return {
    ...comment,
    siteId: row.site_id,
    articleKey: row.article_key,
    readerId: row.reader_id,
    source: sourceOf(row.source, comment.body),
    revision: row.revision,
    reason: row.reason,
  };
}

/** A thread comment as one JSON array: each cell on its way out of D1 costs more than its content. */
export function threadCommentAsJson(table: string): SQL {
  return sql.raw(
    `json_array(${THREAD_COLUMNS.map((column) => (column === 'body' ? `json(${table}.body)` : `${table}.${column}`)).join(', ')})`,
  );
}

/** The cells in the order of THREAD_COLUMNS. */
export type ThreadCommentJson = [
  id: string,
  parentId: string | null,
  rootId: string,
  depth: number,
  path: string,
  status: CommentStatus,
  shadowed: number,
  authorName: string,
  body: Body,
  upVotes: number,
  downVotes: number,
  replyCount: number,
  createdAt: number,
  editedAt: number | null,
];

export function fromThreadCommentJson(json: ThreadCommentJson): ThreadComment {
  return {
    id: json[0],
    parentId: json[1],
    rootId: json[2],
    depth: json[3],
    path: json[4],
    status: json[5],
    shadowed: json[6] === 1,
    authorName: json[7],
    body: json[8],
    upVotes: json[9],
    downVotes: json[10],
    replyCount: json[11],
    createdAt: json[12],
    editedAt: json[13],
  };
}

const NO_STANDING: ReaderStanding = { approvedCount: 0, ban: 'none', banUntil: null };

export type StandingRow = Pick<ReaderRow, 'approved_count' | 'ban' | 'ban_until'>;

export function toStanding(row: StandingRow | undefined): ReaderStanding {
  return row === undefined ? NO_STANDING : { approvedCount: row.approved_count, ban: row.ban, banUntil: row.ban_until };
}
