import type { Clock } from '../platform/clock.ts';
import type { Hashing } from '../platform/hashing.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import { cleanLine } from '../text/clean.ts';
import { type ApiKeyRecord, DEFAULT_SETTINGS, type Site, type SiteSettings } from './site.ts';
import type { SiteStore } from './site-store.ts';

export async function createSite(
  deps: { clock: Clock; sites: SiteStore },
  input: { id: string; name: string; origins: string[] },
): Promise<Result<Site>> {
  const site = { ...input, name: cleanLine(input.name), settings: DEFAULT_SETTINGS };
  return (await deps.sites.insert(site, deps.clock.now()))
    ? ok(site)
    : refuse({ reason: 'already-exists', what: 'site' });
}

export async function readSite(deps: { sites: SiteStore }, siteId: string): Promise<Result<Site>> {
  const site = await deps.sites.find(siteId);
  return site === null ? refuse({ reason: 'not-found', what: 'site' }) : ok(site);
}

/** A word list comes as people write it: trimmed, without empty lines, each entry once. */
const cleanWords = (words: string[]): string[] => [...new Set(words.map(cleanLine).filter((word) => word !== ''))];

export async function changeSettings(
  deps: { sites: SiteStore },
  input: { siteId: string; name?: string; origins?: string[]; settings: Partial<SiteSettings> },
): Promise<Result<Site>> {
  const { siteId, name, origins, settings } = input;
  await deps.sites.update(siteId, {
    ...(name !== undefined && { name: cleanLine(name) }),
    ...(origins !== undefined && { origins }),
    settings: {
      ...settings,
      ...(settings.bannedWords && { bannedWords: cleanWords(settings.bannedWords) }),
      ...(settings.suspectWords && { suspectWords: cleanWords(settings.suspectWords) }),
    },
  });
  return readSite(deps, siteId);
}

/** `bl_` and the site's name tell a leaked key's finder whose it is; the rest is 256 random bits. */
export async function createApiKey(
  deps: { clock: Clock; ids: Ids; hashing: Hashing; sites: SiteStore },
  input: { siteId: string; name: string },
): Promise<Result<{ key: string; name: string }>> {
  const site = await deps.sites.find(input.siteId);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const key = `bl_${input.siteId}_${deps.ids.token()}`;
  const name = cleanLine(input.name);
  const keyHash = await deps.hashing.token(key);
  await deps.sites.insertApiKey({ siteId: input.siteId, keyHash, name, now: deps.clock.now() });
  return ok({ key, name });
}

export async function listApiKeys(deps: { sites: SiteStore }, siteId: string): Promise<Result<ApiKeyRecord[]>> {
  return ok(await deps.sites.listApiKeys(siteId));
}

/** A leaked key is worth nothing from the next request on. */
export async function revokeApiKey(
  deps: { sites: SiteStore },
  input: { siteId: string; id: string },
): Promise<Result<null>> {
  return (await deps.sites.deleteApiKey(input.siteId, input.id))
    ? ok(null)
    : refuse({ reason: 'not-found', what: 'key' });
}
