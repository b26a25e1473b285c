import { describe, expect, test } from 'vitest';
import type { Place } from '../../../src/core/site/directory.ts';
import {
  changeSettings,
  createApiKey,
  createSite,
  listApiKeys,
  readSite,
  revokeApiKey,
} from '../../../src/core/site/manage-site.ts';
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
    const site = { id: 'shop', name: 'The Shop', origins: [], settings };
    expect(done(await create(house))).toEqual(site);
    expect(problemOf(await create(house, { name: 'Another' }))).toEqual({ reason: 'already-exists', what: 'site' });
    expect(done(await readSite(house.deps, { ...house.operator(), site: 'shop' }))).toEqual(site);
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
    const before = done(await readSite(house.deps, house.operator()));
    const bannedWords = [' ferret ', '', 'ferret', 'figs'];
    const after = done(await changeSettings(house.deps, house.operator(), { settings: { bannedWords, maxLinks: 1 } }));
    const settings = { ...before.settings, bannedWords: ['ferret', 'figs'], maxLinks: 1 };
    expect(after).toEqual({ ...before, settings });
    const renamed = done(await changeSettings(house.deps, house.operator(), { name: ' The\nNews ', settings: {} }));
    expect(renamed).toEqual({ ...after, name: 'The News' });
  });

  test('of a site that is not there are refused', async () => {
    const house = await openHouse();
    const nowhere = { ...house.operator(), site: 'nowhere' };
    const notFound = { reason: 'not-found', what: 'site' };
    expect(problemOf(await changeSettings(house.deps, nowhere, { settings: { maxLinks: 1 } }))).toEqual(notFound);
    expect(problemOf(await readSite(house.deps, nowhere))).toEqual(notFound);
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
