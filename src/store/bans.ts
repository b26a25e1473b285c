import type { ReaderStanding } from '../core/reader/reader.ts';
import { type SQL, sql } from './sql.ts';

export type BanRow = Pick<ReaderStanding, 'ban'> & { ban_until: number | null };

/** The reader's ban, if one holds at that time. No row is read for a reader without one. */
export function banOf({ siteId, readerId, now }: { siteId: string; readerId: string; now: number }): SQL {
  return sql`SELECT ban, ban_until FROM readers INDEXED BY readers_banned
    WHERE site_id = ${siteId} AND id = ${readerId} AND ban <> 'none' AND (ban_until IS NULL OR ban_until > ${now})`;
}
