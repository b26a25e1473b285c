import { MAX_DEPTH } from '../core/comment/comment.ts';
import type { Deed } from '../core/event/event.ts';
import { CHANGE_RULES, type ChangeVerb, type StatusChange, TRUSTING_WORD } from '../core/moderation/status-change.ts';
import { ID_LENGTH } from '../core/platform/sortable-id.ts';
import { keyOf } from './article-key.ts';
import { eventsOn, factsOf, insertEvents, reasonOf } from './events.ts';
import { nextVersion } from './next-version.ts';
import { insertLettersAboutPublished } from './outbox.ts';
import { MILLIS_AN_HOUR } from './ranking-store.ts';
import { type SQL, sql } from './sql.ts';
import { turnedAway, visible } from './visibility.ts';

/** A row of `changed`. */
export interface ChangedRow {
  id: string;
}

interface Change {
  verb: ChangeVerb;
  reason: string;
  changes: StatusChange[];
}

/** True when something visible stands below the comment in table alias `x`. */
const hasVisibleBelow = sql`EXISTS (
  SELECT 1 FROM comments d INDEXED BY comments_replies
  WHERE d.site_id = x.site_id AND d.root_id = x.root_id AND d.depth > 0 AND d.listed = 1
    AND d.path > x.path AND d.path < x.path || '~' AND ${visible(sql`d.status`)})`;

/** 0, 1, 2 …: a number for each id that a path can hold. */
const PATH_STEPS = JSON.stringify(Array.from({ length: MAX_DEPTH }, (_, i) => i));

/** The events on the comment in table alias `x`. */
const eventsOnIt = eventsOn(sql`x.site_id`, 'comment', sql`x.id`);

/**
 * The number of open reports on the comment in table alias `x` that a change settles; a negative one opens them again.
 * `toWrite` is the number to write into the event, `written` the same read from the event.
 */
function settledFlags(deed: Deed, verb: ChangeVerb): { toWrite: SQL; written: SQL } {
  const settled = sql`SELECT coalesce(e.facts ->> 'settledFlags', 0) FROM ${eventsOnIt}`;
  switch (CHANGE_RULES[verb].reports) {
    case 'left-open':
      return { toWrite: sql`0`, written: sql`0` };
    case 'settled':
      return { toWrite: sql`x.open_flags`, written: sql`x.open_flags` };
    case 'reopened':
      return {
        toWrite: sql`-(${settled} ORDER BY e.id DESC LIMIT 1)`,
        written: sql`(${settled} AND e.id = ${deed.id})`,
      };
  }
}

/** A fact of an event on the comment in table alias `x`: the last one before this deed, or so many before that. */
const said = (deed: Deed, what: SQL, skipped: number): SQL => sql`(
  SELECT ${what} FROM ${eventsOnIt} AND e.id <> ${deed.id} ORDER BY e.id DESC LIMIT 1 OFFSET ${skipped})`;

/** The moderators' last word on the comment in table alias `x` before this deed; empty if there was none. */
const wordBefore = (deed: Deed, skipped = 0): SQL =>
  sql`coalesce(${said(deed, sql`coalesce(e.facts ->> 'lastWord', e.facts ->> 'to')`, skipped)}, '')`;

/** The word that stands after the deed, where it is not the new status, and what was said with it. */
const wordFacts = (deed: Deed, { word }: Due['rule']): Record<string, SQL> => {
  if (word === 'author') return { lastWord: wordBefore(deed) };
  if (word === 'undone') return { lastWord: wordBefore(deed, 1), lastReason: said(deed, reasonOf, 1) };
  return {};
};

/** 1 where a change makes a comment visible, -1 where it makes it invisible, otherwise 0. */
const shown = sql`(${visible(sql`to_status`)} - ${visible(sql`status`)})`;

/** True where a tombstone says "deleted" or "waiting", and then something else, or the other way about. */
const saysOther = sql`(status <> to_status AND (shadowed OR status IN ('deleted', 'pending')
  OR to_status IN ('deleted', 'pending')))`;

/** True where the thread shows it: a comment comes or goes, or a tombstone now says something else. */
const seen = sql`(${shown} <> 0 OR listed = 1 AND ${saysOther})`;

export function isTrusting(word: SQL): SQL {
  return sql`(${word} = ${TRUSTING_WORD})`;
}

/** The changes that are due: comments that still are as they were seen, with their new status. */
interface Due {
  deed: Deed;
  rule: (typeof CHANGE_RULES)[ChangeVerb];
  rows: SQL;
  settled: { toWrite: SQL; written: SQL };
}

/** Inserts an event on each of these comments. */
function eventsAbout({ deed, rule, rows, settled }: Due, verb: ChangeVerb, reason: string): SQL {
  const facts = factsOf({
    from: sql`status`,
    to: sql`to_status`,
    ...(reason !== '' && { reason }),
    settledFlags: sql`nullif(${settled.toWrite}, 0)`,
    ...wordFacts(deed, rule),
  });
  const subject = { kind: 'comment', id: sql`id` } as const;
  return insertEvents(deed, { verb, subject, articleKey: sql`article_key`, facts }, sql`FROM ${rows} AS x`);
}

