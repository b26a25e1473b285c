import { type SQL, sql } from 'drizzle-orm';
import type { ApiKeyRecord } from '../core/site/site.ts';
import type { SiteStore } from '../core/site/site-store.ts';
import type { Database } from './database.ts';
import { toSite } from './rows.ts';
import type { SiteRow } from './schema.ts';

/** Without the posting window, which changes with each comment. */
export function siteById(siteId: string): SQL {
  return sql`SELECT id, name, origins, settings FROM sites WHERE id = ${siteId}`;
}

/** What a thread's answer tells of them: where one changes, every thread of the site is a new version of itself. */
const shownSettings = (settings: SQL): SQL =>
  sql`json_extract(${settings}, '$.moderation', '$.maxGraphemes', '$.editWindowMinutes')`;

/** Of the hash that a key is known by, as much as tells a site's few keys apart. */
const API_KEY_ID_LENGTH = 8;

interface ApiKeyRow {
  id: string;
  name: string;
  created_at: number;
}

const apiKeyColumns = sql`substr(key_hash, 1, ${API_KEY_ID_LENGTH}) AS id, name, created_at`;

const toApiKey = (row: ApiKeyRow): ApiKeyRecord => ({ id: row.id, name: row.name, createdAt: row.created_at });

export function createSiteStore(database: Database): SiteStore {
  return {
    async find(siteId) {
      const [row] = await database.all<SiteRow>(siteById(siteId));
      return row === undefined ? null : toSite(row);
    },

    async insert(site, now) {
      const rows = await database.all(sql`
      INSERT INTO sites (id, name, origins, settings, created_at)
      VALUES (${site.id}, ${site.name}, ${JSON.stringify(site.origins)}, ${JSON.stringify(site.settings)}, ${now})
      ON CONFLICT DO NOTHING RETURNING id`);
      return rows.length === 1;
    },

    async update(siteId, change) {
      const settings = sql`json_patch(settings, ${JSON.stringify(change.settings ?? {})})`;
      const { site } = await database.batch<{ site: unknown }>({
        versions: sql`UPDATE articles SET version = version + 1 WHERE site_id = ${siteId} AND EXISTS (
        SELECT 1 FROM sites WHERE id = ${siteId} AND ${shownSettings(sql`settings`)} <> ${shownSettings(settings)})`,
        site: sql`
      UPDATE sites SET
        name = coalesce(${change.name ?? null}, name),
        origins = coalesce(${change.origins === undefined ? null : JSON.stringify(change.origins)}, origins),
        settings = ${settings}
      WHERE id = ${siteId} RETURNING id`,
      });
      return site.length === 1;
    },

    async insertApiKey(key) {
      await database.all(sql`
      INSERT INTO api_keys (site_id, key_hash, name, created_at)
      VALUES (${key.siteId}, ${key.keyHash}, ${key.name}, ${key.now})`);
    },

    async findApiKey(siteId, keyHash) {
      const [row] = await database.all<ApiKeyRow>(
        sql`SELECT ${apiKeyColumns} FROM api_keys WHERE site_id = ${siteId} AND key_hash = ${keyHash}`,
      );
      return row === undefined ? null : toApiKey(row);
    },

    async listApiKeys(siteId) {
      const rows = await database.all<ApiKeyRow>(
        sql`SELECT ${apiKeyColumns} FROM api_keys WHERE site_id = ${siteId} ORDER BY created_at, key_hash`,
      );
      return rows.map(toApiKey);
    },

    async deleteApiKey(siteId, id) {
      const rows = await database.all(sql`
      DELETE FROM api_keys WHERE site_id = ${siteId} AND substr(key_hash, 1, ${API_KEY_ID_LENGTH}) = ${id} RETURNING 1`);
      return rows.length > 0;
    },
  };
}
