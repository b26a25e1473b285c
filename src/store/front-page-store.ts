import type { Article } from '../core/article/article.ts';
import type { ArticleList, RecentHours } from '../core/front-page/article-listing.ts';
import type { FrontPageStore } from '../core/front-page/front-page-store.ts';
import { keyOf } from './article-key.ts';
import { isListable } from './article-store.ts';
import type { Database } from './database.ts';
import { newestCommentIds } from './newest-comments.ts';
import { THREAD_COLUMNS, type ThreadRow, toArticle, toSite, toThreadComment } from './rows.ts';
import type { ArticleRow, SiteRow } from './schema.ts';
import { siteById } from './site-store.ts';
import { type SQL, sql } from './sql.ts';

/** The newest articles of a section, topic or author that are ranked (docs/decisions/0014). */
const ARTICLES_RANKED = 100;

interface Ranking {
  siteId: string;
  list: ArticleList;
  hours: RecentHours;
  limit: number;
  now: number;
}

const columns = sql.raw(THREAD_COLUMNS.map((column) => `c.${column}`).join(', '));

const rankedOfSite = ({ siteId, hours, limit, now }: Ranking): SQL => sql`
  SELECT a.* FROM article_activity r INDEXED BY article_activity_by_count CROSS JOIN articles a
  WHERE r.site_id = ${siteId} AND r.hours = ${hours} AND r.comment_count > 0
    AND a.site_id = r.site_id AND a.key = r.article_key AND a.published_at <= ${now} AND ${isListable}
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
  WHERE a.site_id = ${siteId} AND a.key = ranked.article_key AND ${isListable}
  ORDER BY ranked.recent DESC, a.key`;

/** Half of the parameters that D1 binds, so that 100 keys are two statements of one batch. */
const KEYS_A_STATEMENT = 50;

export function createFrontPageStore(database: Database): FrontPageStore {
  return {
    async list({ siteId, kind, label, sort, now, limit, after }) {
      const value = sort === 'newest' ? sql`l.published_at` : sql`l.comment_count`;
      const index = sort === 'newest' ? sql`NOT INDEXED` : sql`INDEXED BY article_lists_by_count`;
      const published = sql`l.published_at <= ${now}`;
      const below = after === null ? sql`true` : sql`(${value}, l.article_key) < (${after.value}, ${after.key})`;
      // A position in a list by time is a bound itself. With a second one SQLite may enter the index at the wrong one.
      const isPublished = sort === 'newest' && after !== null && after.value <= now;
      const rows = await database.all<ArticleRow & { position: number }>(sql`
      SELECT a.*, ${value} AS position
      FROM article_lists l ${index} JOIN articles a ON a.site_id = l.site_id AND a.key = l.article_key
      WHERE l.site_id = ${siteId} AND l.kind = ${kind} AND l.label = ${label} AND ${isListable}
        AND ${isPublished ? below : sql`${published} AND ${below}`}
      ORDER BY ${value} DESC, l.article_key DESC LIMIT ${limit + 1}`);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        articles: page.map(toArticle) satisfies Article[],
        next: rows.length > limit && last !== undefined ? { value: last.position, key: last.key } : null,
      };
    },

    async counts(siteId, keys) {
      const counts: SQL[] = [];
      for (let i = 0; i < keys.length; i += KEYS_A_STATEMENT) {
        const some = keys.slice(i, i + KEYS_A_STATEMENT).map((key) => sql`(${key})`);
        counts.push(sql`
        SELECT asked.column1 AS key, comment_count FROM (VALUES ${sql.join(some, sql`, `)}) asked
        CROSS JOIN articles ON site_id = ${siteId} AND key = ${keyOf(siteId, sql`asked.column1`)}`);
      }
      const rows = await database.batch<{ site: SiteRow; counts: Pick<ArticleRow, 'key' | 'comment_count'> }>({
        site: siteById(siteId),
        counts,
      });
      return rows.site.length === 0 ? null : new Map(rows.counts.map((row) => [row.key, row.comment_count]));
    },

    async findMostCommented(ranking) {
      const {
        site: [site],
        articles,
      } = await database.batch<{ site: SiteRow; articles: ArticleRow }>({
        site: siteById(ranking.siteId),
        articles: ranking.list.kind === 'site' ? rankedOfSite(ranking) : rankedOfList(ranking),
      });
      return { site: site === undefined ? null : toSite(site), articles: articles.map(toArticle) };
    },

    async findNewestComments({ siteId, list, limit, now }) {
      const {
        site: [site],
        comments,
      } = await database.batch<{
        site: SiteRow;
        comments: ThreadRow & { key: string; url: string; headline: string | null };
      }>({
        site: siteById(siteId),
        comments: sql`
        SELECT ${columns}, coalesce(a.public_key, a.key) AS key, a.url, a.headline
        FROM (${newestCommentIds(siteId, list, limit, now)}) newest CROSS JOIN comments c CROSS JOIN articles a
        WHERE c.site_id = ${siteId} AND c.id = newest.id AND a.site_id = c.site_id AND a.key = c.article_key
        ORDER BY c.id DESC`,
      });
      return {
        site: site === undefined ? null : toSite(site),
        comments: comments.map((row) => ({
          comment: toThreadComment(row),
          article: { key: row.key, url: row.url, headline: row.headline },
        })),
      };
    },
  };
}
