import { type SQL, sql } from 'drizzle-orm';
import { COMMENT_ID_LENGTH } from '../core/comment/comment-id.ts';
import type { ThreadStore } from '../core/ports.ts';
import type { ThreadComment } from '../core/thread/thread.ts';
import type { Database } from './database.ts';
import {
  fromThreadCommentJson,
  THREAD_COLUMNS,
  type ThreadCommentJson,
  type ThreadRow,
  threadCommentAsJson,
  toArticle,
  toSite,
  toThreadComment,
} from './rows.ts';
import type { ArticleRow, SiteRow } from './schema.ts';
import { siteById } from './sites.ts';

/** Sorts after every character of an id, so `path < parent || PATH_END` ends a subtree. */
const PATH_END = '~';

const columns = (table: string): SQL =>
  sql.join(
    THREAD_COLUMNS.map((column) => sql.raw(`${table}.${column}`)),
    sql`, `,
  );

const topLevelOrder = {
  newest: { index: sql.raw('comments_top_level'), order: sql`c.id DESC` },
  oldest: { index: sql.raw('comments_top_level'), order: sql`c.id` },
  top: { index: sql.raw('comments_top_level_by_score'), order: sql`c.score DESC, c.id DESC` },
};

/** The ids of a comment's ancestors, top-level first, read off its place in the tree. */
const ancestorIds = (comment: Pick<ThreadComment, 'rootId' | 'path' | 'depth'>): string[] => {
  if (comment.depth === 0) return [];
  const ids = [comment.rootId];
  for (let i = 0; i < comment.depth - 1; i += 1) {
    ids.push(comment.path.slice(i * COMMENT_ID_LENGTH, (i + 1) * COMMENT_ID_LENGTH));
  }
  return ids;
};

export const createThreadStore = (database: Database): ThreadStore => ({
  async findVersion(siteId, articleKey) {
    const [row] = await database.all<{ version: number }>(
      sql`SELECT version FROM articles WHERE site_id = ${siteId} AND key = ${articleKey}`,
    );
    return row?.version ?? null;
  },

  async findPage({ siteId, articleKey, sort, limit, repliesEach, after }) {
    const { index, order } = topLevelOrder[sort];
    const beyond = {
      newest: () => sql`AND c.id < ${after?.id}`,
      oldest: () => sql`AND c.id > ${after?.id}`,
      top: () => sql`AND (c.score, c.id) < (${after?.score}, ${after?.id})`,
    };
    // One reply more than is shown tells whether there are more. A page is one pass: replies are read where there are any.
    const [[place], rows] = await database.batch<
      [SiteRow & (ArticleRow | { key: null }), { id: string; score: number; conversation: string }]
    >([
      sql`SELECT s.id, s.name, s.origins, s.settings, a.*
        FROM sites s LEFT JOIN articles a ON a.site_id = s.id AND a.key = ${articleKey} WHERE s.id = ${siteId}`,
      sql`
        SELECT c.id, c.score, json_array(${threadCommentAsJson('c')}, CASE WHEN c.reply_count > 0 THEN (
          SELECT json_group_array(json(reply)) FROM (
            SELECT ${threadCommentAsJson('r')} AS reply FROM comments r INDEXED BY comments_replies
            WHERE r.site_id = ${siteId} AND r.root_id = c.id AND r.depth > 0 AND r.listed = 1
            ORDER BY r.path LIMIT ${repliesEach + 1})) END) AS conversation
        FROM comments c INDEXED BY ${index}
        WHERE c.site_id = ${siteId} AND c.article_key = ${articleKey} AND c.depth = 0 AND c.listed = 1
          ${after === null ? sql`` : beyond[sort]()}
        ORDER BY ${order} LIMIT ${limit + 1}`,
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      site: place === undefined ? null : toSite(place),
      article: place === undefined || place.key === null ? null : toArticle(place),
      comments: page.map((row) => {
        const [comment, replies] = JSON.parse(row.conversation) as [ThreadCommentJson, ThreadCommentJson[] | null];
        return {
          comment: fromThreadCommentJson(comment),
          replies: replies === null ? [] : replies.slice(0, repliesEach).map(fromThreadCommentJson),
          hasMoreReplies: replies !== null && replies.length > repliesEach,
        };
      }),
      next: rows.length > limit && last !== undefined ? { id: last.id, score: last.score } : null,
    };
  },

  async findListed(siteId, id) {
    const [[row], [site], [article]] = await database.batch<[ThreadRow, SiteRow, ArticleRow]>([
      sql`SELECT ${columns('c')} FROM comments c WHERE c.site_id = ${siteId} AND c.id = ${id} AND c.listed = 1`,
      siteById(siteId),
      sql`SELECT a.* FROM comments c JOIN articles a ON a.site_id = c.site_id AND a.key = c.article_key
        WHERE c.site_id = ${siteId} AND c.id = ${id} AND c.listed = 1`,
    ]);
    if (row === undefined || site === undefined || article === undefined) return null;
    const comment = toThreadComment(row);
    const ids = ancestorIds(comment);
    const ancestors =
      ids.length === 0
        ? []
        : await database.all<ThreadRow>(sql`
            SELECT ${columns('c')} FROM comments c
            WHERE c.site_id = ${siteId} AND c.id IN (${sql.join(
              ids.map((ancestor) => sql`${ancestor}`),
              sql`, `,
            )}) ORDER BY c.depth`);
    return { site: toSite(site), article: toArticle(article), comment, ancestors: ancestors.map(toThreadComment) };
  },

  async findReplies({ siteId, below, afterPath, limit }) {
    const rows = await database.all<ThreadRow>(sql`
      SELECT ${columns('c')} FROM comments c INDEXED BY comments_replies
      WHERE c.site_id = ${siteId} AND c.root_id = ${below.rootId} AND c.depth > 0 AND c.listed = 1
        AND c.path > ${afterPath ?? below.path} AND c.path < ${below.path + PATH_END}
      ORDER BY c.path LIMIT ${limit + 1}`);
    return { replies: rows.slice(0, limit).map(toThreadComment), hasMore: rows.length > limit };
  },
});
