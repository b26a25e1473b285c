import { describe, expect, test } from 'vitest';
import { countComments, listArticles } from '../../../src/core/front-page/list-articles.ts';
import { readMostCommented, readNewestComments } from '../../../src/core/front-page/read-recent.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';

const WHOLE_SITE = { kind: 'site', label: '' } as const;
const siteNotFound = { reason: 'not-found', what: 'site' };

const visitor = (house: House, site = house.site) => ({ ...house.by({ kind: 'visitor' } as const), site });

const list = (house: House, query: Partial<Parameters<typeof listArticles>[2]> = {}, site?: string) =>
  listArticles(house.deps, visitor(house, site), { ...WHOLE_SITE, sort: 'newest', limit: 10, after: null, ...query });

test('a list of articles is asked for by the label that was left when the article was put', async () => {
  const house = await openHouse();
  await house.putFerry({ section: ' Old  town ' }, 'bridge');
  const { articles } = done(await list(house, { kind: 'section', label: 'Old town' }));
  expect(articles.map(({ key }) => key)).toEqual(['bridge']);
});

test('a list holds no article before it is published, and none of a site that is not there', async () => {
  const house = await openHouse();
  await house.putFerry({ publishedAt: house.clock.now() + 1 }, 'embargoed');
  expect(done(await list(house)).articles.map(({ key }) => key)).toEqual(['ferry']);
  house.clock.tick(0.001);
  expect(done(await list(house)).articles.map(({ key }) => key)).toEqual(['embargoed', 'ferry']);
  expect(problemOf(await list(house, {}, 'nowhere'))).toEqual(siteNotFound);
});

describe('counts', () => {
  test('are answered for each key once, 0 where nobody registered it', async () => {
    const house = await openHouse();
    await house.post('cleo');
    const counts = (site?: string) =>
      countComments(house.deps, visitor(house, site), { keys: ['ferry', 'bridge', 'ferry'] });
    expect([...done(await counts())]).toEqual([
      ['ferry', 1],
      ['bridge', 0],
    ]);
    expect(problemOf(await counts('nowhere'))).toEqual(siteNotFound);
  });
});

describe('the recent', () => {
  const recent = (house: House, list: Parameters<typeof readNewestComments>[2]['list'], site?: string) => ({
    newest: () => readNewestComments(house.deps, visitor(house, site), { list, limit: 5 }),
    ranked: () => readMostCommented(house.deps, visitor(house, site), { list, hours: 24, limit: 5 }),
  });

  test('are the newest comments and the most commented articles, of the site or of a label', async () => {
    const house = await openHouse();
    await house.putFerry({ topics: ['ice  age'] }, 'bridge');
    const ferry = await house.post('cleo');
    const bridge = await house.post('dora', { articleKey: 'bridge' });
    await house.post('emil', { articleKey: 'bridge' });
    await house.stores.rankings.turnHour(house.site, house.clock.now());
    await house.stores.rankings.relist(10);
    const site = recent(house, WHOLE_SITE);
    expect(
      done(await site.newest())
        .comments.map(({ comment }) => comment.id)
        .slice(1),
    ).toEqual([bridge.id, ferry.id]);
    expect(done(await site.ranked()).articles.map(({ key }) => key)).toEqual(['bridge', 'ferry']);
    const topic = recent(house, { kind: 'topic', label: 'ice age' });
    expect(done(await topic.newest()).comments).toHaveLength(2);
    expect(done(await topic.ranked()).articles.map(({ key }) => key)).toEqual(['bridge']);
  });

  test('of a site that is not there are none', async () => {
    const { newest, ranked } = recent(await openHouse(), WHOLE_SITE, 'nowhere');
    expect(problemOf(await newest())).toEqual(siteNotFound);
    expect(problemOf(await ranked())).toEqual(siteNotFound);
  });
});
