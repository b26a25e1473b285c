import { VERB_OF_RULING } from '../core/vote/vote-ruling.ts';
import { NEW_KEY_MILLIS, type VoteStore } from '../core/vote/vote-store.ts';
import { keyOf } from './article-key.ts';
import { type BanRow, banOf } from './bans.ts';
import type { Database } from './database.ts';
import { carryOut, eventsOn, factsOf, insertEvents } from './events.ts';
import {
  countAttempt,
  hasRoom,
  isBurst,
  type LimitWindowRow,
  refusalIn,
  windowCounting,
  windowsRefusing,
} from './limit-windows.ts';
import { nextVersion } from './next-version.ts';
import type { CommentRow } from './schema.ts';
import { type SQL, sql } from './sql.ts';
import { type Asked, shownTo, visible } from './visibility.ts';

/** The normal distribution's quantile for 95 %, plain and squared: the certainty of the ranking. */
const Z = 1.96;
const Z2 = Z * Z;

/**
 * The lower bound of Wilson's interval for the share of up-votes: ten of ten stands above forty of fifty, and both
 * above one of one. It is computed from the row in the same statement, so it cannot drift from the votes.
 */
export function wilson(up: SQL, down: SQL): SQL {
  return sql`CASE WHEN ${up} + ${down} = 0 THEN 0.0 ELSE
  ((${up}) * 1.0 / (${up} + ${down}) + ${Z2} / (2.0 * (${up} + ${down}))
    - ${Z} * sqrt(((${up}) * 1.0 * (${down}) / (${up} + ${down}) + ${Z2} / 4.0)) / (${up} + ${down}))
  / (1.0 + ${Z2} / (${up} + ${down})) END`;
}

/**
 * The same for a comment that comes with its votes. It takes the steps of the SQL, so that not even the last bit
 * differs; a test compares the two.
 */
export function wilsonScore(up: number, down: number): number {
  const all = up + down;
  if (all === 0) return 0;
  return (up / all + Z2 / (2 * all) - (Z * Math.sqrt((up * down) / all + Z2 / 4)) / all) / (1 + Z2 / all);
}

type AnsweredRow = Pick<CommentRow, 'reader_id' | 'up_votes' | 'down_votes'>;

/** The totals as the voter may know them: with their own vote among them, even where it does not count. */
const answerTo = (asked: Asked): SQL => sql`
  SELECT c.reader_id, c.up_votes + coalesce(v.value = 1, 0) AS up_votes, c.down_votes + coalesce(v.value = -1, 0) AS down_votes
  FROM (SELECT * FROM comments WHERE ${shownTo(asked)}) c
    LEFT JOIN votes v ON v.site_id = c.site_id AND v.reader_id = ${asked.readerId} AND v.article_key = c.article_key
      AND v.comment_id = c.id AND v.quarantined <> 0`;

type RuledRow = Pick<CommentRow, 'article_key' | 'up_votes' | 'down_votes' | 'quarantined_votes'> & { ruled: number };

/** Some of a reader's votes: whose key has voted long enough ago is not new. */
const EARLIER_VOTES = 8;

/** True for a reader whose key is new. Read only where a burst depends on it. */
const hasNewKey = (siteId: string, readerId: string, now: number): SQL => sql`(
  NOT EXISTS (SELECT 1 FROM readers WHERE site_id = ${siteId} AND id = ${readerId}
    AND (approved_count > 0 OR first_seen_at <= ${now - NEW_KEY_MILLIS}))
  AND NOT EXISTS (SELECT 1 FROM (
    SELECT created_at FROM votes WHERE site_id = ${siteId} AND reader_id = ${readerId} LIMIT ${EARLIER_VOTES})
    WHERE created_at <= ${now - NEW_KEY_MILLIS}))`;

