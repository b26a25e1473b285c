import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Hashing } from '../platform/hashing.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import { cleanLine } from '../text/clean.ts';
import { type Directory, FIRST_PLACE, type Place } from './directory.ts';
import { type ApiKeyRecord, DEFAULT_SETTINGS, type Site, type VersionedSite } from './site.ts';
import type { SiteStore } from './site-store.ts';

/** A site as the operator's list has it. */
export type ListedSite = Site & Place;

/**
 * A site is entered in the directory, then made where the directory says. So no two databases ever hold one site, and
 * one that was entered and not made, because the Worker ended in between, is made when it is asked for again.
 */
export async function createSite(
  deps: { ids: Ids; directory: Directory; storesIn(place: Place): { sites: SiteStore } },
  context: Context,
  { database, ...input }: { id: string; name: string; origins: string[]; database?: string | undefined },
): Promise<Result<VersionedSite>> {
  const { places } = deps.directory;
  const chosen = database === undefined ? FIRST_PLACE : places.find((place) => place.database === database);
  if (chosen === undefined) {
    const message = `There is no such database; there is ${places.map((place) => place.database).join(', ')}.`;
    return refuse({ reason: 'invalid-input', errors: [{ field: 'database', message }] });
  }
  const place = await deps.directory.enter(input.id, chosen);
  const site = { ...input, name: cleanLine(input.name), settings: DEFAULT_SETTINGS };
  if (database !== undefined && place.database !== database)
    return refuse({ reason: 'already-exists', what: 'site', enteredIn: place.database });
  const deed = { ...deedOf(context, deps.ids), site: site.id };
  const { sites } = deps.storesIn(place);
  if (await sites.insert(deed, site)) return ok({ ...site, version: 1 });
  const isThere = (await sites.find(site.id)) !== null;
  return refuse({ reason: isThere ? 'already-exists' : 'being-removed', what: 'site' });
}

/** The sites of all databases in the order of their ids, from the one after `after`. */
export async function listSites(
  deps: { directory: Directory; storesIn(place: Place): { sites: SiteStore } },
  { after, limit }: { after: string | null; limit: number },
): Promise<{ sites: ListedSite[]; next: string | null }> {
  const lists = await Promise.all(
    deps.directory.places.map(async (place) => {
      const sites = await deps.storesIn(place).sites.list(after, limit + 1);
      return sites.map((site) => ({ ...site, ...place }));
    }),
  );
  const all = lists.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
  const sites = all.slice(0, limit);
  return { sites, next: all.length > limit ? (sites.at(-1)?.id ?? null) : null };
}

/**
 * Nobody reaches the site from then on; its rows go in steps, the log among them. Its id stays entered in its database,
 * where it can be made again once they are gone.
 */
export async function removeSite(deps: { sites: SiteStore }, context: Context): Promise<Result<null>> {
  return (await deps.sites.remove(context.site)) ? ok(null) : refuse({ reason: 'not-found', what: 'site' });
}

/** `bl_` and the site's name tell a leaked key's finder whose it is; the rest is 256 random bits. */
export async function createApiKey(
  deps: { ids: Ids; hashing: Hashing; sites: SiteStore; secretMarks: SecretMarks },
  context: Context,
  input: { name: string },
): Promise<Result<{ key: string; name: string }>> {
  const site = await deps.sites.find(context.site);
  if (site === null) return refuse({ reason: 'not-found', what: 'site' });
  const key = `bl_${context.site}_${deps.ids.token()}`;
  const name = cleanLine(input.name);
  const keyHash = await deps.hashing.token(key);
  await deps.sites.insertApiKey(deedOf(context, deps.ids), {
    keyHash,
    name,
    secretMark: (await deps.secretMarks()).SECRET ?? '',
  });
  return ok({ key, name });
}

/** Marks of the secrets that are in use, by their names. */
type SecretMarks = () => Promise<Record<string, string>>;

/** `former`: it works as long as the secret before is there, or until it is used. `gone`: it opens nothing any more. */
export type KeySecret = 'current' | 'former' | 'gone';

export async function listApiKeys(
  deps: { sites: SiteStore; secretMarks: SecretMarks },
  context: Context,
): Promise<Result<(ApiKeyRecord & { secret: KeySecret })[]>> {
  const { SECRET: current = '', SECRET_BEFORE: former } = await deps.secretMarks();
  const secretOf = (mark: string): KeySecret => {
    if (mark === '' || mark === current) return 'current';
    return mark === former ? 'former' : 'gone';
  };
  const keys = await deps.sites.listApiKeys(context.site);
  const isThere = keys.length > 0 || (await deps.sites.find(context.site)) !== null;
  if (!isThere) return refuse({ reason: 'not-found', what: 'site' });
  return ok(keys.map((key) => ({ ...key, secret: secretOf(key.secretMark) })));
}

/** A leaked key is worth nothing from the next request on. */
export async function revokeApiKey(
  deps: { ids: Ids; sites: SiteStore },
  context: Context,
  input: { id: string },
): Promise<Result<null>> {
  if (await deps.sites.deleteApiKey(deedOf(context, deps.ids), input.id)) return ok(null);
  return refuse({ reason: 'not-found', what: (await deps.sites.find(context.site)) === null ? 'site' : 'key' });
}
