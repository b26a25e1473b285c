import { RECENT_HOURS } from '../core/front-page/article-listing.ts';
import type { RankingStore } from '../core/front-page/ranking-store.ts';
import { enterInLists, isListable } from './article-store.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';

export const MILLIS_AN_HOUR = 3_600_000;

/** A week, the longest ranking, and a day more, so that the job may be late. */
export const HOURS_KEPT = 8 * 24;

export function hourOf(at: number): number {
  return Math.floor(at / MILLIS_AN_HOUR);
}

export const RANKINGS = JSON.stringify(RECENT_HOURS);

/**
 * A ranking over N hours holds N whole hours and the running one, each with its `ranked_count`; `sites.ranked_hour` is
 * the running one. Both change in the batch that changes the rankings, so that a ranking gives back exactly what it
 * took, however often or late the job runs.
 */
export function createRankingStore(database: Database): RankingStore {
  return {
    async sitesToTurn(now, limit) {
      const rows = await database.all<{ id: string }>(
        sql`SELECT id FROM sites WHERE ranked_hour < ${hourOf(now)} LIMIT ${limit}`,
      );
      return rows.map(({ id }) => id);
    },

    async turnHour(siteId, now) {
      const hour = hourOf(now);
      await database.batch({
        takeOut: sql`INSERT INTO article_activity (site_id, hours, article_key, comment_count)
        SELECT h.site_id, ranking.value, h.article_key, -sum(h.ranked_count)
        FROM sites s CROSS JOIN json_each(${RANKINGS}) ranking CROSS JOIN article_hours h
        WHERE s.id = ${siteId} AND h.site_id = s.id AND h.ranked_count <> 0
          AND h.hour >= s.ranked_hour - ranking.value AND h.hour < ${hour} - ranking.value
        GROUP BY 1, 2, 3
        ON CONFLICT DO UPDATE SET comment_count = comment_count + excluded.comment_count`,
        empty: sql`DELETE FROM article_activity INDEXED BY article_activity_by_count
        WHERE site_id = ${siteId} AND hours IN (SELECT value FROM json_each(${RANKINGS})) AND comment_count = 0`,
        over: sql`DELETE FROM article_hours
        WHERE site_id = ${siteId} AND hour < ${hour - HOURS_KEPT} AND ranked_count = comment_count`,
        hour: sql`UPDATE sites SET ranked_hour = ${hour} WHERE id = ${siteId} AND ranked_hour < ${hour}`,
      });
    },

    async relist(limit) {
      const due = sql`SELECT site_id, hour, article_key, comment_count - ranked_count AS more
      FROM article_hours INDEXED BY article_hours_to_rank
      WHERE ranked_count <> comment_count ORDER BY site_id, hour, article_key LIMIT ${limit}`;
      // Articles that the publisher has not described enter the lists with the first comment that is seen, and leave.
      const registered = sql`SELECT DISTINCT a.* FROM (${due}) due CROSS JOIN articles a
      WHERE a.site_id = due.site_id AND a.key = due.article_key AND a.headline IS NULL`;
      const { done } = await database.batch<{ done: unknown }>({
        activity: sql`INSERT INTO article_activity (site_id, hours, article_key, comment_count)
        SELECT due.site_id, ranking.value, due.article_key, sum(due.more)
        FROM (${due}) due CROSS JOIN sites s CROSS JOIN json_each(${RANKINGS}) ranking
        WHERE s.id = due.site_id AND due.hour >= s.ranked_hour - ranking.value
        GROUP BY 1, 2, 3
        ON CONFLICT DO UPDATE SET comment_count = comment_count + excluded.comment_count`,
        lists: sql`WITH changed AS MATERIALIZED (
          SELECT DISTINCT due.site_id, due.article_key, a.comment_count FROM (${due}) due CROSS JOIN articles a
          WHERE a.site_id = due.site_id AND a.key = due.article_key)
        UPDATE article_lists INDEXED BY article_lists_by_article SET comment_count = changed.comment_count FROM changed
        WHERE (article_lists.site_id, article_lists.article_key) IN (SELECT site_id, article_key FROM changed)
          AND article_lists.site_id = changed.site_id AND article_lists.article_key = changed.article_key
          AND article_lists.comment_count <> changed.comment_count`,
        entered: enterInLists(registered),
        left: sql`DELETE FROM article_lists WHERE (site_id, article_key) IN (
          SELECT site_id, key FROM (${registered}) a WHERE NOT ${isListable})`,
        done: sql`UPDATE article_hours SET ranked_count = comment_count
        WHERE (site_id, hour, article_key) IN (SELECT site_id, hour, article_key FROM (${due})) RETURNING 1`,
      });
      return done.length;
    },
  };
}
