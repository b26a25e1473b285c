import { MILLIS_A_DAY } from '../core/rate-limit/network.ts';
import { VERB_OF_BAN } from '../core/reader/reader.ts';
import type { ReaderStore } from '../core/reader/reader-store.ts';
import type { Database } from './database.ts';
import { carryOut, factsOf, insertEvents } from './events.ts';
import { holdNetworks } from './network-holds.ts';
import { nextVersion } from './next-version.ts';
import { sql } from './sql.ts';
import { networksOf } from './trace-store.ts';
import { wilson } from './vote-store.ts';

const ban =
  (database: Database): ReaderStore['ban'] =>
  async (deed, readerId, ban, until, networkHeldUntil = null) => {
    const reader = sql`site_id = ${deed.site} AND id = ${readerId}`;
    const facts = { until, networkHeldUntil };
    const isHeld = networkHeldUntil === null ? 0 : 1;
    const { found } = await carryOut<{ found: unknown }>(database, deed, {
      event: insertEvents(
        deed,
        { verb: VERB_OF_BAN[ban], subject: { kind: 'reader', id: readerId }, facts },
        sql`FROM readers WHERE ${reader} AND (ban <> ${ban} OR ban_until IS NOT ${until} OR ${isHeld})`,
      ),
      hold:
        networkHeldUntil === null
          ? []
          : holdNetworks(
              deed.site,
              networksOf(deed.site, readerId, deed.now - MILLIS_A_DAY, deed.now),
              networkHeldUntil,
            ),
      found: sql`UPDATE readers SET ban = ${ban}, ban_until = ${until} WHERE ${reader} RETURNING id`,
    });
    return found.length === 1;
  };

interface Looked {
  count: number;
  last: string | null;
  /** The ids of the comments with the address, as JSON. */
  theirs: string;
}

const forgetAddress =
  (database: Database): ReaderStore['forgetAddress'] =>
  async (deed, { email, after, limit }) => {
    // Addresses are ASCII, as far as SQLite knows upper and lower case.
    const isTheirs = sql`author_email = ${email} COLLATE NOCASE`;
    const { sites, looked } = await database.batch<{ sites: unknown; looked: Looked }>({
      sites: sql`SELECT 1 FROM sites WHERE id = ${deed.site}`,
      looked: sql`SELECT count(*) AS count, max(id) AS last, json_group_array(id) FILTER (WHERE ${isTheirs}) AS theirs
        FROM (SELECT id, author_email FROM comments WHERE site_id = ${deed.site} AND id > ${after ?? ''}
          ORDER BY id LIMIT ${limit})`,
    });
    if (sites.length === 0) return null;
    const { count, last, theirs } = looked[0] as Looked;
    const next = count === limit ? last : null;
    if (theirs === '[]') return { looked: count, forgotten: 0, next };
    const { changed } = await carryOut<{ changed: { n: number } }>(database, deed, {
      forgotten: sql`UPDATE comments SET author_email = NULL
        WHERE site_id = ${deed.site} AND id IN (SELECT value FROM json_each(${theirs})) AND ${isTheirs}`,
      changed: sql`SELECT changes() AS n`,
      event: insertEvents(
        deed,
        {
          verb: 'address.forgotten',
          subject: { kind: 'site', id: deed.site },
          facts: factsOf({ comments: sql`changes()` }),
        },
        sql`WHERE changes() > 0`,
      ),
    });
    return { looked: count, forgotten: changed[0]?.n ?? 0, next };
  };

