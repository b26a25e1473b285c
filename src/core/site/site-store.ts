import type { Deed } from '../event/event.ts';
import type { ApiKeyRecord, Site, SiteSettings, VersionedSite } from './site.ts';

export interface SettingsChange {
  name?: string;
  origins?: string[];
  settings?: Partial<SiteSettings>;
}

export interface SiteStore {
  find(siteId: string): Promise<Site | null>;
  findSettings(siteId: string): Promise<VersionedSite | null>;
  /** False while the database has no site at all. */
  isAnyThere(): Promise<boolean>;
  /** In the order of ids, from the one after `after`. */
  list(after: string | null, limit: number): Promise<Site[]>;
  /** False: no such site. Keys and sessions end at once; all other rows are deleted by a job. */
  remove(siteId: string): Promise<boolean>;
  /** False when there is one with this id, or the rows of the last one are still being deleted. */
  insert(deed: Deed, site: Site): Promise<boolean>;
  /** @param version nothing changes if the settings have another one by now; false then, or if there is no such site */
  update(deed: Deed, change: SettingsChange, version?: number): Promise<boolean>;
  insertApiKey(deed: Deed, key: { keyHash: string; name: string; secretMark: string }): Promise<void>;
  /** Hashes a key anew, under another secret. It keeps its id. */
  rekeyApiKey(siteId: string, formerHash: string, keyHash: string, secretMark: string): Promise<void>;
  findApiKey(siteId: string, keyHash: string): Promise<ApiKeyRecord | null>;
  listApiKeys(siteId: string): Promise<ApiKeyRecord[]>;
  /** False: no such key. */
  deleteApiKey(deed: Deed, id: string): Promise<boolean>;
  /** The sites that do not have these marks of the deployment's secrets: keyed hashes, by the secrets' names. */
  findSitesWithOtherSecrets(marks: Record<string, string>, limit: number): Promise<string[]>;
  /** Stores the marks, with an event for each secret that had another one; a first mark is no change. */
  noticeSecrets(deed: Deed, marks: Record<string, string>): Promise<void>;
}
