import { describe, expect, test } from 'vitest';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import type { ThreadPosition } from '../../../src/core/thread/thread.ts';
import { type OpenStores, openScene, type Scene } from './scene.ts';

type Sort = 'newest' | 'oldest' | 'top';

const idsOf = (comments: { id: string }[]) => comments.map(({ id }) => id);

/** The ids of every page, until there is none after it. */
const walk = async (scene: Scene, sort: Sort, limit: number): Promise<string[][]> => {
  const pages: string[][] = [];
  let after: ThreadPosition | null = null;
  do {
    const page: Awaited<ReturnType<typeof scene.page>> = await scene.page({ sort, limit, after });
    pages.push(page.comments.map(({ comment }) => comment.id));
    after = page.next;
  } while (after !== null);
  return pages;
};

const vote = (scene: Scene, comment: CommentToInsert, up: number, down: number) =>
  Promise.all(Array.from({ length: up + down }, (_, i) => scene.vote(comment, `voter-${i}`, i < up ? 1 : -1)));

/** A tree of two conversations: the paths of the first are in another order than the times of posting. */
const plant = async (scene: Scene) => {
  const root = await scene.post();
  const first = await scene.post({}, root);
  const second = await scene.post({}, root);
  const belowFirst = await scene.post({}, first);
  const belowSecond = await scene.post({}, second);
  const deepest = await scene.post({}, belowFirst);
  const other = await scene.post();
  return { root, first, second, belowFirst, belowSecond, deepest, other };
};

