import { type SQL, sql } from 'drizzle-orm';
import type { RecentHours } from '../core/article/article-listing.ts';
import type { RecentStore } from '../core/ports.ts';
import type { Database } from './database.ts';
import { type List, newestCommentIds } from './newest-comments.ts';
import { THREAD_COLUMNS, type ThreadRow, toArticle, toSite, toThreadComment } from './rows.ts';
import type { ArticleRow, SiteRow } from './schema.ts';
import { siteById } from './sites.ts';

/** How many articles of a section, topic or author, its newest, are ranked (docs/decisions/0014). */
const ARTICLES_RANKED = 100;

interface Ranking {
  siteId: string;
  list: List;
  hours: RecentHours;
  limit: number;
  now: number;
}

const columns = sql.raw(THREAD_COLUMNS.map((column) => `c.${column}`).join(', '));

const rankedOfSite = ({ siteId, hours, limit, now }: Ranking): SQL => sql`
  SELECT a.* FROM article_activity r INDEXED BY article_activity_by_count CROSS JOIN articles a
  WHERE r.site_id = ${siteId} AND r.hours = ${hours} AND r.comment_count > 0
    AND a.site_id = r.site_id AND a.key = r.article_key AND a.published_at <= ${now}
  ORDER BY r.comment_count DESC, r.article_key LIMIT ${limit}`;

const rankedOfList = ({ siteId, list, hours, limit, now }: Ranking): SQL => sql`
  SELECT a.* FROM (
    SELECT r.article_key, r.comment_count AS recent
    FROM (
      SELECT article_key FROM article_lists
      WHERE site_id = ${siteId} AND kind = ${list.kind} AND label = ${list.label} AND published_at <= ${now}
      ORDER BY published_at DESC, article_key DESC LIMIT ${ARTICLES_RANKED}) newest
    CROSS JOIN article_activity r
    WHERE r.site_id = ${siteId} AND r.hours = ${hours} AND r.article_key = newest.article_key AND r.comment_count > 0
    ORDER BY recent DESC, r.article_key LIMIT ${limit}) ranked
  CROSS JOIN articles a
  WHERE a.site_id = ${siteId} AND a.key = ranked.article_key
  ORDER BY ranked.recent DESC, a.key`;

export const createRecentStore = (database: Database): RecentStore => ({
  async findMostCommented(ranking) {
    const [[site], articles] = await database.batch<[SiteRow, ArticleRow]>([
      siteById(ranking.siteId),
      ranking.list.kind === 'site' ? rankedOfSite(ranking) : rankedOfList(ranking),
    ]);
    return { site: site === undefined ? null : toSite(site), articles: articles.map(toArticle) };
  },

  async findNewestComments({ siteId, list, limit, now }) {
    const [[site], rows] = await database.batch<
      [SiteRow, ThreadRow & { key: string; url: string; headline: string | null }]
    >([
      siteById(siteId),
      sql`
        SELECT ${columns}, a.key, a.url, a.headline
        FROM (${newestCommentIds(siteId, list, limit, now)}) newest CROSS JOIN comments c CROSS JOIN articles a
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
});
