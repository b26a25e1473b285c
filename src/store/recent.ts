import { type SQL, sql } from 'drizzle-orm';
import type { RecentStore } from '../core/ports.ts';
import type { Database } from './database.ts';
import { type List, newestCommentIds } from './newest-comments.ts';
import { THREAD_COLUMNS, type ThreadRow, toArticle, toSite, toThreadComment } from './rows.ts';
import type { ArticleRow, SiteRow } from './schema.ts';
import { siteById } from './sites.ts';

export const MILLIS_AN_HOUR = 3_600_000;

/** A week is the longest "most commented in the last hours" that a front page asks for; a day more for its edge. */
export const RECENT_HOURS_KEPT = 8 * 24;

export const hourOf = (at: number): number => Math.floor(at / MILLIS_AN_HOUR);

/** Whether an article stands in a list; every article stands in the site's. */
const isIn = (siteId: string, list: List, articleKey: SQL): SQL =>
  list.kind === 'site'
    ? sql`true`
    : sql`EXISTS (SELECT 1 FROM article_lists l INDEXED BY article_lists_by_article
        WHERE l.site_id = ${siteId} AND l.article_key = ${articleKey} AND l.kind = ${list.kind} AND l.label = ${list.label})`;

const threadColumns = sql.raw(THREAD_COLUMNS.map((column) => `c.${column}`).join(', '));

export const createRecentStore = (database: Database): RecentStore => ({
  async findMostCommented({ siteId, list, hours, limit, now }) {
    const [[site], articles] = await database.batch<[SiteRow, ArticleRow & { recent: number }]>([
      siteById(siteId),
      sql`
        WITH recent AS (
          SELECT article_key, sum(comment_count) AS recent FROM article_hours h
          WHERE h.site_id = ${siteId} AND h.hour > ${hourOf(now) - hours}
          GROUP BY article_key HAVING sum(comment_count) > 0 AND ${isIn(siteId, list, sql`h.article_key`)}
          ORDER BY recent DESC, article_key LIMIT ${limit})
        SELECT a.*, recent.recent FROM recent CROSS JOIN articles a
        WHERE a.site_id = ${siteId} AND a.key = recent.article_key ORDER BY recent.recent DESC, a.key`,
    ]);
    return { site: site === undefined ? null : toSite(site), articles: articles.map(toArticle) };
  },

  async findNewestComments({ siteId, list, limit }) {
    const [[site], rows] = await database.batch<
      [SiteRow, ThreadRow & { key: string; url: string; headline: string | null }]
    >([
      siteById(siteId),
      sql`
        SELECT ${threadColumns}, a.key, a.url, a.headline
        FROM (${newestCommentIds(siteId, list, limit)}) newest CROSS JOIN comments c CROSS JOIN articles a
        WHERE c.site_id = ${siteId} AND c.id = newest.id AND a.site_id = c.site_id AND a.key = c.article_key
        ORDER BY c.id DESC`,
    ]);
    return {
      site: site === undefined ? null : toSite(site),
      comments: rows.map((row) => ({
        comment: toThreadComment(row),
        article: { key: row.key, url: row.url, headline: row.headline },
      })),
    };
  },

  async deleteOldHours(now) {
    await database.all(sql`DELETE FROM article_hours
      WHERE site_id IN (SELECT id FROM sites) AND hour < ${hourOf(now) - RECENT_HOURS_KEPT}`);
  },
});
