import { describe, expect, test } from 'vitest';
import { FERRY, type OpenStores, openScene } from './scene.ts';

export function articleContract(open: OpenStores): void {
  describe('an article', () => {
    test('that is put is there with every field, and says whether it is new', async () => {
      const { stores, site, deed, clock } = await openScene(open);
      const { article, created } = await stores.articles.put(deed(), 'bridge', { ...FERRY, moderation: 'pre' });
      expect(created).toBe(true);
      expect(article).toEqual({
        ...{ ...FERRY, moderation: 'pre', siteId: site, key: 'bridge', commentCount: 0, version: 1 },
        ...{ createdAt: clock.now(), updatedAt: clock.now() },
      });
      expect((await stores.articles.find(site, 'bridge')).article).toEqual(article);
    });

    test('that is put again has the new fields, its comments, its time of making and a new version', async () => {
      const { stores, deed, clock, post } = await openScene(open);
      await post();
      const createdAt = clock.now();
      clock.tick(5);
      const fields = { ...FERRY, headline: null, topics: ['ice'], commenting: 'closed' } as const;
      const { article, created } = await stores.articles.put(deed(), 'ferry', { ...fields, topics: ['ice'] });
      expect(created).toBe(false);
      expect(article).toMatchObject({ headline: null, topics: ['ice'], commenting: 'closed', commentCount: 1 });
      expect(article).toMatchObject({ version: 3, createdAt, updatedAt: clock.now() });
    });

    test('is changed in what was sent and in nothing else, nor is another one', async () => {
      const scene = await openScene(open);
      const { stores, deed } = scene;
      const { article: beside } = await stores.articles.put(deed(), 'bridge', FERRY);
      const before = await scene.article();
      scene.clock.tick(5);
      const changed = await stores.articles.update(deed(), 'ferry', { commenting: 'closed', section: null });
      expect(changed).toEqual({
        ...{ ...before, commenting: 'closed', section: null },
        ...{ version: before.version + 1, updatedAt: scene.clock.now() },
      });
      expect(await scene.article()).toEqual(changed);
      expect(await scene.article('bridge')).toEqual(beside);
    });

    test('that is not there is not changed, nor found in another site', async () => {
      const [{ stores, site, deed }, other] = [await openScene(open), await openScene(open)];
      await other.stores.articles.put(other.deed(), 'bridge', FERRY);
      expect(await stores.articles.update(deed(), 'bridge', { commenting: 'closed' })).toBeNull();
      expect(await stores.articles.find(site, 'bridge')).toMatchObject({ site: { id: site }, article: null });
      expect(await stores.articles.find('nowhere', 'ferry')).toEqual({ site: null, article: null });
    });
  });
}
