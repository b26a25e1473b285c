import type { ApiKeyRecord } from '../core/site/site.ts';
import type { SiteStore } from '../core/site/site-store.ts';
import type { Database } from './database.ts';
import { carryOut, factsOf, insertEvents } from './events.ts';
import { nextVersion } from './next-version.ts';
import { toSite } from './rows.ts';
import type { SiteRow } from './schema.ts';
import { settingsEvents } from './settings-events.ts';
import { type SQL, sql } from './sql.ts';

/** Reads the site without its posting window, which changes with each comment. */
export function siteById(siteId: string): SQL {
  return sql`SELECT id, name, origins, settings FROM sites WHERE id = ${siteId}`;
}

/** The settings that threads show: a change of one gives every thread of the site a new version. */
const shownSettings = (settings: SQL): SQL =>
  sql`json_extract(${settings}, '$.moderation', '$.maxGraphemes', '$.editWindowMinutes')`;

/** The part of a key's hash that tells a site's few keys apart. */
const API_KEY_ID_LENGTH = 8;

interface ApiKeyRow {
  secret_mark: string;
  id: string;
  name: string;
  created_at: number;
}

/** A key’s id, from the hash that it was first stored under. */
const apiKeyId = sql`coalesce(nullif(id, ''), substr(key_hash, 1, ${API_KEY_ID_LENGTH}))`;

const apiKeyColumns = sql`${apiKeyId} AS id, name, created_at, secret_mark`;

const toApiKey = (row: ApiKeyRow): ApiKeyRecord => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  secretMark: row.secret_mark,
});

const find =
  (database: Database): SiteStore['find'] =>
  async (siteId) => {
    const [row] = await database.all<SiteRow>(siteById(siteId));
    return row === undefined ? null : toSite(row);
  };

const insert =
  (database: Database): SiteStore['insert'] =>
  async (deed, site) => {
    const isBeingRemoved = sql`EXISTS (SELECT 1 FROM removals WHERE site_id = ${site.id})`;
    const { inserted } = await carryOut<{ inserted: unknown }>(database, deed, {
      event: insertEvents(
        deed,
        { verb: 'site.created', subject: { kind: 'site', id: site.id }, facts: { name: site.name } },
        sql`WHERE NOT EXISTS (SELECT 1 FROM sites WHERE id = ${site.id}) AND NOT ${isBeingRemoved}`,
      ),
      inserted: sql`
    INSERT INTO sites (id, name, origins, settings, created_at)
    SELECT ${site.id}, ${site.name}, ${JSON.stringify(site.origins)}, ${JSON.stringify(site.settings)}, ${deed.now}
    WHERE NOT ${isBeingRemoved} ON CONFLICT DO NOTHING RETURNING id`,
    });
    return inserted.length === 1;
  };

const list =
  (database: Database): SiteStore['list'] =>
  async (after, limit) => {
    const rows = await database.all<SiteRow>(
      sql`SELECT id, name, origins, settings FROM sites WHERE id > ${after ?? ''} ORDER BY id LIMIT ${limit}`,
    );
    return rows.map(toSite);
  };

const remove =
  (database: Database): SiteStore['remove'] =>
  async (siteId) => {
    const { deleted } = await database.batch<{ deleted: unknown }>({
      removal: sql`INSERT INTO removals (site_id, article_key, stage, place)
        SELECT id, '', 'site', '0' FROM sites WHERE id = ${siteId} ON CONFLICT DO NOTHING`,
      keys: sql`DELETE FROM api_keys WHERE site_id = ${siteId}`,
      links: sql`DELETE FROM sign_in_links WHERE site_id = ${siteId}`,
      sessions: sql`DELETE FROM sessions WHERE site_id = ${siteId}`,
      deleted: sql`DELETE FROM sites WHERE id = ${siteId} RETURNING 1`,
    });
    return deleted.length === 1;
  };

const findSettings =
  (database: Database): SiteStore['findSettings'] =>
  async (siteId) => {
    const [row] = await database.all<SiteRow>(
      sql`SELECT id, name, origins, settings, settings_version FROM sites WHERE id = ${siteId}`,
    );
    return row === undefined ? null : { ...toSite(row), version: row.settings_version };
  };

