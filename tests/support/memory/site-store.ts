import { type ApiKeyRecord, DEFAULT_SETTINGS } from '../../../src/core/site/site.ts';
import type { SiteStore } from '../../../src/core/site/site-store.ts';
import { insertEvent } from './events.ts';
import { toSite } from './rows.ts';
import { insertSettingsEvents } from './settings-events.ts';
import { byText, siteIn, type Tables } from './tables.ts';

/** The settings that threads show: a change of one gives every thread of the site a new version. */
const SHOWN = ['moderation', 'maxGraphemes', 'editWindowMinutes'] as const;

const API_KEY_ID_LENGTH = 8;

const toApiKey = ({ id, name, createdAt, secretMark }: Tables['apiKeys'][number]): ApiKeyRecord => ({
  id,
  name,
  createdAt,
  secretMark,
});

export function createSiteStore(tables: Tables): SiteStore {
  return {
    async isAnyThere() {
      return tables.sites.length > 0;
    },

    async find(siteId) {
      return toSite(siteIn(tables, siteId));
    },

    async insert(deed, site) {
      const { id, name } = site;
      if (siteIn(tables, id) !== undefined) return false;
      tables.sites.push({
        ...site,
        settings: { ...DEFAULT_SETTINGS, ...site.settings },
        rankedHour: 0,
        secretMarks: {},
        version: 1,
      });
      insertEvent(tables, deed, { verb: 'site.created', subject: { kind: 'site', id }, facts: { name } });
      return true;
    },

    async list(after, limit) {
      const sites = tables.sites.filter(({ id }) => after === null || id > after).sort((a, b) => byText(a.id, b.id));
      return sites.slice(0, limit).flatMap((site) => toSite(site) ?? []);
    },

    async remove(siteId) {
      if (siteIn(tables, siteId) === undefined) return false;
      for (const [name, rows] of Object.entries(tables) as [keyof Tables, unknown][]) {
        if (!Array.isArray(rows)) continue;
        const left = rows.filter((row) => ![row.siteId, row.site, name === 'sites' && row.id].includes(siteId));
        Object.assign(tables, { [name]: left });
      }
      return true;
    },

    async findSettings(siteId) {
      const stored = siteIn(tables, siteId);
      const site = toSite(stored);
      return site === null ? null : { ...site, version: stored?.version ?? 1 };
    },

    async update(deed, change, version) {
      const site = siteIn(tables, deed.site);
      if (site === undefined || (version !== undefined && version !== site.version)) return false;
      const { name = site.name, origins = site.origins, settings = {} } = change;
      const { settings: before } = site;
      const after = { ...before, ...settings };
      insertSettingsEvents(tables, deed, site, { ...site, name, origins, settings: after });
      if (SHOWN.some((setting) => before[setting] !== after[setting])) {
        for (const article of tables.articles) if (article.siteId === deed.site) article.version += 1;
      }
      Object.assign(site, { settings: after, name, origins, version: site.version + 1 });
      return true;
    },

    async insertApiKey(deed, { keyHash, name, secretMark }) {
      const id = keyHash.slice(0, API_KEY_ID_LENGTH);
      const key = { siteId: deed.site, id, keyHash, name, createdAt: deed.now, secretMark };
      tables.apiKeys.push(key);
      insertEvent(tables, deed, {
        verb: 'key.created',
        subject: { kind: 'key', id: toApiKey(key).id },
        facts: { name },
      });
    },

    async rekeyApiKey(siteId, formerHash, keyHash, secretMark) {
      const key = tables.apiKeys.find((one) => one.siteId === siteId && one.keyHash === formerHash);
      if (key !== undefined) Object.assign(key, { keyHash, secretMark });
    },

    async findApiKey(siteId, keyHash) {
      const key = tables.apiKeys.find((one) => one.siteId === siteId && one.keyHash === keyHash);
      return key === undefined ? null : toApiKey(key);
    },

    async listApiKeys(siteId) {
      return tables.apiKeys
        .filter((key) => key.siteId === siteId)
        .sort((a, b) => a.createdAt - b.createdAt || byText(a.keyHash, b.keyHash))
        .map(toApiKey);
    },

    async deleteApiKey(deed, id) {
      const revoked = tables.apiKeys.filter((key) => key.siteId === deed.site && toApiKey(key).id === id);
      tables.apiKeys = tables.apiKeys.filter((key) => !revoked.includes(key));
      const [key] = revoked;
      if (key === undefined) return false;
      insertEvent(tables, deed, { verb: 'key.revoked', subject: { kind: 'key', id }, facts: { name: key.name } });
      return true;
    },

    async findSitesWithOtherSecrets(marks, limit) {
      const seen = JSON.stringify(marks);
      const others = tables.sites.filter(({ secretMarks }) => JSON.stringify(secretMarks) !== seen);
      return others.map(({ id }) => id).slice(0, limit);
    },

    async noticeSecrets(deed, marks) {
      const site = siteIn(tables, deed.site);
      if (site === undefined) return;
      for (const [id, mark] of Object.entries(marks)) {
        const seen = site.secretMarks[id];
        if (seen === undefined || seen === mark) continue;
        insertEvent(tables, deed, { verb: 'secret.changed', subject: { kind: 'secret', id } });
      }
      site.secretMarks = { ...marks };
    },
  };
}
