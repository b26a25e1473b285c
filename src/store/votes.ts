import { type SQL, sql } from 'drizzle-orm';
import type { CommentStore } from '../core/ports.ts';
import type { Database } from './database.ts';
import type { CommentRow } from './schema.ts';
import { inShadowOf, visible } from './status-changes.ts';

/** The normal distribution's 95 % quantile, squared and plain: how sure the ranking wants to be. */
const Z = 1.96;
const Z2 = Z * Z;

/**
 * The lower bound of Wilson's interval for the share of up-votes: ten of ten stands above forty of fifty, and both
 * above one of one. Computed from the row as it is in that statement, so it cannot drift from the votes.
 */
export const wilson = (up: SQL, down: SQL): SQL => sql`CASE WHEN ${up} + ${down} = 0 THEN 0.0 ELSE
  ((${up}) * 1.0 / (${up} + ${down}) + ${Z2} / (2.0 * (${up} + ${down}))
    - ${Z} * sqrt(((${up}) * 1.0 * (${down}) / (${up} + ${down}) + ${Z2} / 4.0)) / (${up} + ${down}))
  / (1.0 + ${Z2} / (${up} + ${down})) END`;

/** What the answer is about: a comment in the shadow is answered to its author as if all could see it. */
const shownTo = (siteId: string, commentId: string, readerId: string): SQL =>
  sql`site_id = ${siteId} AND id = ${commentId} AND (${visible(sql`status`)} OR ${inShadowOf(readerId)})`;

type AnsweredRow = Pick<CommentRow, 'reader_id' | 'up_votes' | 'down_votes'>;

/** The totals as the voter may know them: with the own vote among them, also where it does not count. */
const answerTo = (siteId: string, commentId: string, readerId: string): SQL => sql`
  SELECT c.reader_id, c.up_votes + coalesce(v.value = 1, 0) AS up_votes, c.down_votes + coalesce(v.value = -1, 0) AS down_votes
  FROM (SELECT * FROM comments WHERE ${shownTo(siteId, commentId, readerId)}) c
    LEFT JOIN votes v ON v.site_id = c.site_id AND v.reader_id = ${readerId} AND v.article_key = c.article_key
      AND v.comment_id = c.id AND v.quarantined <> 0`;

export const createVoteStore = (database: Database): Pick<CommentStore, 'vote' | 'flag'> => ({
  async vote({ siteId, commentId, readerId, value, isQuarantined, now }) {
    // What the vote was until now, and whether it counts (0), is set aside (1) or was discarded (2). That is settled when
    // it is cast, and from then on by moderators alone: nobody comes out of a burst, or into one, by changing their mind.
    const ballot = sql`ballot AS MATERIALIZED (
      SELECT c.article_key, coalesce(v.value, 0) AS was, coalesce(v.quarantined, ${isQuarantined ? 1 : 0}) AS quarantined
      FROM comments c LEFT JOIN votes v ON v.site_id = c.site_id AND v.reader_id = ${readerId}
        AND v.article_key = c.article_key AND v.comment_id = c.id
      WHERE c.site_id = ${siteId} AND c.id = ${commentId} AND ${visible(sql`c.status`)} AND c.reader_id <> ${readerId})`;
    const counts = sql`quarantined = 0 AND was <> ${value}`;
    const up = sql`(c.up_votes + ${value === 1 ? 1 : 0} - (was = 1))`;
    const down = sql`(c.down_votes + ${value === -1 ? 1 : 0} - (was = -1))`;
    const [, , , , [row]] = await database.batch<[unknown, unknown, unknown, unknown, AnsweredRow]>([
      sql`WITH ${ballot} UPDATE articles SET version = version + 1
        WHERE site_id = ${siteId} AND key = (SELECT article_key FROM ballot WHERE ${counts})`,
      sql`WITH ${ballot} UPDATE comments AS c SET up_votes = ${up}, down_votes = ${down}, score = ${wilson(up, down)}
        FROM ballot WHERE c.site_id = ${siteId} AND c.id = ${commentId} AND ${counts}`,
      // Apart from the votes that count, because the score stands in an index, and nothing that is seen has changed.
      sql`WITH ${ballot} UPDATE comments AS c SET quarantined_votes = c.quarantined_votes + ${value === 0 ? -1 : 1}
        FROM ballot WHERE c.site_id = ${siteId} AND c.id = ${commentId} AND ballot.quarantined = 1
          AND ${value === 0 ? sql`was <> 0` : sql`was = 0`}`,
      value === 0
        ? sql`WITH ${ballot} DELETE FROM votes WHERE site_id = ${siteId} AND reader_id = ${readerId}
            AND comment_id = ${commentId} AND article_key = (SELECT article_key FROM ballot)`
        : sql`WITH ${ballot} INSERT INTO votes
              (site_id, reader_id, article_key, comment_id, value, quarantined, created_at)
            SELECT ${siteId}, ${readerId}, article_key, ${commentId}, ${value}, quarantined, ${now} FROM ballot
            WHERE was <> ${value} ON CONFLICT DO UPDATE SET value = excluded.value, created_at = excluded.created_at`,
      answerTo(siteId, commentId, readerId),
    ]);
    if (row === undefined) return { outcome: 'not-found' };
    if (row.reader_id === readerId) return { outcome: 'own-comment' };
    return { outcome: 'done', upVotes: row.up_votes, downVotes: row.down_votes };
  },

  async flag({ siteId, commentId, readerId, reason, note, now }) {
    const comment = sql`c.site_id = ${siteId} AND c.id = ${commentId} AND ${visible(sql`c.status`)}`;
    const isNew = sql`NOT EXISTS (SELECT 1 FROM flags f
      WHERE f.site_id = ${siteId} AND f.comment_id = ${commentId} AND f.reader_id = ${readerId})`;
    const results = await database.batch([
      sql`INSERT INTO site_counts (site_id, name, count)
        SELECT ${siteId}, 'reported', 1 FROM comments c WHERE ${comment} AND c.open_flags = 0 AND ${isNew}
        ON CONFLICT DO UPDATE SET count = count + 1`,
      sql`UPDATE comments AS c SET flag_count = flag_count + 1, open_flags = open_flags + 1
        WHERE ${comment} AND ${isNew}`,
      sql`INSERT INTO flags (site_id, comment_id, reader_id, reason, note, created_at)
        SELECT site_id, id, ${readerId}, ${reason}, ${note}, ${now} FROM comments c WHERE ${comment}
        ON CONFLICT DO NOTHING`,
      // An author's report of what nobody else sees is thanked for like any other, and there is nothing to report.
      sql`SELECT 1 FROM comments WHERE ${shownTo(siteId, commentId, readerId)}`,
    ]);
    return results.at(-1)?.length === 1;
  },
});
