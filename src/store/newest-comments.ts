import type { ArticleList } from '../core/front-page/article-listing.ts';
import { type SQL, sql } from './sql.ts';

/** The newest articles of a list that are searched: a front page's box of comments is about what is new. */
const ARTICLES_LOOKED_AT = 40;

/** Both statuses are walked side by side, so that no more is read than is taken. */
const newestOfSite = (siteId: string, limit: number, now: number): SQL => {
  const visible = (status: 'approved' | 'published') => sql`
    SELECT c.id FROM comments c INDEXED BY comments_by_status CROSS JOIN articles a
    WHERE c.site_id = ${siteId} AND c.status = ${status}
      AND a.site_id = c.site_id AND a.key = c.article_key AND a.published_at <= ${now}`;
  return sql`${visible('approved')} UNION ALL ${visible('published')} ORDER BY id DESC LIMIT ${limit}`;
};

/** The condition is the index's own, to the letter: otherwise the index cannot be used. */
const newestUnder = (siteId: string, articleKey: SQL, older: SQL): SQL => sql`(
  SELECT id FROM comments INDEXED BY comments_visible
  WHERE site_id = ${siteId} AND article_key = ${articleKey} AND status IN ('approved', 'published') ${older}
  ORDER BY id DESC LIMIT 1)`;

/**
 * A merge: each article comes with its newest comment, and whenever the newest of all is taken, the next older one
 * under the same article takes its place. So it reads one comment for each article and one for each that is taken.
 * Recursive, but never deeper than `limit`, whatever is stored (docs/decisions/0013).
 */
const newestOfArticles = (siteId: string, { kind, label }: ArticleList, limit: number, now: number): SQL => sql`
  WITH RECURSIVE newest (article_key, id) AS (
    SELECT * FROM (
      SELECT l.article_key, ${newestUnder(siteId, sql`l.article_key`, sql``)} FROM article_lists l
      WHERE l.site_id = ${siteId} AND l.kind = ${kind} AND l.label = ${label} AND l.published_at <= ${now}
      ORDER BY l.published_at DESC, l.article_key DESC LIMIT ${ARTICLES_LOOKED_AT})
    UNION ALL
    SELECT newest.article_key, ${newestUnder(siteId, sql`newest.article_key`, sql`AND id < newest.id`)}
    FROM newest WHERE newest.id IS NOT NULL
    ORDER BY 2 DESC LIMIT ${limit})
  SELECT id FROM newest`;

/** The ids of a list's newest visible comments, under articles that are published by now. */
export function newestCommentIds(siteId: string, list: ArticleList, limit: number, now: number): SQL {
  return list.kind === 'site' ? newestOfSite(siteId, limit, now) : newestOfArticles(siteId, list, limit, now);
}
