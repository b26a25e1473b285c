import type { Deed, SubjectKind } from '../core/event/event.ts';
import type { Happening, Letter, Outbox } from '../core/outbox/outbox.ts';
import type { Database } from './database.ts';
import type { OutboxRow } from './schema.ts';
import { type SQL, sql } from './sql.ts';

/** Inserts a letter for each event of the deed that somebody listens to. Without listeners it reads nothing. */
export function insertLetters(deed: Deed): SQL {
  return sql`
    INSERT INTO outbox (site_id, receiver, id, subject_kind, subject_id, verb)
    SELECT e.site_id, l.receiver, e.id, e.subject_kind, e.subject_id, e.verb
    FROM listeners l CROSS JOIN events e INDEXED BY events_by_time
    WHERE l.site_id = ${deed.site} AND e.site_id = l.site_id AND e.id = ${deed.id} AND e.verb = l.verb`;
}

/** Inserts a letter about each comment that becomes visible; `from` is the rest of the SELECT that finds them. */
export function insertLettersAboutPublished(deed: Deed, commentId: SQL, from: SQL): SQL {
  const published: Happening = 'comment.published';
  const kind: SubjectKind = 'comment';
  return sql`
    INSERT INTO outbox (site_id, receiver, id, subject_kind, subject_id, verb)
    SELECT l.site_id, l.receiver, ${deed.id}, ${kind}, ${commentId}, l.verb FROM listeners l ${from}
      AND l.site_id = ${deed.site} AND l.verb = ${published}`;
}

const toLetter = (row: OutboxRow): Letter => ({
  site: row.site_id,
  receiver: row.receiver,
  id: row.id,
  verb: row.verb,
  subject: { kind: row.subject_kind, id: row.subject_id },
  attempt: row.attempts,
});

/** The row of the letter, as long as nobody else has claimed it. */
const isIt = ({ site, receiver, id, verb, subject, attempt }: Letter): SQL => sql`
  site_id = ${site} AND receiver = ${receiver} AND id = ${id} AND subject_kind = ${subject.kind}
    AND subject_id = ${subject.id} AND verb = ${verb} AND attempts = ${attempt}`;

/** The receivers of a site's letters, found from one to the next by a seek, however many letters wait for each. */
const waiting = (site: SQL): SQL => sql`waiting (receiver) AS (
        SELECT min(receiver) FROM outbox WHERE site_id = ${site}
        UNION ALL
        SELECT (SELECT min(o.receiver) FROM outbox o WHERE o.site_id = ${site} AND o.receiver > waiting.receiver)
        FROM waiting WHERE waiting.receiver IS NOT NULL)`;

export function createOutbox(database: Database): Outbox {
  return {
    async listen(siteId, receiver, happenings) {
      await database.batch({
        before: sql`DELETE FROM listeners WHERE site_id = ${siteId} AND receiver = ${receiver}`,
        now: sql`INSERT INTO listeners (site_id, verb, receiver)
          SELECT ${siteId}, value, ${receiver} FROM json_each(${JSON.stringify(happenings)})`,
      });
    },

    async findSitesWithLetters({ now, upTo }, limit) {
      // Not what waits behind a first letter that has to wait, or sites whose receivers are away would take all turns.
      const rows = await database.all<{ id: string }>(sql`
      SELECT id FROM sites WHERE iif(NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.site_id = sites.id), 0, EXISTS (
        WITH RECURSIVE ${waiting(sql`sites.id`)}
        SELECT 1 FROM waiting WHERE receiver IS NOT NULL AND (
          SELECT iif(o.id < ${upTo}, o.not_before, NULL) FROM outbox o
          WHERE o.site_id = sites.id AND o.receiver = waiting.receiver
          ORDER BY o.id, o.subject_kind, o.subject_id, o.verb LIMIT 1) <= ${now}))
      LIMIT ${limit}`);
      return rows.map(({ id }) => id);
    },

    async findReceivers(siteId) {
      const rows = await database.all<{ receiver: string }>(sql`
      WITH RECURSIVE ${waiting(sql`${siteId}`)} SELECT receiver FROM waiting WHERE receiver IS NOT NULL`);
      return rows.map(({ receiver }) => receiver);
    },

    async claim(siteId, receiver, { now, upTo }, until) {
      const [row] = await database.all<OutboxRow>(sql`
      UPDATE outbox SET attempts = attempts + 1, not_before = ${until}
      WHERE (site_id, receiver, id, subject_kind, subject_id, verb) = (
          SELECT site_id, receiver, id, subject_kind, subject_id, verb FROM outbox
          WHERE site_id = ${siteId} AND receiver = ${receiver}
          ORDER BY id, subject_kind, subject_id, verb LIMIT 1)
        AND id < ${upTo} AND not_before <= ${now}
      RETURNING *`);
      return row === undefined ? null : toLetter(row);
    },

    async remove(letter) {
      await database.all(sql`DELETE FROM outbox WHERE ${isIt(letter)}`);
    },

    async postpone(letter, notBefore) {
      await database.all(sql`UPDATE outbox SET not_before = ${notBefore} WHERE ${isIt(letter)}`);
    },

    async bury(letter, now) {
      await database.batch({
        dead: sql`
        INSERT INTO dead_letters (site_id, receiver, id, subject_kind, subject_id, verb, attempts, died_at)
        SELECT site_id, receiver, id, subject_kind, subject_id, verb, attempts, ${now} FROM outbox WHERE ${isIt(letter)}`,
        gone: sql`DELETE FROM outbox WHERE ${isIt(letter)}`,
      });
    },
  };
}
