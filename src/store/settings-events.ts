import type { Deed } from '../core/event/event.ts';
import { DEFAULT_SETTINGS, WORD_LISTS } from '../core/site/site.ts';
import type { SettingsChange } from '../core/site/site-store.ts';
import { factsOf, insertEvents } from './events.ts';
import { type SQL, sql } from './sql.ts';

/** The settings of a site before the change. A setting that its row does not have yet is the default. */
const was = sql`json_patch(${JSON.stringify(DEFAULT_SETTINGS)}, s.settings)`;

const isWordList = (setting: string): boolean => WORD_LISTS.some((list) => list === setting);

/** `these` finds rows of `setting`, `was` and `now`. */
function whereChanged(deed: Deed, these: SQL): SQL {
  return insertEvents(
    deed,
    {
      verb: 'settings.changed',
      subject: { kind: 'setting', id: sql`setting` },
      facts: factsOf({ from: sql`was`, to: sql`now` }),
    },
    sql`FROM (${these}) WHERE was IS NOT now`,
  );
}

/** A word that one change puts into two lists is one event that names both. */
function wordEvents(deed: Deed, lists: string, sites: SQL): SQL[] {
  const asked = sql`json_each(${lists}) l CROSS JOIN ${sites}`;
  const after = sql`SELECT l.key AS list, word.value AS word FROM ${asked} CROSS JOIN json_each(l.value) word`;
  const before = sql`SELECT l.key AS list, word.value AS word FROM ${asked} CROSS JOIN json_each(${was}, '$.' || l.key) word`;
  const only = (verb: 'word.added' | 'word.removed', these: SQL, others: SQL) =>
    insertEvents(
      deed,
      { verb, subject: { kind: 'word', id: sql`word` }, facts: factsOf({ list: sql`group_concat(list, ', ')` }) },
      sql`FROM (${these} EXCEPT ${others}) GROUP BY word`,
    );
  return [only('word.added', after, before), only('word.removed', before, after)];
}

/**
 * Inserts an event for each setting with a new value, and for each word that was added or removed. `isIt` is true for
 * the row that changes.
 */
export function settingsEvents(deed: Deed, { name, origins, settings = {} }: SettingsChange, isIt: SQL): SQL[] {
  const site = sql`(SELECT * FROM sites WHERE ${isIt}) s`;
  const asked = Object.entries(settings);
  const plain = asked.filter(([setting]) => !isWordList(setting));
  const lists = asked.filter(([setting]) => isWordList(setting));
  const events: SQL[] = [];
  if (name !== undefined) {
    events.push(whereChanged(deed, sql`SELECT 'name' AS setting, s.name AS was, ${name} AS now FROM ${site}`));
  }
  if (origins !== undefined) {
    const now = JSON.stringify(origins);
    events.push(whereChanged(deed, sql`SELECT 'origins' AS setting, s.origins AS was, ${now} AS now FROM ${site}`));
  }
  const now = JSON.stringify(Object.fromEntries(plain));
  events.push(
    whereChanged(
      deed,
      sql`SELECT n.key AS setting, json_extract(${was}, '$.' || n.key) AS was, n.value AS now
      FROM json_each(${now}) n CROSS JOIN ${site}`,
    ),
  );
  return [...events, ...wordEvents(deed, JSON.stringify(Object.fromEntries(lists)), site)];
}