const update =
  (database: Database): SiteStore['update'] =>
  async (deed, change, version) => {
    const siteId = deed.site;
    const isIt = sql`id = ${siteId} ${version === undefined ? sql`` : sql`AND settings_version = ${version}`}`;
    const settings = sql`json_patch(settings, ${JSON.stringify(change.settings ?? {})})`;
    const { site } = await carryOut<{ site: unknown }>(database, deed, {
      events: settingsEvents(deed, change, isIt),
      versions: sql`UPDATE articles SET version = ${nextVersion} WHERE site_id = ${siteId} AND EXISTS (
      SELECT 1 FROM sites WHERE ${isIt} AND ${shownSettings(sql`settings`)} <> ${shownSettings(settings)})`,
      site: sql`
    UPDATE sites SET
      name = coalesce(${change.name ?? null}, name),
      origins = coalesce(${change.origins === undefined ? null : JSON.stringify(change.origins)}, origins),
      settings = ${settings},
      settings_version = settings_version + 1
    WHERE ${isIt} RETURNING id`,
    });
    return site.length === 1;
  };

const insertApiKey =
  (database: Database): SiteStore['insertApiKey'] =>
  async (deed, { keyHash, name, secretMark }) => {
    await carryOut(database, deed, {
      event: insertEvents(
        deed,
        { verb: 'key.created', subject: { kind: 'key', id: keyHash.slice(0, API_KEY_ID_LENGTH) }, facts: { name } },
        sql``,
      ),
      key: sql`
    INSERT INTO api_keys (site_id, key_hash, name, created_at, secret_mark)
    VALUES (${deed.site}, ${keyHash}, ${name}, ${deed.now}, ${secretMark})`,
    });
  };

const rekeyApiKey =
  (database: Database): SiteStore['rekeyApiKey'] =>
  async (siteId, formerHash, keyHash, secretMark) => {
    await database.all(sql`
    UPDATE api_keys SET id = ${apiKeyId}, key_hash = ${keyHash}, secret_mark = ${secretMark}
    WHERE site_id = ${siteId} AND key_hash = ${formerHash}`);
  };

const findApiKey =
  (database: Database): SiteStore['findApiKey'] =>
  async (siteId, keyHash) => {
    const [row] = await database.all<ApiKeyRow>(
      sql`SELECT ${apiKeyColumns} FROM api_keys WHERE site_id = ${siteId} AND key_hash = ${keyHash}`,
    );
    return row === undefined ? null : toApiKey(row);
  };

const listApiKeys =
  (database: Database): SiteStore['listApiKeys'] =>
  async (siteId) => {
    const rows = await database.all<ApiKeyRow>(
      sql`SELECT ${apiKeyColumns} FROM api_keys WHERE site_id = ${siteId} ORDER BY created_at, key_hash`,
    );
    return rows.map(toApiKey);
  };

const deleteApiKey =
  (database: Database): SiteStore['deleteApiKey'] =>
  async (deed, id) => {
    const key = sql`api_keys WHERE site_id = ${deed.site} AND ${apiKeyId} = ${id}`;
    const { revoked } = await carryOut<{ revoked: unknown }>(database, deed, {
      event: insertEvents(
        deed,
        { verb: 'key.revoked', subject: { kind: 'key', id }, facts: factsOf({ name: sql`name` }) },
        sql`FROM ${key} LIMIT 1`,
      ),
      revoked: sql`DELETE FROM ${key} RETURNING 1`,
    });
    return revoked.length > 0;
  };

const findSitesWithOtherSecrets =
  (database: Database): SiteStore['findSitesWithOtherSecrets'] =>
  async (marks, limit) => {
    const rows = await database.all<{ id: string }>(
      sql`SELECT id FROM sites WHERE secret_marks <> ${JSON.stringify(marks)} LIMIT ${limit}`,
    );
    return rows.map(({ id }) => id);
  };

const noticeSecrets =
  (database: Database): SiteStore['noticeSecrets'] =>
  async (deed, marks) => {
    const seen = JSON.stringify(marks);
    await carryOut(database, deed, {
      events: insertEvents(
        deed,
        { verb: 'secret.changed', subject: { kind: 'secret', id: sql`mark.key` } },
        sql`FROM sites s CROSS JOIN json_each(${seen}) mark
        WHERE s.id = ${deed.site} AND s.secret_marks ->> mark.key <> mark.value`,
      ),
      site: sql`UPDATE sites SET secret_marks = ${seen} WHERE id = ${deed.site}`,
    });
  };

export function createSiteStore(database: Database): SiteStore {
  return {
    find: find(database),
    isAnyThere: async () => (await database.all(sql`SELECT 1 FROM sites LIMIT 1`)).length === 1,
    list: list(database),
    remove: remove(database),
    findSettings: findSettings(database),
    insert: insert(database),
    update: update(database),
    insertApiKey: insertApiKey(database),
    rekeyApiKey: rekeyApiKey(database),
    findApiKey: findApiKey(database),
    listApiKeys: listApiKeys(database),
    deleteApiKey: deleteApiKey(database),
    findSitesWithOtherSecrets: findSitesWithOtherSecrets(database),
    noticeSecrets: noticeSecrets(database),
  };
}