export function threadContract(open: OpenStores): void {
  describe('a page of a thread', () => {
    test.each<[Sort, (ids: string[]) => string[]]>([
      ['oldest', (ids) => ids],
      ['newest', (ids) => ids.toReversed()],
      ['top', (ids) => ids.toReversed()],
    ])('in the order %s has each comment once, and the last says that it is the last', async (sort, inOrder) => {
      const scene = await openScene(open);
      const ids: string[] = [];
      for (let i = 0; i < 5; i += 1) ids.push((await scene.post()).id);
      const [a, b, c, d, e] = inOrder(ids);
      expect(await walk(scene, sort, 2)).toEqual([[a, b], [c, d], [e]]);
      expect(await walk(scene, sort, 5)).toEqual([[a, b, c, d, e]]);
    });

    test('in the order of votes has the surest first, and the newer of two alike', async () => {
      const scene = await openScene(open);
      const comments = [];
      for (const [up, down] of [
        [1, 0],
        [3, 1],
        [0, 2],
        [4, 0],
        [1, 0],
        [0, 0],
      ] as const) {
        const comment = await scene.post();
        await vote(scene, comment, up, down);
        comments.push(comment.id);
      }
      const [one, threeOfFour, noneOfTwo, four, oneLater, none] = comments;
      expect(await walk(scene, 'top', 2)).toEqual([
        [four, threeOfFour],
        [oneLater, one],
        [none, noneOfTwo],
      ]);
    });

    test('holds the first replies of each conversation in the order of the tree, and says whether there are more', async () => {
      const scene = await openScene(open);
      const { root, first, belowFirst, deepest, second, belowSecond, other } = await plant(scene);
      const [top, last] = (await scene.page({ repliesEach: 5 })).comments;
      expect(top?.comment).toMatchObject({ id: root.id, replyCount: 5 });
      expect(idsOf(top?.replies ?? [])).toEqual(idsOf([first, belowFirst, deepest, second, belowSecond]));
      expect(top?.hasMoreReplies).toBe(false);
      expect(last).toMatchObject({ comment: { id: other.id, replyCount: 0 }, replies: [], hasMoreReplies: false });
      const [short] = (await scene.page({ repliesEach: 4 })).comments;
      expect(idsOf(short?.replies ?? [])).toEqual(idsOf([first, belowFirst, deepest, second]));
      expect(short?.hasMoreReplies).toBe(true);
    });

    test('shows what is visible under that article alone', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.post({ status: 'pending' });
      await scene.post({ status: 'rejected', shadowed: true });
      await scene.post({ articleKey: 'bridge', registerUrl: 'https://news.example/bridge' });
      expect(await scene.shown()).toEqual([comment.id]);
    });

    test('of an article or a site that is not there is empty and says so', async () => {
      const scene = await openScene(open);
      const empty = { comments: [], next: null, article: null };
      expect(await scene.page({ articleKey: 'bridge' })).toMatchObject({ ...empty, site: { id: scene.site } });
      expect(await scene.page({ siteId: 'nowhere' })).toEqual({ ...empty, site: null });
    });
  });

  test('a thread’s version is its article’s, also as asked for by a comment that stands in it', async () => {
    const scene = await openScene(open);
    const { stores, site } = scene;
    const [comment, hidden] = [await scene.post(), await scene.post({ status: 'pending' })];
    const { version } = await scene.article();
    expect(await stores.threads.findVersion(site, 'ferry')).toBe(version);
    expect(await stores.threads.findVersion(site, 'bridge')).toBeNull();
    expect(await stores.threads.findVersionAt(scene.place(comment))).toBe(version);
    expect(await stores.threads.findVersionAt(scene.place(hidden))).toBeNull();
    expect(await stores.threads.findVersionAt({ ...scene.place(comment), articleKey: 'bridge' })).toBeNull();
  });

  describe('the newest comments under an article', () => {
    test('are the visible ones of all depths, as many as are asked for', async () => {
      const scene = await openScene(open);
      const { first, second, belowFirst, belowSecond, deepest, other } = await plant(scene);
      await scene.decide('reject', [first, belowSecond]);
      const newest = async (limit: number) =>
        idsOf((await scene.stores.threads.findNewest({ siteId: scene.site, articleKey: 'ferry', limit })).comments);
      expect(await newest(4)).toEqual(idsOf([other, deepest, belowFirst, second]));
      expect(await newest(1)).toEqual([other.id]);
    });

    test('come with the article, and there are none where it is not there', async () => {
      const scene = await openScene(open);
      const under = (articleKey: string) =>
        scene.stores.threads.findNewest({ siteId: scene.site, articleKey, limit: 5 });
      expect(await under('ferry')).toMatchObject({ article: { key: 'ferry' }, comments: [] });
      expect(await under('nowhere')).toEqual({ article: null, comments: [] });
    });
  });

  describe('the replies below a comment', () => {
    test('come in the order of the tree, page by page', async () => {
      const scene = await openScene(open);
      const { root, first, belowFirst, deepest, second, belowSecond } = await plant(scene);
      const pages: string[][] = [];
      let afterPath: string | null = null;
      for (let isMore = true; isMore; ) {
        const query = { ...scene.place(root), afterPath, limit: 2 };
        const page: Awaited<ReturnType<typeof scene.stores.threads.findReplies>> =
          await scene.stores.threads.findReplies(query);
        pages.push(idsOf(page?.replies ?? []));
        afterPath = page?.replies.at(-1)?.path ?? null;
        isMore = page?.hasMore ?? false;
      }
      expect(pages).toEqual([idsOf([first, belowFirst]), idsOf([deepest, second]), idsOf([belowSecond])]);
    });

    test('are those of its own branch, whatever place is named', async () => {
      const scene = await openScene(open);
      const { first, belowFirst, deepest, second, belowSecond } = await plant(scene);
      const below = (comment: CommentToInsert, afterPath: string | null) =>
        scene.stores.threads.findReplies({ ...scene.place(comment), afterPath, limit: 5 });
      expect(idsOf((await below(first, null))?.replies ?? [])).toEqual(idsOf([belowFirst, deepest]));
      expect(idsOf((await below(second, belowFirst.path))?.replies ?? [])).toEqual(idsOf([belowSecond]));
      expect((await below(first, belowSecond.path))?.replies).toEqual([]);
    });

    test('are asked for by a comment that stands in the thread', async () => {
      const scene = await openScene(open);
      const hidden = await scene.post({ status: 'pending' });
      const query = { ...scene.place(hidden), afterPath: null, limit: 5 };
      expect(await scene.stores.threads.findReplies(query)).toBeNull();
    });
  });

  describe('a permalink', () => {
    const find = (scene: Scene, comment: CommentToInsert, replies = 5, siblingsEachSide = 2) =>
      scene.stores.threads.findPermalink({ ...scene.place(comment), replies, siblingsEachSide });

    test('shows what the comment answers, what answers it, and its neighbours', async () => {
      const scene = await openScene(open);
      const { root, first, belowFirst, deepest, second } = await plant(scene);
      const found = await find(scene, belowFirst);
      expect(found).toMatchObject({
        comment: { id: belowFirst.id },
        article: { key: 'ferry' },
        site: { id: scene.site },
      });
      expect(idsOf(found?.ancestors ?? [])).toEqual(idsOf([root, first]));
      expect(idsOf(found?.replies ?? [])).toEqual(idsOf([deepest]));
      expect(found).toMatchObject({ hasMore: false, siblings: { earlier: [], later: [] } });
      const beside = await find(scene, second, 1);
      expect(idsOf(beside?.siblings.earlier ?? [])).toEqual(idsOf([first]));
    });

    test('has the nearest neighbours on each side, oldest first, top-level or replies', async () => {
      const scene = await openScene(open);
      const roots = [];
      for (let i = 0; i < 7; i += 1) roots.push(await scene.post());
      const [a, b, c, d, e, f, g] = roots as [CommentToInsert, ...CommentToInsert[]] as CommentToInsert[];
      const top = await find(scene, d as CommentToInsert);
      expect(top?.siblings.earlier.map(({ id }) => id)).toEqual([b?.id, c?.id]);
      expect(top?.siblings.later.map(({ id }) => id)).toEqual([e?.id, f?.id]);
      const replies = [];
      for (let i = 0; i < 5; i += 1) {
        const reply = await scene.post({}, a);
        await scene.post({}, reply);
        replies.push(reply);
      }
      const [first, second, third, fourth, fifth] = replies;
      const reply = await find(scene, third as CommentToInsert);
      expect(reply?.siblings.earlier.map(({ id }) => id)).toEqual([first?.id, second?.id]);
      expect(reply?.siblings.later.map(({ id }) => id)).toEqual([fourth?.id, fifth?.id]);
      expect((await find(scene, g as CommentToInsert))?.siblings.later).toEqual([]);
    });

    test('shows so many replies and says that there are more', async () => {
      const scene = await openScene(open);
      const { root, first, belowFirst } = await plant(scene);
      const found = await find(scene, root, 2);
      expect(idsOf(found?.replies ?? [])).toEqual(idsOf([first, belowFirst]));
      expect(found?.hasMore).toBe(true);
    });

    test('of a tombstone shows it with what stands below, and of what is not in the thread nothing', async () => {
      const scene = await openScene(open);
      const { root, other } = await plant(scene);
      await scene.decide('reject', [root, other]);
      expect(await find(scene, root)).toMatchObject({ comment: { status: 'rejected', replyCount: 5 } });
      expect(await find(scene, other)).toBeNull();
      expect(await find(scene, { ...root, articleKey: 'bridge' })).toBeNull();
    });
  });
}
