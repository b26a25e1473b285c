import { sql } from 'drizzle-orm';
import type { ReaderStore } from '../core/reader/reader-store.ts';
import type { Database } from './database.ts';

export function createReaderStore(database: Database): ReaderStore {
  return {
    async ban(siteId, readerId, ban, until) {
      const rows = await database.all(sql`
      UPDATE readers SET ban = ${ban}, ban_until = ${until}
      WHERE site_id = ${siteId} AND id = ${readerId} RETURNING id`);
      return rows.length === 1;
    },
  };
}
