import type { Deed } from '../../../src/core/event/event.ts';
import { type Site, type SiteSettings, WORD_LISTS } from '../../../src/core/site/site.ts';
import { insertEvent } from './events.ts';
import type { Tables } from './tables.ts';

type Value = string | number;

/** The settings that are no lists of words, with the name and the origins of the site. */
const plainOf = ({ name, origins, settings }: Site): Record<string, Value> => {
  const { bannedWords: _, suspectWords: __, ...plain } = settings;
  return { name, origins: JSON.stringify(origins), ...plain };
};

/** The words of one site's lists that another's lack, each with the names of the lists: two lists are one event. */
const onlyIn = (these: SiteSettings, others: SiteSettings): Map<string, string> => {
  const lists = new Map<string, string>();
  for (const list of WORD_LISTS) {
    for (const word of these[list]) {
      if (others[list].includes(word)) continue;
      const before = lists.get(word);
      lists.set(word, before === undefined ? list : `${before}, ${list}`);
    }
  }
  return lists;
};

/** Inserts an event for each setting with a new value, and for each word that was added or removed. */
export function insertSettingsEvents(tables: Tables, deed: Deed, before: Site, after: Site): void {
  const was = plainOf(before);
  for (const [id, to] of Object.entries(plainOf(after))) {
    const from = was[id] ?? null;
    if (from === to) continue;
    insertEvent(tables, deed, { verb: 'settings.changed', subject: { kind: 'setting', id }, facts: { from, to } });
  }
  const words = [
    ['word.added', onlyIn(after.settings, before.settings)],
    ['word.removed', onlyIn(before.settings, after.settings)],
  ] as const;
  for (const [verb, lists] of words) {
    for (const [id, list] of lists) insertEvent(tables, deed, { verb, subject: { kind: 'word', id }, facts: { list } });
  }
}
