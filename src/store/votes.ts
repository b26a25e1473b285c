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
const wilson = (up: SQL, down: SQL): SQL => sql`CASE WHEN ${up} + ${down} = 0 THEN 0.0 ELSE
  ((${up}) * 1.0 / (${up} + ${down}) + ${Z2} / (2.0 * (${up} + ${down}))
    - ${Z} * sqrt(((${up}) * 1.0 * (${down}) / (${up} + ${down}) + ${Z2} / 4.0)) / (${up} + ${down}))
  / (1.0 + ${Z2} / (${up} + ${down})) END`;

/** What the answer is about: a comment in the shadow is answered to its author as if all could see it. */
const shownTo = (siteId: string, commentId: string, readerId: string): SQL =>
  sql`site_id = ${siteId} AND id = ${commentId} AND (${visible(sql`status`)} OR ${inShadowOf(readerId)})`;

export const createVoteStore = (database: Database): Pick<CommentStore, 'vote' | 'flag'> => ({
  async vote({ siteId, commentId, readerId, value, isQuarantined, now }) {
    const comment = sql`c.site_id = ${siteId} AND c.id = ${commentId} AND ${visible(sql`c.status`)}`;
    const mine = sql`FROM votes v WHERE v.site_id = ${siteId} AND v.reader_id = ${readerId}
      AND v.article_key = c.article_key AND v.comment_id = c.id`;
    // A vote is one of three things: up, down, or set aside. Whoever counted before the burst goes on counting.
    const was = (vote: 1 | -1) => sql`EXISTS (SELECT 1 ${mine} AND v.value = ${vote} AND v.quarantined = 0)`;
    const wasAside = sql`EXISTS (SELECT 1 ${mine} AND v.quarantined = 1)`;
    const quarantined = isQuarantined ? sql`(NOT EXISTS (SELECT 1 ${mine} AND v.quarantined = 0))` : sql`0`;
    const is = (vote: 1 | -1) => (value === vote ? sql`(1 - (${quarantined}))` : sql`0`);
    const up = sql`(c.up_votes + ${is(1)} - ${was(1)})`;
    const down = sql`(c.down_votes + ${is(-1)} - ${was(-1)})`;
    const aside = sql`(c.quarantined_votes + ${value === 0 ? sql`0` : quarantined} - ${wasAside})`;
    const changes =
      value === 0
        ? sql`EXISTS (SELECT 1 ${mine})`
        : sql`NOT EXISTS (SELECT 1 ${mine} AND v.value = ${value} AND v.quarantined = ${quarantined})`;
    const isNew = sql`c.reader_id <> ${readerId} AND ${changes}`;
    const [, , , [row]] = await database.batch<[unknown, unknown, unknown, CommentRow]>([
      sql`UPDATE articles SET version = version + 1 WHERE site_id = ${siteId} AND key = (
        SELECT c.article_key FROM comments c WHERE ${comment} AND ${isNew})`,
      sql`UPDATE comments AS c SET up_votes = ${up}, down_votes = ${down}, quarantined_votes = ${aside},
          score = ${wilson(up, down)}
        WHERE ${comment} AND ${isNew}`,
      value === 0
        ? sql`DELETE FROM votes WHERE site_id = ${siteId} AND reader_id = ${readerId} AND comment_id = ${commentId}
            AND article_key = (SELECT c.article_key FROM comments c WHERE ${comment})`
        : sql`INSERT INTO votes (site_id, reader_id, article_key, comment_id, value, quarantined, created_at)
            SELECT site_id, ${readerId}, article_key, id, ${value}, ${quarantined}, ${now} FROM comments c
            WHERE ${comment} AND ${isNew}
            ON CONFLICT DO UPDATE SET value = excluded.value, quarantined = excluded.quarantined,
              created_at = excluded.created_at`,
      sql`SELECT reader_id, up_votes, down_votes FROM comments WHERE ${shownTo(siteId, commentId, readerId)}`,
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
