import type { SettingsPatch, SiteView } from '../contract/site.ts';
import { ProblemError } from './api.ts';

/** The fields of the form. */
export type Draft = SiteView['settings'] & Pick<SiteView, 'name' | 'origins'>;

/** The settings as they were read, with their version. */
export interface Saved {
  draft: Draft;
  version: number;
}

/** A draft that is typed and not saved yet, and the settings that it was typed on. */
export interface Unsaved {
  saved: Saved;
  draft: Draft;
}

export function savedOf({ name, origins, settings, version }: SiteView): Saved {
  return { draft: { name, origins, ...settings }, version };
}

const LISTS = ['bannedWords', 'suspectWords', 'origins'] as const;
type ListName = (typeof LISTS)[number];

const isList = (key: keyof Draft): key is ListName => LISTS.some((list) => list === key);

const without = (these: string[], others: string[]): string[] => these.filter((one) => !others.includes(one));

const changedKeys = (before: Draft, after: Draft): (keyof Draft)[] =>
  (Object.keys(after) as (keyof Draft)[]).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));

export function isChanged(before: Draft, after: Draft): boolean {
  return changedKeys(before, after).length > 0;
}

/** The change from one draft to another: fields that differ, and entries that came or went, so that lists merge. */
export function patchOf({ draft: before, version }: Saved, after: Draft): SettingsPatch {
  const keys = changedKeys(before, after);
  const lists = keys.filter(isList);
  const entries = (from: Draft, to: Draft) =>
    Object.fromEntries(lists.map((list) => [list, without(from[list], to[list])]));
  return {
    ...Object.fromEntries(keys.filter((key) => !isList(key)).map((key) => [key, after[key]])),
    ...(lists.length > 0 && { add: entries(after, before), remove: entries(before, after) }),
    version,
  };
}

/** The change from `before` to `after`, made to `fresh`. */
export function rebased(before: Draft, after: Draft, fresh: Draft): Draft {
  const changed = changedKeys(before, after).map((key) => {
    if (!isList(key)) return [key, after[key]];
    const [added, removed] = [without(after[key], before[key]), without(before[key], after[key])];
    return [key, [...without(fresh[key], [...removed, ...added]), ...added]];
  });
  return { ...fresh, ...(Object.fromEntries(changed) as Partial<Draft>) };
}

/** The fields that somebody else has set to one value and this person to another. Lists merge. */
export function conflictsOf(before: Draft, after: Draft, fresh: Draft): (keyof Draft)[] {
  const theirs = changedKeys(before, fresh);
  const differing = changedKeys(fresh, after);
  return changedKeys(before, after).filter((key) => !isList(key) && theirs.includes(key) && differing.includes(key));
}

/** `bannedWords.2` and `add.bannedWords.0` belong to the field `bannedWords`; a person counts its lines from 1. */
export function errorsByField(error: unknown, { add }: SettingsPatch, draft: Draft): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const errors = error instanceof ProblemError ? (error.document.errors ?? []) : [];
  for (const { field, message } of errors) {
    const [name = '', index] = field.replace(/^(?:settings|add|remove)\./, '').split('.');
    const list = LISTS.find((one) => one === name);
    const entry = list && index !== undefined ? add?.[list]?.[Number(index)] : undefined;
    const line = list && entry !== undefined ? draft[list].indexOf(entry) : -1;
    found.set(name, [...(found.get(name) ?? []), line < 0 ? message : `Line ${line + 1}: ${message}`]);
  }
  return found;
}