/** Updates every counter that the changes move. */
function counters({ deed, rule, rows: due, settled }: Due) {
  const siteId = deed.site;
  const word = rule.word === 'undone' ? wordBefore(deed, 1) : sql`to_status`;
  const approvals = rule.word === 'author' ? sql`0` : sql`sum(${isTrusting(word)} - ${isTrusting(wordBefore(deed))})`;
  return {
    articles: sql`WITH change AS MATERIALIZED (
        SELECT article_key, sum(${shown}) AS shown, sum(${seen}) AS touched FROM ${due} GROUP BY article_key)
      UPDATE articles SET comment_count = comment_count + change.shown, version = ${nextVersion} FROM change
      WHERE articles.site_id = ${siteId} AND articles.key IN (SELECT article_key FROM change WHERE touched > 0)
        AND articles.key = change.article_key`,

    hours: sql`INSERT INTO article_hours (site_id, hour, article_key, comment_count)
      SELECT site_id, CAST(created_at / ${MILLIS_AN_HOUR} AS INTEGER), article_key, sum(${shown}) FROM ${due}
      GROUP BY 2, article_key HAVING sum(${shown}) <> 0
      ON CONFLICT DO UPDATE SET comment_count = comment_count + excluded.comment_count`,

    readers: sql`WITH change AS MATERIALIZED (
        SELECT reader_id, ${approvals} AS approved,
          sum(${turnedAway(sql`to_status`)} - ${turnedAway(sql`status`)}) AS rejected
        FROM ${due} AS x GROUP BY reader_id)
      UPDATE readers SET
        approved_count = approved_count + change.approved, rejected_count = rejected_count + change.rejected
      FROM change
      WHERE readers.site_id = ${siteId}
        AND readers.id IN (SELECT reader_id FROM change WHERE approved <> 0 OR rejected <> 0)
        AND readers.id = change.reader_id`,

    siteCounts: sql`INSERT INTO site_counts (site_id, name, count)
      SELECT ${siteId}, name, sum(n) FROM (
        SELECT status AS name, -1 AS n FROM ${due}
        UNION ALL SELECT to_status, 1 FROM ${due}
        UNION ALL SELECT 'reported', (open_flags > ${settled.written}) - (open_flags > 0) FROM ${due} AS x)
      WHERE true GROUP BY name HAVING sum(n) <> 0
      ON CONFLICT DO UPDATE SET count = count + excluded.count`,

    replyCounts: sql`WITH change AS MATERIALIZED (
        SELECT root_id, sum(${shown}) AS shown FROM ${due} WHERE depth > 0 GROUP BY root_id)
      UPDATE comments SET reply_count = reply_count + change.shown FROM change
      WHERE comments.site_id = ${siteId} AND comments.id IN (SELECT root_id FROM change WHERE shown <> 0)
        AND comments.id = change.root_id`,
  } satisfies Record<string, SQL>;
}

/**
 * The statements that carry out changes of status, for one comment or a hundred alike: the events, every counter,
 * then the comments. Each statement asks anew which changes are due, that is which comments still have the status and
 * the revision that was seen; an approved one, which may be approved again, has no event after this deed. The comments
 * change last, so all statements of the batch find the same set, each comment once by whichever keys of its article.
 * Each UPDATE names its keys in an IN list, because the planner reads a whole site where it has only the join.
 * The rows of `changed` are the comments that were.
 */
export function statusChanges(deed: Deed, { verb, reason, changes }: Change) {
  const siteId = deed.site;
  const asked = JSON.stringify(changes);
  // Two keys of an article may name a comment twice. To sort costs rows, so it is done for those alone.
  const once = new Set(changes.map(({ id }) => id)).size < changes.length ? sql`GROUP BY c.id` : sql``;
  const rows = sql`(
    SELECT c.*, change.value ->> 'to' AS to_status
    FROM json_each(${asked}) change CROSS JOIN comments c
    WHERE c.site_id = ${siteId} AND c.id = change.value ->> 'id'
      AND c.article_key = ${keyOf(siteId, sql`change.value ->> 'articleKey'`)} AND c.status = change.value ->> 'from'
      AND c.revision = change.value ->> 'revision'
      AND (c.status <> 'approved'
        OR NOT EXISTS (SELECT 1 FROM ${eventsOn(sql`c.site_id`, 'comment', sql`c.id`)} AND e.id > ${deed.id}))
    ${once})`;
  const due: Due = { deed, rule: CHANGE_RULES[verb], rows, settled: settledFlags(deed, verb) };
  return {
    events: eventsAbout(due, verb, reason),
    published: insertLettersAboutPublished(deed, sql`x.id`, sql`CROSS JOIN ${rows} AS x WHERE ${shown} > 0`),
    ...counters(due),
    changed: sql`WITH due AS MATERIALIZED (SELECT * FROM ${rows})
      UPDATE comments SET status = x.to_status,
        open_flags = x.open_flags - ${due.settled.written},
        shadowed = ${due.rule.endsShadow ? sql`0` : sql`x.shadowed`},
        listed = ${visible(sql`x.to_status`)} OR ${hasVisibleBelow}
      FROM due AS x
      WHERE comments.site_id = ${siteId} AND comments.id IN (SELECT id FROM due) AND comments.id = x.id
      RETURNING comments.id`,

    // A comment above the changed ones is a tombstone or not, by what is now visible below it.
    tombstones: sql`UPDATE comments AS x SET listed = ${visible(sql`x.status`)} OR ${hasVisibleBelow}
      WHERE x.site_id = ${siteId} AND x.id IN (
          SELECT CASE step.value WHEN 0 THEN c.root_id
            ELSE substr(c.path, 1 + (step.value - 1) * ${ID_LENGTH}, ${ID_LENGTH}) END
          FROM json_each(${asked}) change CROSS JOIN comments c CROSS JOIN json_each(${PATH_STEPS}) step
          WHERE c.site_id = ${siteId} AND c.id = change.value ->> 'id' AND step.value < c.depth)
        AND NOT ${visible(sql`x.status`)} AND x.listed <> ${hasVisibleBelow}`,
  } satisfies Record<string, SQL>;
}
