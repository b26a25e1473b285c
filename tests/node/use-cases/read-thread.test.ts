import { describe, expect, test } from 'vitest';
import { readPermalink, readReplies } from '../../../src/core/thread/read-replies.ts';
import { readThread } from '../../../src/core/thread/read-thread.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';

type ThreadQuery = Parameters<typeof readThread>[2];

const thread = (house: House, query: Partial<ThreadQuery> = {}, site = house.site) =>
  readThread(
    house.deps,
    { ...house.by({ kind: 'visitor' }), site },
    { ...{ articleKey: 'ferry', sort: 'oldest', limit: 10, after: null, held: [] }, ...query },
  );

const page = async (house: House, query: Partial<ThreadQuery> = {}) => {
  const found = done(await thread(house, query));
  if ('unchanged' in found) throw new Error('the thread is unchanged');
  return found;
};

const versionOf = async (house: House) => (await page(house)).article?.version ?? 0;

const around = (house: House, commentId: string, held: number[] = []) => {
  const input = { articleKey: 'ferry', commentId, held };
  const visitor = house.by({ kind: 'visitor' } as const);
  return {
    replies: (afterPath: string | null = null, limit = 10) =>
      readReplies(house.deps, visitor, { ...input, afterPath, limit }),
    permalink: () => readPermalink(house.deps, visitor, input),
  };
};

describe('a thread', () => {
  test('of an article that nobody registered is empty where a comment may register it, and else unknown', async () => {
    const open = await openHouse();
    expect(await page(open, { articleKey: 'bridge' })).toMatchObject({ article: null, comments: [], next: null });
    const strict = await openHouse({ unknownArticles: 'refuse' });
    const result = await thread(strict, { articleKey: 'bridge' });
    expect(problemOf(result)).toEqual({ reason: 'article-unknown', registrable: false });
    expect(problemOf(await thread(open, {}, 'nowhere'))).toEqual({ reason: 'not-found', what: 'site' });
  });

  test('is unchanged for whoever holds its version, until something is seen in it', async () => {
    const house = await openHouse();
    await house.post('cleo');
    const version = await versionOf(house);
    expect(done(await thread(house, { held: [version] }))).toEqual({ unchanged: version });
    expect(done(await thread(house, { held: [version - 1, version] }))).toEqual({ unchanged: version });
    expect(done(await thread(house, { held: [version - 1] }))).toMatchObject({ article: { version } });
    await house.post('dora');
    expect(done(await thread(house, { held: [version] }))).toMatchObject({ comments: [{}, {}] });
  });

  test('of an article that nobody registered is never unchanged', async () => {
    const house = await openHouse();
    expect(done(await thread(house, { articleKey: 'bridge', held: [0, 1] }))).toMatchObject({ article: null });
  });

  test.each([
    [5, false],
    [6, true],
  ])('shows the first five replies of a conversation of %i, and whether there are more', async (replies, hasMore) => {
    const house = await openHouse();
    const { id: parentId } = await house.post('cleo');
    for (let i = 0; i < replies; i += 1) await house.post(`reader-${i}`, { parentId });
    const [conversation] = (await page(house)).comments;
    expect(conversation?.replies).toHaveLength(5);
    expect(conversation?.hasMoreReplies).toBe(hasMore);
  });
});

describe('what stands around a comment', () => {
  test('is unchanged for whoever holds the version of its article', async () => {
    const house = await openHouse();
    const { id } = await house.post('cleo');
    const version = await versionOf(house);
    const { replies, permalink } = around(house, id, [version]);
    expect(done(await replies())).toEqual({ unchanged: version });
    expect(done(await permalink())).toEqual({ unchanged: version });
    const older = around(house, id, [version - 1]);
    expect(done(await older.replies())).toMatchObject({ version, replies: [] });
    expect(done(await older.permalink())).toMatchObject({ comment: { id } });
  });

  test('is found for what stands in the thread, whatever version is held', async () => {
    const house = await openHouse({ moderation: 'pre' });
    const { id } = await house.post('cleo');
    const version = await versionOf(house);
    for (const held of [[], [version]]) {
      for (const gone of [id, 'nobody']) {
        const { replies, permalink } = around(house, gone, held);
        expect(problemOf(await replies())).toEqual({ reason: 'not-found', what: 'comment' });
        expect(problemOf(await permalink())).toEqual({ reason: 'not-found', what: 'comment' });
      }
    }
  });

  test('are what it answers, the first replies and three neighbours on each side', async () => {
    const house = await openHouse();
    const roots = [];
    for (let i = 0; i < 9; i += 1) roots.push((await house.post(`reader-${i}`)).id);
    const reply = await house.post('cleo', { parentId: roots[4] ?? '' });
    const ids = (comments: { id: string }[]) => comments.map(({ id }) => id);
    const found = done(await around(house, roots[4] ?? '').permalink());
    if ('unchanged' in found) throw new Error('nothing was held');
    expect(ids(found.siblings.earlier)).toEqual(roots.slice(1, 4));
    expect(ids(found.siblings.later)).toEqual(roots.slice(5, 8));
    expect(ids(found.replies)).toEqual([reply.id]);
    expect(done(await around(house, reply.id).permalink())).toMatchObject({ ancestors: [{ id: roots[4] }] });
  });

  test('are replies in the order of the tree, page by page', async () => {
    const house = await openHouse();
    const root = await house.post('cleo');
    const first = await house.post('dora', { parentId: root.id });
    const second = await house.post('emil', { parentId: root.id });
    const below = await house.post('fred', { parentId: first.id });
    const { replies } = around(house, root.id);
    const page1 = done(await replies(null, 2));
    if ('unchanged' in page1) throw new Error('nothing was held');
    expect(page1.replies.map(({ id }) => id)).toEqual([first.id, below.id]);
    expect(page1.hasMore).toBe(true);
    expect(done(await replies(page1.replies[1]?.path))).toMatchObject({ replies: [{ id: second.id }], hasMore: false });
  });
});

test('whoever holds no version is answered with one question to the store', async () => {
  const house = await openHouse();
  const { id } = await house.post('cleo');
  const asked: PropertyKey[] = [];
  const threads = new Proxy(house.deps.threads, {
    get: (store, method) => {
      asked.push(method);
      return Reflect.get(store, method);
    },
  });
  const watched = { ...house, deps: { ...house.deps, threads } };
  await thread(watched);
  await around(watched, id).replies();
  await around(watched, id).permalink();
  expect(asked).toEqual(['findPage', 'findReplies', 'findPermalink']);
});
