import { describe, expect, test } from 'vitest';
import type { Put, WriteWhere } from '../../../src/core/article/article-store.ts';
import { FERRY, newerThan, type OpenStores, openScene } from './scene.ts';

/** The article that has been put; fails where the article was in another state. */
const written = (put: Put) => {
  if (!put.isWritten) throw new Error('the article was not written');
  return put;
};

export function articleContract(open: OpenStores): void {
  describe('an article', () => {
    test('that is put is there with every field, and says whether it is new', async () => {
      const { stores, site, deed, clock } = await openScene(open);
      const { article, created } = written(
        await stores.articles.put(deed(), 'bridge', { ...FERRY, moderation: 'pre' }),
      );
      expect(created).toBe(true);
      expect(article).toEqual({
        ...{
          ...FERRY,
          moderation: 'pre',
          siteId: site,
          key: 'bridge',
          publicKey: 'bridge',
          commentCount: 0,
          version: newerThan(0),
        },
        ...{ createdAt: clock.now(), updatedAt: clock.now() },
      });
      expect((await stores.articles.find(site, 'bridge')).article).toEqual(article);
    });

    test('that is put again has the new fields, its comments, its time of making and a new version', async () => {
      const scene = await openScene(open);
      const { stores, deed, clock, post } = scene;
      await post();
      const { version } = await scene.article();
      const createdAt = clock.now();
      clock.tick(5);
      const fields = { ...FERRY, headline: null, commenting: 'closed' } as const;
      const { article, created } = written(await stores.articles.put(deed(), 'ferry', { ...fields, topics: ['ice'] }));
      expect(created).toBe(false);
      expect(article).toMatchObject({ headline: null, topics: ['ice'], commenting: 'closed', commentCount: 1 });
      expect(article).toMatchObject({ version: newerThan(version), createdAt, updatedAt: clock.now() });
    });

    test('is changed in what was sent and in nothing else, nor is another one', async () => {
      const scene = await openScene(open);
      const { stores, deed } = scene;
      const { article: beside } = written(await stores.articles.put(deed(), 'bridge', FERRY));
      const before = await scene.article();
      scene.clock.tick(5);
      const changed = await stores.articles.update(deed(), 'ferry', { commenting: 'closed', section: null });
      expect(changed).toEqual({
        ...{ ...before, commenting: 'closed', section: null },
        ...{ version: newerThan(before.version), updatedAt: scene.clock.now() },
      });
      expect(await scene.article()).toEqual(changed);
      expect(await scene.article('bridge')).toEqual(beside);
    });

    test('is written only in the state that was asked for, and else nothing of it happens', async () => {
      const scene = await openScene(open);
      const { stores, deed, site } = scene;
      const { version } = await scene.article();
      const closed = { ...FERRY, commenting: 'closed', moderation: 'pre', section: 'sea' } as const;
      const put = (key: string, where: WriteWhere) => stores.articles.put(deed(), key, closed, where);
      const eventsOf = async () =>
        (await stores.log.list({ siteId: site, since: null, by: null, after: null, limit: 99 })).events;
      const before = [await scene.article(), await eventsOf()];
      for (const where of [
        'absent',
        { versions: [] },
        { versions: [version - 1, version + 1] },
      ] satisfies WriteWhere[]) {
        expect(await put('ferry', where)).toEqual({ isWritten: false, isThere: true });
      }
      for (const where of ['present', { versions: [version] }] satisfies WriteWhere[]) {
        expect(await put('bridge', where)).toEqual({ isWritten: false, isThere: false });
      }
      expect((await stores.articles.find(site, 'bridge')).article).toBeNull();
      expect([await scene.article(), await eventsOf()]).toEqual(before);
      const { article } = written(await put('ferry', { versions: [1, version] }));
      expect(article).toMatchObject(closed);
      expect(written(await put('ferry', { versions: [article.version] })).created).toBe(false);
      expect(written(await put('ferry', 'present')).created).toBe(false);
      expect(written(await put('bridge', 'absent')).created).toBe(true);
    });

    test('is found by every key that it ever had, and takes none of another', async () => {
      const scene = await openScene(open);
      const { stores, site, deed } = scene;
      await stores.articles.put(deed(), 'bridge', FERRY);
      const before = await scene.article();
      expect(await stores.articles.rekey(deed(), 'ferry', 'second')).toMatchObject({
        key: 'ferry',
        publicKey: 'second',
      });
      const third = await stores.articles.rekey(deed(), 'second', 'third');
      expect(third).toMatchObject({ key: 'ferry', publicKey: 'third', version: newerThan(before.version) });
      for (const key of ['ferry', 'second', 'third']) {
        expect((await stores.articles.find(site, key)).article).toEqual(third);
      }
      for (const taken of ['bridge', 'third']) {
        expect(await stores.articles.rekey(deed(), 'ferry', taken)).toEqual(third);
      }
      expect(await stores.articles.rekey(deed(), 'bridge', 'second')).toMatchObject({ publicKey: 'bridge' });
      expect(await stores.articles.update(deed(), 'second', { section: 'town' })).toMatchObject({ publicKey: 'third' });
      expect(await stores.articles.rekey(deed(), 'none', 'other')).toBeNull();
      expect(await stores.articles.rekey(deed(), 'third', 'ferry')).toMatchObject({ publicKey: 'ferry' });
    });

    test('that is removed is not there, by none of its keys, and nothing stands beside it less', async () => {
      const scene = await openScene(open);
      const { stores, site, deed } = scene;
      const { article: beside } = written(await stores.articles.put(deed(), 'bridge', FERRY));
      await scene.post();
      await stores.articles.rekey(deed(), 'ferry', 'second');
      expect(await stores.articles.remove(deed(), 'second')).toMatchObject({ key: 'ferry', commentCount: 1 });
      while ((await stores.removals.deleteSome(site, scene.clock.now())).isMore);
      for (const key of ['ferry', 'second']) expect((await stores.articles.find(site, key)).article).toBeNull();
      expect(await stores.articles.remove(deed(), 'ferry')).toBeNull();
      expect(await scene.article('bridge')).toEqual(beside);
      expect(await stores.articles.put(deed(), 'second', FERRY)).toMatchObject({ created: true });
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