const move =
  (database: Database): ReaderStore['move'] =>
  async (siteId, formerId, id) => {
    if (formerId === id) return;
    const theirs = sql`WHERE site_id = ${siteId} AND reader_id = ${formerId}`;
    const twice = sql`(SELECT * FROM votes f ${theirs} AND EXISTS (SELECT 1 FROM votes v
      WHERE v.site_id = f.site_id AND v.reader_id = ${id} AND v.article_key = f.article_key AND v.comment_id = f.comment_id))`;
    const up = sql`(c.up_votes - (x.value = 1 AND x.quarantined = 0))`;
    const down = sql`(c.down_votes - (x.value = -1 AND x.quarantined = 0))`;
    await database.batch({
      // Whoever has been here under the new id as well has both records in one, and the ban of either.
      merged: sql`UPDATE readers SET
        comment_count = readers.comment_count + former.comment_count,
        approved_count = readers.approved_count + former.approved_count,
        rejected_count = readers.rejected_count + former.rejected_count,
        first_seen_at = min(readers.first_seen_at, former.first_seen_at),
        ban_until = iif(readers.ban = 'none', former.ban_until, readers.ban_until),
        ban = iif(readers.ban = 'none', former.ban, readers.ban)
      FROM (SELECT * FROM readers WHERE site_id = ${siteId} AND id = ${formerId}) AS former
      WHERE readers.site_id = ${siteId} AND readers.id = ${id}`,
      moved: sql`UPDATE OR IGNORE readers SET id = ${id} WHERE site_id = ${siteId} AND id = ${formerId}`,
      left: sql`DELETE FROM readers WHERE site_id = ${siteId} AND id = ${formerId}`,
      comments: sql`UPDATE comments SET reader_id = ${id} ${theirs}`,
      // The later of two votes on one comment stands.
      totals: sql`UPDATE comments AS c SET up_votes = ${up}, down_votes = ${down}, score = ${wilson(up, down)},
        quarantined_votes = c.quarantined_votes - (x.quarantined = 1)
      FROM ${twice} AS x WHERE c.site_id = ${siteId} AND c.id = x.comment_id`,
      versions: sql`UPDATE articles SET version = ${nextVersion}
        WHERE site_id = ${siteId} AND key IN (SELECT article_key FROM ${twice})`,
      votes: sql`UPDATE OR IGNORE votes SET reader_id = ${id} ${theirs}`,
      gone: sql`DELETE FROM votes ${theirs}`,
    });
  };

export function createReaderStore(database: Database): ReaderStore {
  return {
    async isKnown(siteId, id) {
      const known = await database.all(sql`
      SELECT 1 WHERE EXISTS (SELECT 1 FROM readers WHERE site_id = ${siteId} AND id = ${id})
        OR EXISTS (SELECT 1 FROM votes WHERE site_id = ${siteId} AND reader_id = ${id})`);
      return known.length === 1;
    },

    async hasApproved(siteId, id) {
      const known = await database.all(sql`
      SELECT 1 FROM readers WHERE site_id = ${siteId} AND id = ${id} AND approved_count > 0`);
      return known.length === 1;
    },

    move: move(database),

    ban: ban(database),

    async findSitesWithBansOver(now, limit) {
      const rows = await database.all<{ id: string }>(sql`
      SELECT s.id FROM sites s WHERE EXISTS (
        SELECT 1 FROM readers r INDEXED BY readers_by_ban_end WHERE r.site_id = s.id AND r.ban_until <= ${now})
      LIMIT ${limit}`);
      return rows.map(({ id }) => id);
    },

    async endBans(deed, limit) {
      const over = sql`FROM readers INDEXED BY readers_by_ban_end
        WHERE site_id = ${deed.site} AND ban_until <= ${deed.now} ORDER BY ban_until, id LIMIT ${limit}`;
      const { ended } = await carryOut<{ ended: unknown }>(database, deed, {
        events: insertEvents(
          deed,
          { verb: 'reader.ban-ended', subject: { kind: 'reader', id: sql`id` }, facts: factsOf({ ban: sql`ban` }) },
          sql`FROM (SELECT id, ban ${over})`,
        ),
        ended: sql`UPDATE readers SET ban = 'none', ban_until = NULL
          WHERE site_id = ${deed.site} AND id IN (SELECT id ${over}) RETURNING 1`,
      });
      return ended.length;
    },

    forgetAddress: forgetAddress(database),

    async endNetworkHolds(now, limit) {
      const ended = await database.all(sql`
        DELETE FROM network_holds WHERE (site_id, network) IN (
          SELECT site_id, network FROM network_holds INDEXED BY network_holds_by_end WHERE until <= ${now} LIMIT ${limit})
        RETURNING 1`);
      return ended.length;
    },
  };
}