const vote =
  (database: Database): VoteStore['vote'] =>
  async (attempt, { value, ...cast }) => {
    const { siteId, now } = attempt;
    const asked = { siteId, ...cast };
    const { articleKey, commentId, readerId } = cast;
    const ban = banOf({ siteId, readerId, now });
    const isBanned = (kind: 'ban' | 'shadow-ban') => sql`EXISTS (${ban} AND ban = ${kind})`;
    const burst = isBurst(attempt, cast, hasNewKey(siteId, readerId, now));
    // Taking a vote back is nobody's vote, and so no part of a burst.
    const facts =
      value === 0 ? [] : [sql`${commentId}`, sql`${readerId}`, sql`iif(${isBanned('shadow-ban')}, 2, ${burst})`];
    // The vote so far, and its mark before and now: it counts (0), is set aside (1) or discarded (2). The mark is settled
    // when the vote is cast, and later by moderators alone: changing one's mind leads neither out of a burst nor into
    // one. A vote that a shadow-banned reader changes is discarded from then on.
    const ballot = sql`ballot AS MATERIALIZED (
    SELECT c.article_key, coalesce(v.value, 0) AS was, v.quarantined AS marked,
      iif(w.try ->> 3 = 2, 2, coalesce(v.quarantined, w.try ->> 3)) AS quarantined
    FROM ${windowCounting(attempt)} w, comments c LEFT JOIN votes v ON v.site_id = c.site_id AND v.reader_id = ${readerId}
      AND v.article_key = c.article_key AND v.comment_id = c.id
    WHERE c.site_id = ${siteId} AND c.id = ${commentId} AND c.article_key = ${keyOf(siteId, articleKey)}
      AND ${visible(sql`c.status`)} AND c.reader_id <> ${readerId} AND NOT ${isBanned('ban')})`;
    const before = (vote: 1 | -1) => sql`(was = ${vote} AND marked = 0)`;
    const after = (vote: 1 | -1) => (value === vote ? sql`(quarantined = 0)` : sql`0`);
    const counts = sql`was <> ${value} AND (marked = 0 OR quarantined = 0)`;
    const up = sql`(c.up_votes + ${after(1)} - ${before(1)})`;
    const down = sql`(c.down_votes + ${after(-1)} - ${before(-1)})`;
    const aside = sql`((${value !== 0 ? sql`quarantined = 1` : sql`0`}) - (marked IS 1))`;
    const {
      windows,
      ban: [banned],
      answer: [row],
    } = await database.batch<{ windows: LimitWindowRow; ban: BanRow; answer: AnsweredRow }>({
      attempt: countAttempt(attempt, hasRoom(attempt), facts),
      windows: windowsRefusing(attempt),
      ban,
      version: sql`WITH ${ballot} UPDATE articles SET version = ${nextVersion}
      WHERE site_id = ${siteId} AND key = (SELECT article_key FROM ballot WHERE ${counts})`,
      totals: sql`WITH ${ballot} UPDATE comments AS c SET up_votes = ${up}, down_votes = ${down}, score = ${wilson(up, down)}
      FROM ballot WHERE c.site_id = ${siteId} AND c.id = ${commentId} AND ${counts}`,
      // A statement of its own leaves the score alone, which stands in an index: nothing that is seen has changed.
      setAside: sql`WITH ${ballot} UPDATE comments AS c SET quarantined_votes = c.quarantined_votes + ${aside}
      FROM ballot WHERE c.site_id = ${siteId} AND c.id = ${commentId} AND was <> ${value} AND ${aside} <> 0`,
      ballot:
        value === 0
          ? sql`WITH ${ballot} DELETE FROM votes WHERE site_id = ${siteId} AND reader_id = ${readerId}
          AND comment_id = ${commentId} AND article_key = (SELECT article_key FROM ballot)`
          : sql`WITH ${ballot} INSERT INTO votes
            (site_id, reader_id, article_key, comment_id, value, quarantined, created_at)
          SELECT ${siteId}, ${readerId}, article_key, ${commentId}, ${value}, quarantined, ${now} FROM ballot
          WHERE was <> ${value} ON CONFLICT DO UPDATE SET value = excluded.value, quarantined = excluded.quarantined`,
      answer: answerTo(asked),
    });
    const refusal = refusalIn(attempt, windows);
    if (refusal !== null) return { outcome: 'limited', refusal };
    if (banned?.ban === 'ban') return { outcome: 'banned', until: banned.ban_until };
    if (row === undefined) return { outcome: 'not-found' };
    if (row.reader_id === readerId) return { outcome: 'own-comment' };
    return { outcome: 'done', upVotes: row.up_votes, downVotes: row.down_votes };
  };

