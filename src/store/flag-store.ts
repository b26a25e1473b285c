import { sql } from 'drizzle-orm';
import type { FlagStore } from '../core/flag/flag-store.ts';
import { keyOf } from './article-key.ts';
import type { Database } from './database.ts';
import { countAttempt, hasRoom, type LimitWindowRow, refusalIn, wasCounted, windowsRefusing } from './limit-windows.ts';
import { shownTo, visible } from './visibility.ts';

export function createFlagStore(database: Database): FlagStore {
  return {
    async flag(attempt, { reason, note, ...flagged }) {
      const { siteId, now } = attempt;
      const { articleKey, commentId, readerId } = flagged;
      const comment = sql`c.site_id = ${siteId} AND c.id = ${commentId} AND c.article_key = ${keyOf(siteId, articleKey)}
        AND ${visible(sql`c.status`)} AND ${wasCounted(attempt)}`;
      const isNew = sql`NOT EXISTS (SELECT 1 FROM flags f
      WHERE f.site_id = ${siteId} AND f.comment_id = ${commentId} AND f.reader_id = ${readerId})`;
      const { windows, shown } = await database.batch<{ windows: LimitWindowRow; shown: unknown }>({
        attempt: countAttempt(attempt, hasRoom(attempt)),
        windows: windowsRefusing(attempt),
        count: sql`INSERT INTO site_counts (site_id, name, count)
        SELECT ${siteId}, 'reported', 1 FROM comments c WHERE ${comment} AND c.open_flags = 0 AND ${isNew}
        ON CONFLICT DO UPDATE SET count = count + 1`,
        comment: sql`UPDATE comments AS c SET flag_count = flag_count + 1, open_flags = open_flags + 1
        WHERE ${comment} AND ${isNew}`,
        flag: sql`INSERT INTO flags (site_id, comment_id, reader_id, reason, note, created_at)
        SELECT site_id, id, ${readerId}, ${reason}, ${note}, ${now} FROM comments c WHERE ${comment}
        ON CONFLICT DO NOTHING`,
        // An author who reports a comment in the shadow reads the usual thanks, and no report is stored.
        shown: sql`SELECT 1 FROM comments WHERE ${shownTo({ siteId, ...flagged })}`,
      });
      const refusal = refusalIn(attempt, windows);
      if (refusal !== null) return { outcome: 'limited', refusal };
      return { outcome: shown.length === 1 ? 'done' : 'not-found' };
    },
  };
}
