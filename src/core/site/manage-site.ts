import type { Clock, Hashing, Ids, SiteStore } from '../ports.ts';
import { ok, type Result, refuse } from '../result.ts';
import { cleanLine } from '../text/clean.ts';
import { type ApiKeyRecord, DEFAULT_SETTINGS, type Site, type SiteSettings } from './site.ts';

export const createSite = async (
  deps: { clock: Clock; sites: SiteStore },
  input: { id: string; name: string; origins: string[] },
): Promise<Result<Site>> => {
  const site = { ...input, name: cleanLine(input.name), settings: DEFAULT_SETTINGS };
  return (await deps.sites.insert(site, deps.clock.now()))
    ? ok(site)
    : refuse({ reason: 'already-exists', what: 'site' });
};

export const readSite = async (deps: { sites: SiteStore }, siteId: string): Promise<Result<Site>> => {
  const site = await deps.sites.find(siteId);
  return site === null ? refuse({ reason: 'not-found', what: 'site' }) : ok(site);
};

/** A word list comes as people write it: trimmed, without empty lines, each entry once. */
const cleanWords = (words: string[]): string[] => [...new Set(words.map(cleanLine).filter((word) => word !== ''))];

export const changeSettings = async (
  deps: { sites: SiteStore },
  input: { siteId: string; name?: string; origins?: string[]; settings: Partial<SiteSettings> },
): Promise<Result<Site>> => {
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
};

/** `bl_` and the site's name tell a leaked key's finder whose it is; the rest is 256 random bits. */
export const createApiKey = async (
  deps: { clock: Clock; ids: Ids; hashing: Hashing; sites: SiteStore },
  input: { siteId: string; name: string },
): Promise<Result<{ key: string; name: string }>> => {
  const site = await deps.sites.find(input.siteId);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const key = `bl_${input.siteId}_${deps.ids.token()}`;
  const name = cleanLine(input.name);
  const keyHash = await deps.hashing.token(key);
  await deps.sites.insertApiKey({ siteId: input.siteId, keyHash, name, now: deps.clock.now() });
  return ok({ key, name });
};

export const listApiKeys = async (deps: { sites: SiteStore }, siteId: string): Promise<Result<ApiKeyRecord[]>> =>
  ok(await deps.sites.listApiKeys(siteId));

/** A leaked key is worth nothing from the next request on. */
export const revokeApiKey = async (
  deps: { sites: SiteStore },
  input: { siteId: string; id: string },
): Promise<Result<null>> =>
  (await deps.sites.deleteApiKey(input.siteId, input.id)) ? ok(null) : refuse({ reason: 'not-found', what: 'key' });
