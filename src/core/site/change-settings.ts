import type { Context } from '../event/context.ts';
import { deedOf } from '../event/event.ts';
import type { Ids } from '../platform/ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import { countStatementBytes } from '../text/bytes.ts';
import { cleanLine } from '../text/clean.ts';
import {
  LIST_LIMITS,
  type ListName,
  MOST_BYTES_A_LIST,
  type SiteSettings,
  type VersionedSite,
  WORD_LISTS,
} from './site.ts';
import type { SettingsChange, SiteStore } from './site-store.ts';

type Lists = { [List in ListName]?: string[] | undefined };

export interface SettingsInput extends SettingsChange {
  /** The version that the change was made from. */
  version?: number | undefined;
  add?: Lists | undefined;
  remove?: Lists | undefined;
}

/** Additions that meet each other are tried again on what is there by then. */
const TRIES = 5;

export async function readSettings(deps: { sites: SiteStore }, context: Context): Promise<Result<VersionedSite>> {
  const site = await deps.sites.findSettings(context.site);
  return site === null ? refuse({ reason: 'not-found', what: 'site' }) : ok(site);
}

/** A list comes as people write it: trimmed, without empty lines, each entry once. */
const cleanEntries = (entries: string[]): string[] => [
  ...new Set(entries.map(cleanLine).filter((entry) => entry !== '')),
];

const LISTS = Object.keys(LIST_LIMITS) as ListName[];

const listIn = (site: VersionedSite, list: ListName): string[] =>
  list === 'origins' ? site.origins : site.settings[list];

/** The lists that are sent or change by entries, as they are to be. */
const listsAfter = (site: VersionedSite, { origins, settings = {}, add, remove }: SettingsInput): Lists => {
  const sent: Lists = { ...settings, origins };
  const after: Lists = {};
  for (const list of LISTS) {
    if (sent[list] === undefined && add?.[list] === undefined && remove?.[list] === undefined) continue;
    const gone = new Set(cleanEntries(remove?.[list] ?? []));
    const kept = (sent[list] ?? listIn(site, list)).filter((entry) => !gone.has(entry));
    after[list] = cleanEntries([...kept, ...(add?.[list] ?? [])]);
  }
  return after;
};

/** The lists that additions have made too long. One that is too long already still gets shorter by an entry. */
const errorsOf = (lists: Lists, add: Lists): { field: string; message: string }[] =>
  LISTS.flatMap((list) => {
    const entries = lists[list] ?? [];
    const isLonger = (add[list]?.length ?? 0) > 0;
    const isFull = entries.length > LIST_LIMITS[list];
    const isLarge = isLonger && countStatementBytes(JSON.stringify(entries)) > MOST_BYTES_A_LIST;
    if (!isFull && !isLarge) return [];
    const [most, unit] = isFull ? [LIST_LIMITS[list], 'entries'] : [40_000, 'bytes'];
    return [{ field: `add.${list}`, message: `At most ${most.toLocaleString('en')} ${unit} in all.` }];
  });

const changeOf = ({ name, settings = {} }: SettingsInput, { origins, ...words }: Lists): SettingsChange => ({
  ...(name !== undefined && { name: cleanLine(name) }),
  ...(origins !== undefined && { origins }),
  settings: {
    ...settings,
    ...Object.fromEntries(WORD_LISTS.flatMap((list) => (words[list] ? [[list, words[list]]] : []))),
  } as Partial<SiteSettings>,
});

/**
 * Changes settings. A change that names its version happens to that version alone. One that names none happens to
 * whatever is there, and its additions and removals lose nothing that others add or remove at the same time.
 */
export async function changeSettings(
  deps: { ids: Ids; sites: SiteStore },
  context: Context,
  input: SettingsInput,
): Promise<Result<VersionedSite>> {
  for (let tries = 1; ; tries += 1) {
    const site = await deps.sites.findSettings(context.site);
    if (site === null) return refuse({ reason: 'not-found', what: 'site' });
    const isOther = input.version !== undefined && input.version !== site.version;
    if (isOther || tries > TRIES) return refuse({ reason: 'settings-changed', site });
    const lists = listsAfter(site, input);
    const errors = errorsOf(lists, input.add ?? {});
    if (errors.length > 0) return refuse({ reason: 'invalid-input', errors });
    const change = changeOf(input, lists);
    if (await deps.sites.update(deedOf(context, deps.ids), change, site.version)) {
      return ok({ ...site, ...change, settings: { ...site.settings, ...change.settings }, version: site.version + 1 });
    }
  }
}
