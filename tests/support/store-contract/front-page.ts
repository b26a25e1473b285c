import { describe, expect, test } from 'vitest';
import type { ArticleListing } from '../../../src/core/front-page/article-listing.ts';
import { FERRY, type OpenStores, openScene, type Scene } from './scene.ts';

const WHOLE_SITE = { kind: 'site', label: '' } as const;
const HOUR = 3_600;

const put = ({ stores, deed }: Scene, key: string, fields: Partial<typeof FERRY> = {}) =>
  stores.articles.put(deed(), key, { ...FERRY, ...fields });

/** The keys of every page. */
const walk = async (
  { stores, site, clock }: Scene,
  listing: Partial<Pick<ArticleListing, 'kind' | 'label' | 'sort' | 'limit'>> = {},
): Promise<string[][]> => {
  const pages: string[][] = [];
  let after: ArticleListing['after'] = null;
  do {
    const page: Awaited<ReturnType<typeof stores.frontPages.list>> = await stores.frontPages.list({
      ...{ ...WHOLE_SITE, siteId: site, sort: 'newest', limit: 10, now: clock.now(), after },
      ...listing,
    });
    pages.push(page.articles.map(({ key }) => key));
    after = page.next;
  } while (after !== null);
  return pages;
};

const turnHour = ({ stores, site, clock }: Scene) => stores.rankings.turnHour(site, clock.now());

const relistAll = async ({ stores }: Scene) => {
  while ((await stores.rankings.relist(50)) > 0);
};

const mostCommented = async ({ stores, site, clock }: Scene, hours: 1 | 6 | 24, list: Listed = WHOLE_SITE) => {
  const { articles } = await stores.frontPages.findMostCommented({
    ...{ siteId: site, list, hours, limit: 5, now: clock.now() },
  });
  return articles.map(({ key }) => key);
};

type Listed = Pick<ArticleListing, 'kind' | 'label'>;

const newestComments = async ({ stores, site, clock }: Scene, list: Listed = WHOLE_SITE, limit = 5) =>
  stores.frontPages.findNewestComments({ siteId: site, list, limit, now: clock.now() });

