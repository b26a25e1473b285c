import { describe, expect, test } from 'vitest';
import { changeSettings, readSettings, type SettingsInput } from '../../../src/core/site/change-settings.ts';
import type { Place } from '../../../src/core/site/directory.ts';
import { createApiKey, createSite, listApiKeys, revokeApiKey } from '../../../src/core/site/manage-site.ts';
import { createDirectory } from '../../support/memory/directory.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';
import { createMemoryStores } from '../../support/memory/stores.ts';
import { createTables } from '../../support/memory/tables.ts';

type NewSite = Parameters<typeof createSite>[2];

const create = (house: House, input: Partial<NewSite> = {}) =>
  createSite(house.deps, { ...house.operator(), site: '' }, { id: 'shop', name: ' The  Shop ', origins: [], ...input });

describe('a new site', () => {
  test('begins with the settings of the house and a clean name, and is there once', async () => {
    const house = await openHouse();
    const settings = {
      ...{ moderation: 'first-comment', unknownArticles: 'register', editWindowMinutes: 15 },
      ...{ maxGraphemes: 5_000, maxLinks: 2, bannedWords: [], suspectWords: [] },
    };
    const site = { id: 'shop', name: 'The Shop', origins: [], settings, version: 1 };
    expect(done(await create(house))).toEqual(site);
    expect(problemOf(await create(house, { name: 'Another' }))).toEqual({ reason: 'already-exists', what: 'site' });
    expect(done(await readSettings(house.deps, { ...house.operator(), site: 'shop' }))).toEqual(site);
  });

  test('stands in the database that was named, and in no second one', async () => {
    const house = await openHouse();
    const places = [{ database: 'DB' }, { database: 'DB_2' }];
    const stores = new Map(places.map(({ database }) => [database, createMemoryStores(createTables())]));
    house.deps.directory = createDirectory(places);
    house.deps.storesIn = ({ database }: Place) => stores.get(database) ?? house.stores;
    done(await create(house, { database: 'DB_2' }));
    for (const database of ['DB_2', undefined]) {
      expect(problemOf(await create(house, { database }))).toEqual({ reason: 'already-exists', what: 'site' });
    }
    const inAnother = { reason: 'already-exists', what: 'site', enteredIn: 'DB_2' };
    expect(problemOf(await create(house, { database: 'DB' }))).toEqual(inAnother);
    expect(await stores.get('DB')?.sites.find('shop')).toBeNull();
    expect(await stores.get('DB_2')?.sites.find('shop')).not.toBeNull();
    expect(problemOf(await create(house, { id: 'other', database: 'DB_3' }))).toMatchObject({
      ...{
        reason: 'invalid-input',
        errors: [{ field: 'database', message: 'There is no such database; there is DB, DB_2.' }],
      },
    });
  });
});

