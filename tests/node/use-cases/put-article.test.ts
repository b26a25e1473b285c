import { describe, expect, test } from 'vitest';
import { putArticle, updateArticle } from '../../../src/core/article/put-article.ts';
import { readArticle } from '../../../src/core/article/read-article.ts';
import { done, openHouse, problemOf } from '../../support/memory/house.ts';

const siteNotFound = { reason: 'not-found', what: 'site' };
const articleNotFound = { reason: 'not-found', what: 'article' };

describe('an article', () => {
  test('is kept with every text cleaned, and the same topic or author once', async () => {
    const house = await openHouse();
    const dirty = {
      headline: ' The\nferry ',
      topics: [' ice ', 'ice', ''],
      authors: ['Ida', ' Ida'],
      keyPoints: [' ', 'It sails.'],
    };
    const { article, created } = await house.putFerry({ ...dirty, section: ' harbour ' }, 'bridge');
    expect(created).toBe(true);
    expect(article).toMatchObject({
      ...{ headline: 'The ferry', topics: ['ice'], authors: ['Ida'], keyPoints: ['It sails.'], section: 'harbour' },
    });
  });

  test('that a reader’s comment registered is the publisher’s from the first time they put it', async () => {
    const house = await openHouse();
    const page = { url: 'https://news.example/bridge', origin: 'https://news.example' };
    await house.post('cleo', { articleKey: 'bridge', page });
    const { article, created } = await house.putFerry({ headline: 'The bridge' }, 'bridge');
    expect(created).toBe(false);
    expect(article).toMatchObject({ headline: 'The bridge', commentCount: 1 });
  });

  test('is changed in what was sent, cleaned, and in nothing else', async () => {
    const house = await openHouse();
    const context = house.operator();
    const { article: before } = done(await readArticle(house.deps, context, { key: 'ferry' }));
    const fields = { headline: ' Another\nheadline ', commenting: 'closed' as const };
    const { article } = done(await updateArticle(house.deps, context, { key: 'ferry', fields }));
    expect(article).toEqual({
      ...{ ...before, headline: 'Another headline', commenting: 'closed', version: before.version + 1 },
      updatedAt: house.clock.now(),
    });
    const without = done(await updateArticle(house.deps, context, { key: 'ferry', fields: { headline: null } }));
    expect(without.article.headline).toBeNull();
  });

  test('that nobody registered is neither changed nor read', async () => {
    const house = await openHouse();
    const input = { key: 'bridge', fields: { commenting: 'closed' as const } };
    expect(problemOf(await updateArticle(house.deps, house.operator(), input))).toEqual(articleNotFound);
    expect(problemOf(await readArticle(house.deps, house.operator(), input))).toEqual(articleNotFound);
  });

  test('of a site that is not there is neither put, changed nor read', async () => {
    const house = await openHouse();
    const nowhere = { ...house.operator(), site: 'nowhere' };
    const { article } = done(await readArticle(house.deps, house.operator(), { key: 'ferry' }));
    const input = { key: 'ferry', fields: article };
    expect(problemOf(await putArticle(house.deps, nowhere, input))).toEqual(siteNotFound);
    expect(problemOf(await updateArticle(house.deps, nowhere, input))).toEqual(siteNotFound);
    expect(problemOf(await readArticle(house.deps, nowhere, input))).toEqual(siteNotFound);
    expect(house.tables.articles).toHaveLength(1);
  });
});
