import type { FlagStore } from '../core/flag/flag-store.ts';
import { keyOf } from './article-key.ts';
import { type BanRow, banOf } from './bans.ts';
import type { Database } from './database.ts';
import { eventsOn } from './events.ts';
import { countAttempt, hasRoom, type LimitWindowRow, refusalIn, wasCounted, windowsRefusing } from './limit-windows.ts';
import { sql } from './sql.ts';
import { shownTo, visible } from './visibility.ts';

export function createFlagStore(database: Database): FlagStore {
  return {
    async flag(attempt, { reason, note, ...flagged }) {
      const { siteId, now } = attempt;
      const { articleKey, commentId, readerId } = flagged;
      const ban = banOf({ siteId, readerId, now });
      const events = eventsOn(sql`c.site_id`, 'comment', sql`c.id`);
      // A reader's earlier report is settled where decisions since have settled more than undos have opened again: an
      // undo takes back the last event alone. Without an event since, only one from before `last_event` can be settled.
      const report = sql`report AS MATERIALIZED (
      SELECT c.site_id, c.id, c.open_flags, iif(f.reader_id IS NULL, NULL, coalesce(f.last_event, '')) AS seen,
        coalesce((SELECT max(e.id) FROM ${events}), '') AS last_event,
        f.reader_id IS NULL OR coalesce((
          SELECT sum(coalesce(e.facts ->> 'settledFlags', 0)) FROM ${events} AND e.id > f.last_event), c.open_flags = 0) > 0
          AS is_new
      FROM comments c LEFT JOIN flags f ON f.site_id = c.site_id AND f.comment_id = c.id AND f.reader_id = ${readerId}
      WHERE c.site_id = ${siteId} AND c.id = ${commentId} AND c.article_key = ${keyOf(siteId, articleKey)}
        AND ${visible(sql`c.status`)} AND ${wasCounted(attempt)} AND NOT EXISTS (${ban}))`;
      const {
        windows,
        ban: [banned],
        shown,
      } = await database.batch<{ windows: LimitWindowRow; ban: BanRow; shown: unknown }>({
        attempt: countAttempt(attempt, hasRoom(attempt)),
        windows: windowsRefusing(attempt),
        ban,
        count: sql`WITH ${report} INSERT INTO site_counts (site_id, name, count)
        SELECT site_id, 'reported', 1 FROM report WHERE is_new AND open_flags = 0
        ON CONFLICT DO UPDATE SET count = count + 1`,
        comment: sql`WITH ${report} UPDATE comments SET flag_count = flag_count + 1, open_flags = open_flags + 1
        WHERE site_id = ${siteId} AND id = (SELECT id FROM report WHERE is_new)`,
        flag: sql`WITH ${report} INSERT INTO flags (site_id, comment_id, reader_id, reason, note, created_at, last_event)
        SELECT site_id, id, ${readerId}, ${reason}, ${note}, ${now}, last_event FROM report WHERE seen IS NOT last_event
        ON CONFLICT DO UPDATE SET reason = excluded.reason, note = excluded.note, created_at = excluded.created_at,
          last_event = excluded.last_event`,
        // An author who reports a comment in the shadow reads the usual thanks, and no report is stored.
        shown: sql`SELECT 1 FROM comments WHERE ${shownTo({ siteId, ...flagged })}`,
      });
      const refusal = refusalIn(attempt, windows);
      if (refusal !== null) return { outcome: 'limited', refusal };
      if (banned?.ban === 'ban') return { outcome: 'banned', until: banned.ban_until };
      return { outcome: shown.length === 1 ? 'done' : 'not-found' };
    },
  };
}
