import type { ThreadStore } from '../core/thread/thread-store.ts';
import { keyOf } from './article-key.ts';
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
import { sql } from './sql.ts';

const topLevelOrder = {
  newest: { index: sql.raw('comments_top_level'), order: sql`c.id DESC` },
  oldest: { index: sql.raw('comments_top_level'), order: sql`c.id` },
  top: { index: sql.raw('comments_top_level_by_score'), order: sql`c.score DESC, c.id DESC` },
};

const columns = sql.raw(THREAD_COLUMNS.join(', '));

export function createThreadStore(database: Database): Pick<ThreadStore, 'findVersion' | 'findPage' | 'findNewest'> {
  return {
    async findVersion(siteId, articleKey) {
      const [row] = await database.all<{ version: number }>(
        sql`SELECT version FROM articles WHERE site_id = ${siteId} AND key = ${keyOf(siteId, articleKey)}`,
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
      // One reply more than is shown tells whether there are more. One pass reads the page and its replies.
      const {
        place: [place],
        rows,
      } = await database.batch<{
        place: SiteRow & (ArticleRow | { key: null });
        rows: { id: string; score: number; conversation: string };
      }>({
        place: sql`SELECT s.id, s.name, s.origins, s.settings, a.*
        FROM sites s LEFT JOIN articles a ON a.site_id = s.id AND a.key = ${keyOf(siteId, articleKey)} WHERE s.id = ${siteId}`,
        rows: sql`
        SELECT c.id, c.score, json_array(${threadCommentAsJson('c')}, CASE WHEN c.reply_count > 0 THEN (
          SELECT json_group_array(json(reply)) FROM (
            SELECT ${threadCommentAsJson('r')} AS reply FROM comments r INDEXED BY comments_replies
            WHERE r.site_id = ${siteId} AND r.root_id = c.id AND r.depth > 0 AND r.listed = 1
            ORDER BY r.path LIMIT ${repliesEach + 1})) END) AS conversation
        FROM comments c INDEXED BY ${index}
        WHERE c.site_id = ${siteId} AND c.article_key = ${keyOf(siteId, articleKey)} AND c.depth = 0 AND c.listed = 1
          ${after === null ? sql`` : beyond[sort]()}
        ORDER BY ${order} LIMIT ${limit + 1}`,
      });
      // Comments whose article is gone are on their way out.
      const page = place?.key == null ? [] : rows.slice(0, limit);
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

    async findNewest({ siteId, articleKey, limit }) {
      const {
        articles: [article],
        comments,
      } = await database.batch<{ articles: ArticleRow; comments: ThreadRow }>({
        articles: sql`SELECT * FROM articles WHERE site_id = ${siteId} AND key = ${keyOf(siteId, articleKey)}`,
        // The condition is the index's own, to the letter: otherwise the index cannot be used.
        comments: sql`
        SELECT ${columns} FROM comments INDEXED BY comments_visible
        WHERE site_id = ${siteId} AND article_key = ${keyOf(siteId, articleKey)} AND status IN ('approved', 'published')
        ORDER BY id DESC LIMIT ${limit}`,
      });
      return article === undefined
        ? { article: null, comments: [] }
        : { article: toArticle(article), comments: comments.map(toThreadComment) };
    },
  };
}
