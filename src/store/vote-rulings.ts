import { type SQL, sql } from 'drizzle-orm';
import type { ModerationStore } from '../core/ports.ts';
import type { Database } from './database.ts';
import type { CommentRow } from './schema.ts';
import { visible } from './status-changes.ts';
import { wilson } from './votes.ts';

type RuledRow = Pick<CommentRow, 'article_key' | 'up_votes' | 'down_votes' | 'quarantined_votes'> & { ruled: number };

export const createVoteRulingStore = (database: Database): Pick<ModerationStore, 'ruleOnVotes'> => ({
  async ruleOnVotes({ siteId, commentId, ruling, id, moderator, limit, now }) {
    // The votes themselves change last, so all statements of the batch find the same ones.
    const aside = sql`FROM votes INDEXED BY votes_set_aside
      WHERE site_id = ${siteId} AND comment_id = ${commentId} AND quarantined = 1 ORDER BY reader_id LIMIT ${limit}`;
    const comment = sql`site_id = ${siteId} AND id = ${commentId}`;
    const happened = sql`(SELECT votes FROM vote_rulings
      WHERE site_id = ${siteId} AND comment_id = ${commentId} AND id = ${id})`;
    const [up, down] = [sql`(c.up_votes + x.up)`, sql`(c.down_votes + x.down)`];
    const counted: SQL[] = [
      sql`UPDATE comments AS c SET up_votes = ${up}, down_votes = ${down}, score = ${wilson(up, down)},
          quarantined_votes = c.quarantined_votes - x.n
        FROM (SELECT count(*) AS n, sum(value = 1) AS up, sum(value = -1) AS down FROM (SELECT value ${aside})) AS x
        WHERE c.site_id = ${siteId} AND c.id = ${commentId} AND x.n > 0`,
      sql`UPDATE articles SET version = version + 1 WHERE site_id = ${siteId} AND ${happened} > 0 AND key = (
        SELECT article_key FROM comments WHERE ${comment} AND ${visible(sql`status`)})`,
    ];
    const discarded: SQL[] = [
      sql`UPDATE comments SET quarantined_votes = quarantined_votes - ${happened} WHERE ${comment} AND ${happened} > 0`,
    ];
    const results = await database.batch<[RuledRow]>([
      sql`INSERT INTO vote_rulings (site_id, comment_id, id, ruling, moderator_id, moderator_name, votes, created_at)
        SELECT ${siteId}, ${commentId}, ${id}, ${ruling}, ${moderator.id}, ${moderator.name}, count(*), ${now}
        FROM (SELECT 1 ${aside}) HAVING count(*) > 0`,
      ...(ruling === 'count-votes' ? counted : discarded),
      // Discarded votes are kept for those who cast them: they read their vote as before.
      sql`UPDATE votes SET quarantined = ${ruling === 'count-votes' ? 0 : 2}
        WHERE site_id = ${siteId} AND article_key = (SELECT article_key FROM comments WHERE ${comment})
          AND comment_id = ${commentId} AND reader_id IN (SELECT reader_id ${aside})`,
      sql`SELECT article_key, up_votes, down_votes, quarantined_votes, coalesce(${happened}, 0) AS ruled
        FROM comments WHERE ${comment}`,
    ]);
    const row = results.at(-1)?.[0];
    if (row === undefined) return null;
    return {
      votes: row.ruled,
      quarantinedVotes: row.quarantined_votes,
      upVotes: row.up_votes,
      downVotes: row.down_votes,
      articleKey: row.article_key,
    };
  },
});
