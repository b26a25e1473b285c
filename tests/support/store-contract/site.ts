import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/site/site.ts';
import { type OpenStores, openScene, type Scene } from './scene.ts';

const addKey = ({ stores, deed }: Scene, keyHash: string, name: string) =>
  stores.sites.insertApiKey(deed(), { keyHash, name, secretMark: 'mark' });

export function siteContract(open: OpenStores): void {
  describe('a site', () => {
    test('is there once, as it was made', async () => {
      const { stores, site, deed } = await openScene(open);
      const made = { id: site, name: 'News', origins: [], settings: DEFAULT_SETTINGS };
      expect(await stores.sites.find(site)).toEqual(made);
      expect(await stores.sites.insert(deed(), { ...made, name: 'Another' })).toBe(false);
      const second = { ...made, id: `${site}-two` };
      expect(await stores.sites.insert({ ...deed(), site: second.id }, second)).toBe(true);
      expect(await stores.sites.find(site)).toEqual(made);
      const { events } = await stores.log.list({ siteId: site, since: null, by: null, limit: 100, after: null });
      const created = events.filter(({ verb }) => verb === 'site.created');
      expect(created.map(({ subject }) => subject)).toEqual([{ kind: 'site', id: site }]);
      expect(await stores.sites.find('nowhere')).toBeNull();
      expect(await stores.sites.isAnyThere()).toBe(true);
    });

    test('changes in what was sent and in nothing else', async () => {
      const { stores, site, deed } = await openScene(open);
      const origins = ['https://news.example'];
      expect(await stores.sites.update(deed(), { origins, settings: { maxLinks: 5 } })).toBe(true);
      expect(await stores.sites.update(deed(), { settings: { bannedWords: ['ferret', 'fudge'] } })).toBe(true);
      expect(await stores.sites.update(deed(), { name: 'The News', settings: { bannedWords: ['fudge'] } })).toBe(true);
      const settings = { ...DEFAULT_SETTINGS, maxLinks: 5, bannedWords: ['fudge'] };
      expect(await stores.sites.find(site)).toEqual({ id: site, name: 'The News', origins, settings });
      expect(await stores.sites.update({ ...deed(), site: 'nowhere' }, { name: 'Nobody' })).toBe(false);
    });

    test('makes its threads new versions where they show what has changed, and else not', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      await other.stores.sites.update(other.deed(), { settings: { maxGraphemes: 200 } });
      const { version: untouched } = await other.article();
      const { stores, deed } = scene;
      const isNewAfter = async (settings: Partial<typeof DEFAULT_SETTINGS>) => {
        const { version } = await scene.article();
        await stores.sites.update(deed(), { settings });
        return (await scene.article()).version > version;
      };
      expect(await isNewAfter({ maxLinks: 7, suspectWords: ['ferret'] })).toBe(false);
      expect(await isNewAfter({ maxGraphemes: DEFAULT_SETTINGS.maxGraphemes })).toBe(false);
      expect(await isNewAfter({ maxGraphemes: 100 })).toBe(true);
      expect(await isNewAfter({ moderation: 'pre' })).toBe(true);
      expect(await isNewAfter({ editWindowMinutes: 1 })).toBe(true);
      expect((await other.article()).version).toBe(untouched);
    });
  });

  describe('an API key', () => {
    test('is found by its hash in its own site, and listed in the order of making', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      await addKey(scene, 'zzzzzzzz-first', 'The shop');
      scene.clock.tick(1);
      await addKey(scene, 'aaaaaaaa-second', 'The desk');
      const shop = { id: 'zzzzzzzz', name: 'The shop', secretMark: 'mark', createdAt: scene.clock.now() - 1_000 };
      const desk = { id: 'aaaaaaaa', name: 'The desk', secretMark: 'mark', createdAt: scene.clock.now() };
      expect(await scene.stores.sites.findApiKey(scene.site, 'zzzzzzzz-first')).toEqual(shop);
      expect(await scene.stores.sites.findApiKey(scene.site, 'zzzzzzzz-other')).toBeNull();
      expect(await other.stores.sites.findApiKey(other.site, 'zzzzzzzz-first')).toBeNull();
      expect(await scene.stores.sites.listApiKeys(scene.site)).toEqual([shop, desk]);
    });

    test('that was revoked opens nothing, revoking it again finds none, and another site’s of the same id stays', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      await addKey(other, 'zzzzzzzz-third', 'The shop');
      await addKey(scene, 'zzzzzzzz-first', 'The shop');
      await addKey(scene, 'aaaaaaaa-second', 'The desk');
      const revoke = (id: string) => scene.stores.sites.deleteApiKey(scene.deed(), id);
      expect(await revoke('zzzzzzzz')).toBe(true);
      expect(await revoke('zzzzzzzz')).toBe(false);
      expect(await scene.stores.sites.findApiKey(scene.site, 'zzzzzzzz-first')).toBeNull();
      expect((await scene.stores.sites.listApiKeys(scene.site)).map(({ name }) => name)).toEqual(['The desk']);
      expect(await other.stores.sites.listApiKeys(other.site)).toHaveLength(1);
    });

    test('that is hashed anew keeps its id, and is found by the new hash alone, in its own site', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      for (const one of [scene, other]) await addKey(one, 'zzzzzzzz-first', 'The shop');
      const { sites } = scene.stores;
      await sites.rekeyApiKey(scene.site, 'zzzzzzzz-first', 'yyyyyyyy-again', 'later');
      await sites.rekeyApiKey(scene.site, 'nothing', 'xxxxxxxx-again', 'later');
      await sites.rekeyApiKey(scene.site, 'yyyyyyyy-again', 'wwwwwwww-again', 'latest');
      expect(await sites.findApiKey(scene.site, 'zzzzzzzz-first')).toBeNull();
      const key = { id: 'zzzzzzzz', name: 'The shop', secretMark: 'latest', createdAt: scene.clock.now() };
      expect(await sites.findApiKey(scene.site, 'wwwwwwww-again')).toEqual(key);
      expect(await sites.listApiKeys(scene.site)).toEqual([key]);
      expect(await other.stores.sites.listApiKeys(other.site)).toMatchObject([{ secretMark: 'mark' }]);
      expect(await sites.deleteApiKey(scene.deed(), 'zzzzzzzz')).toBe(true);
      expect(await sites.listApiKeys(scene.site)).toEqual([]);
    });

    test('is revoked with every other of the same id', async () => {
      const scene = await openScene(open);
      for (const keyHash of ['zzzzzzzz-first', 'zzzzzzzz-second']) await addKey(scene, keyHash, 'The shop');
      expect(await scene.stores.sites.deleteApiKey(scene.deed(), 'zzzzzzzz')).toBe(true);
      expect(await scene.stores.sites.listApiKeys(scene.site)).toEqual([]);
    });
  });
}