export function frontPageContract(open: OpenStores): void {
  describe('a list of articles', () => {
    test('has the newest first, each once, page by page', async () => {
      const scene = await openScene(open);
      await put(scene, 'older', { publishedAt: FERRY.publishedAt - 1 });
      await put(scene, 'newer', { publishedAt: FERRY.publishedAt + 1 });
      await put(scene, 'alike');
      expect(await walk(scene, { limit: 2 })).toEqual([
        ['newer', 'ferry'],
        ['alike', 'older'],
      ]);
    });

    test('holds what is in the section, under the topic or by the author, as the article now says', async () => {
      const scene = await openScene(open);
      await put(scene, 'school', { section: 'town', topics: ['children', 'winter'], authors: [] });
      expect(await walk(scene, { kind: 'section', label: 'town' })).toEqual([['school']]);
      expect(await walk(scene, { kind: 'topic', label: 'winter' })).toEqual([['school', 'ferry']]);
      expect(await walk(scene, { kind: 'author', label: 'Ida Holm' })).toEqual([['ferry']]);
      await put(scene, 'school', { section: 'harbour', topics: [], authors: ['Ida Holm'] });
      expect(await walk(scene, { kind: 'section', label: 'town' })).toEqual([[]]);
      expect(await walk(scene, { kind: 'topic', label: 'winter' })).toEqual([['ferry']]);
      expect(await walk(scene, { kind: 'author', label: 'Ida Holm' })).toEqual([['school', 'ferry']]);
    });

    test('holds an article from the moment of its publication on', async () => {
      const scene = await openScene(open);
      await put(scene, 'embargoed', { publishedAt: scene.clock.now() + 1_000 });
      expect(await walk(scene)).toEqual([['ferry']]);
      scene.clock.tick(1);
      expect(await walk(scene)).toEqual([['embargoed', 'ferry']]);
    });

    test('by comments is as of the last relisting, whatever an article of the same key has elsewhere', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      await put(scene, 'quiet');
      await put(other, 'early');
      for (const articleKey of ['early', 'early', 'ferry']) await other.post({ articleKey });
      for (let i = 0; i < 2; i += 1) await scene.post({ articleKey: 'ferry' });
      for (const status of ['published', 'pending'] as const) await scene.post({ articleKey: 'quiet', status });
      expect(await walk(scene, { sort: 'most-commented' })).toEqual([['quiet', 'ferry']]);
      await relistAll(scene);
      expect(await walk(scene, { sort: 'most-commented', limit: 1 })).toEqual([['ferry'], ['quiet']]);
      expect(await walk(other, { sort: 'most-commented' })).toEqual([['early', 'ferry']]);
    });
  });

  test('counts are of visible comments, by key, and name no article that is not there', async () => {
    const scene = await openScene(open);
    await put(scene, 'quiet');
    await scene.post();
    await scene.post({ status: 'pending' });
    const counts = await scene.stores.frontPages.counts(scene.site, ['ferry', 'quiet', 'bridge']);
    expect(counts).toEqual(
      new Map([
        ['ferry', 1],
        ['quiet', 0],
      ]),
    );
    expect(await scene.stores.frontPages.counts('nowhere', ['ferry'])).toBeNull();
  });

  describe('a ranking', () => {
    test('has what was commented in its hours, the most first, and forgets what they have left', async () => {
      const scene = await openScene(open);
      await put(scene, 'school', { section: 'town' });
      await turnHour(scene);
      for (let i = 0; i < 2; i += 1) await scene.post({ articleKey: 'ferry' });
      scene.clock.tick(2 * HOUR);
      await scene.post({ articleKey: 'school' });
      expect(await mostCommented(scene, 24)).toEqual([]);
      await relistAll(scene);
      await turnHour(scene);
      expect(await mostCommented(scene, 24)).toEqual(['ferry', 'school']);
      expect(await mostCommented(scene, 1)).toEqual(['school']);
      expect(await mostCommented(scene, 24, { kind: 'section', label: 'town' })).toEqual(['school']);
    });

    test('is due to be turned once an hour, site by site', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      const due = async () => {
        const all = await scene.stores.rankings.sitesToTurn(scene.clock.now(), 1_000);
        return [scene.site, other.site].filter((site) => all.includes(site));
      };
      expect(await due()).toEqual([scene.site, other.site]);
      await turnHour(scene);
      expect(await due()).toEqual([other.site]);
      await turnHour(other);
      expect(await due()).toEqual([]);
      expect(await scene.stores.rankings.sitesToTurn(scene.clock.now() + HOUR * 1_000, 1)).toHaveLength(1);
      scene.clock.tick(HOUR);
      expect(await due()).toEqual([scene.site, other.site]);
    });

    test('counts out what was rejected since', async () => {
      const scene = await openScene(open);
      await turnHour(scene);
      const comment = await scene.post();
      await relistAll(scene);
      expect(await mostCommented(scene, 1)).toEqual(['ferry']);
      await scene.decide('reject', [comment]);
      await relistAll(scene);
      expect(await mostCommented(scene, 1)).toEqual([]);
    });

    test('waits for an hour that was never taken in, however late that is', async () => {
      const scene = await openScene(open);
      await put(scene, 'quiet');
      await scene.post();
      scene.clock.tick(9 * 24 * HOUR);
      await turnHour(scene);
      await relistAll(scene);
      expect(await walk(scene, { sort: 'most-commented' })).toEqual([['ferry', 'quiet']]);
    });

    test('takes in so many hours of articles at a time', async () => {
      const scene = await openScene(open);
      await relistAll(scene);
      await put(scene, 'school');
      for (const articleKey of ['ferry', 'school']) await scene.post({ articleKey });
      expect(await scene.stores.rankings.relist(1)).toBe(1);
      expect(await scene.stores.rankings.relist(5)).toBe(1);
      expect(await scene.stores.rankings.relist(5)).toBe(0);
    });
  });

  describe('the newest comments', () => {
    test('are the visible ones of the site or of a list, each with its article', async () => {
      const scene = await openScene(open);
      await put(scene, 'school', { section: 'town' });
      await put(scene, 'market', { topics: ['town'] });
      const first = await scene.post({ articleKey: 'school' });
      const second = await scene.post({ articleKey: 'market' });
      await scene.post({ status: 'pending' });
      const third = await scene.post({ articleKey: 'school' });
      const ids = async (list?: Listed, limit?: number) =>
        (await newestComments(scene, list, limit)).comments.map(({ comment }) => comment.id);
      expect(await ids()).toEqual([third.id, second.id, first.id]);
      expect(await ids(WHOLE_SITE, 2)).toEqual([third.id, second.id]);
      expect(await ids({ kind: 'section', label: 'town' })).toEqual([third.id, first.id]);
      const [newest] = (await newestComments(scene)).comments;
      expect(newest?.article).toEqual({ key: 'school', url: FERRY.url, headline: FERRY.headline });
    });

    test('are those of a whole site’s articles, and of the newest forty of any other list', async () => {
      const scene = await openScene(open);
      const { id } = await scene.post();
      const section = { kind: 'section', label: 'harbour' } as const;
      const isThere = async (list: Listed) =>
        (await newestComments(scene, list)).comments.some(({ comment }) => comment.id === id);
      for (let i = 1; i < 40; i += 1) await put(scene, `newer-${i}`, { publishedAt: FERRY.publishedAt + i });
      expect([await isThere(WHOLE_SITE), await isThere(section)]).toEqual([true, true]);
      await put(scene, 'newest', { publishedAt: FERRY.publishedAt + 40 });
      expect([await isThere(WHOLE_SITE), await isThere(section)]).toEqual([true, false]);
    });

    test('are none of an article that is not published yet, nor of a site that is not there', async () => {
      const scene = await openScene(open);
      await put(scene, 'embargoed', { publishedAt: scene.clock.now() + 1_000 });
      await scene.post({ articleKey: 'embargoed' });
      expect(await newestComments(scene)).toMatchObject({ site: { id: scene.site }, comments: [] });
      expect(await newestComments({ ...scene, site: 'nowhere' })).toEqual({ site: null, comments: [] });
    });
  });
}
