import type { ApiKeyRecord, Site, SiteSettings } from './site.ts';

export interface SiteStore {
  find(siteId: string): Promise<Site | null>;
  /** False when there is one with this id. */
  insert(site: Site, now: number): Promise<boolean>;
  update(
    siteId: string,
    change: { name?: string; origins?: string[]; settings?: Partial<SiteSettings> },
  ): Promise<boolean>;
  insertApiKey(key: { siteId: string; keyHash: string; name: string; now: number }): Promise<void>;
  findApiKey(siteId: string, keyHash: string): Promise<ApiKeyRecord | null>;
  listApiKeys(siteId: string): Promise<ApiKeyRecord[]>;
  /** False: no such key. */
  deleteApiKey(siteId: string, id: string): Promise<boolean>;
}