const ruleOnVotes =
  (database: Database): VoteStore['ruleOnVotes'] =>
  async (deed, { articleKey, commentId, ruling, limit }) => {
    const siteId = deed.site;
    const key = keyOf(siteId, articleKey);
    // The votes themselves change last, so all statements of the batch find the same ones.
    const aside = sql`FROM votes INDEXED BY votes_set_aside
    WHERE site_id = ${siteId} AND comment_id = ${commentId} AND quarantined = 1
      AND article_key = ${key} ORDER BY reader_id LIMIT ${limit}`;
    const comment = sql`site_id = ${siteId} AND id = ${commentId} AND article_key = ${key}`;
    const happened = sql`(SELECT e.facts ->> 'votes' FROM ${eventsOn(sql`${siteId}`, 'votes', sql`${commentId}`)}
    AND e.id = ${deed.id})`;
    const [up, down] = [sql`(c.up_votes + x.up)`, sql`(c.down_votes + x.down)`];
    const counted: SQL[] = [
      sql`UPDATE comments AS c SET up_votes = ${up}, down_votes = ${down}, score = ${wilson(up, down)},
        quarantined_votes = c.quarantined_votes - x.n
      FROM (SELECT count(*) AS n, sum(value = 1) AS up, sum(value = -1) AS down FROM (SELECT value ${aside})) AS x
      WHERE c.site_id = ${siteId} AND c.id = ${commentId} AND x.n > 0`,
      sql`UPDATE articles SET version = ${nextVersion} WHERE site_id = ${siteId} AND ${happened} IS NOT NULL AND key = (
      SELECT article_key FROM comments WHERE ${comment} AND ${visible(sql`status`)})`,
    ];
    const discarded: SQL[] = [
      sql`UPDATE comments SET quarantined_votes = quarantined_votes - ${happened} WHERE ${comment} AND ${happened} IS NOT NULL`,
    ];
    const {
      comment: [row],
    } = await carryOut<{ comment: RuledRow }>(database, deed, {
      event: insertEvents(
        deed,
        {
          verb: VERB_OF_RULING[ruling],
          subject: { kind: 'votes', id: commentId },
          articleKey: key,
          facts: factsOf({ votes: sql`count(*)` }),
        },
        sql`FROM (SELECT 1 ${aside}) HAVING count(*) > 0`,
      ),
      totals: ruling === 'count-votes' ? counted : discarded,
      // Discarded votes are kept for the readers who cast them, and who still see their vote.
      votes: sql`UPDATE votes SET quarantined = ${ruling === 'count-votes' ? 0 : 2}
      WHERE site_id = ${siteId} AND article_key = ${key}
        AND comment_id = ${commentId} AND reader_id IN (SELECT reader_id ${aside})`,
      comment: sql`SELECT article_key, up_votes, down_votes, quarantined_votes, coalesce(${happened}, 0) AS ruled
      FROM comments WHERE ${comment}`,
    });
    if (row === undefined) return null;
    return {
      votes: row.ruled,
      setAsideVotes: row.quarantined_votes,
      upVotes: row.up_votes,
      downVotes: row.down_votes,
      articleKey: row.article_key,
    };
  };

export function createVoteStore(database: Database): VoteStore {
  return {
    vote: vote(database),
    ruleOnVotes: ruleOnVotes(database),
  };
}