describe('settings', () => {
  test('change where they were sent, with the words of a list cleaned and each once', async () => {
    const house = await openHouse();
    const before = done(await readSettings(house.deps, house.operator()));
    const bannedWords = [' ferret ', '', 'ferret', 'figs'];
    const after = done(await changeSettings(house.deps, house.operator(), { settings: { bannedWords, maxLinks: 1 } }));
    const settings = { ...before.settings, bannedWords: ['ferret', 'figs'], maxLinks: 1 };
    expect(after).toEqual({ ...before, settings, version: before.version + 1 });
    const renamed = done(await changeSettings(house.deps, house.operator(), { name: ' The\nNews ', settings: {} }));
    expect(renamed).toEqual({ ...after, name: 'The News', version: after.version + 1 });
  });

  test('named by an older version are refused with what is there, and nothing changes', async () => {
    const house = await openHouse();
    const { version, ...before } = done(await readSettings(house.deps, house.operator()));
    const first = done(await changeSettings(house.deps, house.operator(), { version, settings: { maxLinks: 1 } }));
    for (const other of [version, version + 2]) {
      const late = await changeSettings(house.deps, house.operator(), { version: other, name: 'Late', settings: {} });
      expect(problemOf(late)).toEqual({ reason: 'settings-changed', site: first });
    }
    expect(done(await readSettings(house.deps, house.operator()))).toEqual(first);
    expect(first).toMatchObject({ name: before.name, settings: { maxLinks: 1 }, version: version + 1 });
  });

  test('of lists change by what is added and removed, one and the same or not there', async () => {
    const house = await openHouse({ bannedWords: ['ferret', 'figs'], suspectWords: ['fudge'] });
    const change = async (input: SettingsInput) => done(await changeSettings(house.deps, house.operator(), input));
    const { settings, origins } = await change({
      add: { bannedWords: [' flan', 'figs', ''], origins: ['https://b.example'] },
      remove: { bannedWords: ['ferret', 'nothing'], suspectWords: ['figs'] },
    });
    expect(settings).toMatchObject({ bannedWords: ['figs', 'flan'], suspectWords: ['fudge'] });
    expect(origins).toContain('https://b.example');
    const again = await change({ add: { suspectWords: ['fudge'] }, remove: { origins: ['https://b.example'] } });
    expect(again.settings.suspectWords).toEqual(['fudge']);
    expect(again.origins).not.toContain('https://b.example');
  });

  test('of lists are refused where a list would have more entries than it may', async () => {
    const many = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `word-${n + from}`);
    const house = await openHouse({ bannedWords: many(1_999) });
    const add = (bannedWords: string[]) => changeSettings(house.deps, house.operator(), { add: { bannedWords } });
    expect(problemOf(await add(many(2, 5_000)))).toEqual({
      reason: 'invalid-input',
      errors: [{ field: 'add.bannedWords', message: 'At most 2,000 entries in all.' }],
    });
    expect(done(await add(many(1, 5_000))).settings.bannedWords).toHaveLength(2_000);
  });

  test.each([1, 4, 5, 6])('of lists lose nothing where %d others change them in between', async (others) => {
    const house = await openHouse();
    const add = (word: string, sites = house.deps.sites) =>
      changeSettings({ ...house.deps, sites }, house.operator(), { add: { bannedWords: [word] } });
    let met = 0;
    const outcome = await add('mine', {
      ...house.deps.sites,
      findSettings: async (siteId) => {
        const found = await house.deps.sites.findSettings(siteId);
        if (met < others) {
          met += 1;
          await add(`theirs-${met}`);
        }
        return found;
      },
    });
    const { settings } = done(await readSettings(house.deps, house.operator()));
    expect(outcome.ok).toBe(others < 5);
    expect(new Set(settings.bannedWords)).toEqual(
      new Set([...Array.from({ length: others }, (_, n) => `theirs-${n + 1}`), ...(outcome.ok ? ['mine'] : [])]),
    );
  });

  test('of a site that is not there are refused', async () => {
    const house = await openHouse();
    const nowhere = { ...house.operator(), site: 'nowhere' };
    const notFound = { reason: 'not-found', what: 'site' };
    expect(problemOf(await changeSettings(house.deps, nowhere, { settings: { maxLinks: 1 } }))).toEqual(notFound);
    expect(problemOf(await readSettings(house.deps, nowhere))).toEqual(notFound);
  });
});

describe('an API key', () => {
  test('is told once, names its site, and is not kept', async () => {
    const house = await openHouse();
    const { key, name } = done(await createApiKey(house.deps, house.operator(), { name: ' The  CMS ' }));
    expect(key).toMatch(/^bl_news_.+/);
    expect(name).toBe('The CMS');
    const hash = await house.deps.hashing.token(key);
    expect(await house.stores.sites.findApiKey(house.site, hash)).toMatchObject({ name });
    expect(house.tables.apiKeys.map(({ keyHash }) => keyHash)).toEqual([hash]);
  });

  test('is listed until it is revoked, and revoked once', async () => {
    const house = await openHouse();
    done(await createApiKey(house.deps, house.operator(), { name: 'The CMS' }));
    const [listed] = done(await listApiKeys(house.deps, house.operator()));
    const id = listed?.id ?? '';
    done(await revokeApiKey(house.deps, house.operator(), { id }));
    expect(done(await listApiKeys(house.deps, house.operator()))).toEqual([]);
    expect(problemOf(await revokeApiKey(house.deps, house.operator(), { id }))).toEqual({
      reason: 'not-found',
      what: 'key',
    });
  });

  test('of a site that is not there is not made', async () => {
    const house = await openHouse();
    const result = await createApiKey(house.deps, { ...house.operator(), site: 'nowhere' }, { name: 'The CMS' });
    expect(problemOf(result)).toEqual({ reason: 'not-found', what: 'site' });
    expect(house.tables.apiKeys).toEqual([]);
  });
});
