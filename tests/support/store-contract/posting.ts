import { describe, expect, test } from 'vitest';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import { lowestIdAt } from '../../../src/core/platform/sortable-id.ts';
import { LIMITS, limitFor } from '../../../src/core/rate-limit/limits.ts';
import { createClock, networkNamed } from '../memory/platform.ts';
import { FERRY, newerThan, type OpenStores, openScene } from './scene.ts';

const PAGE = 'https://news.example/bridge';

export function postingContract(open: OpenStores): void {
  describe('a comment that goes in', () => {
    test('is answered as it is kept, and counted where it is visible', async () => {
      const { insert, article, stores, site } = await openScene(open);
      const published = await insert({ readerId: 'cleo' });
      expect(published).toMatchObject({
        outcome: 'inserted',
        comment: {
          status: 'published',
          revision: 1,
          depth: 0,
          upVotes: 0,
          replyCount: 0,
          editedAt: null,
          reason: null,
        },
      });
      const { version } = await article();
      expect(version).toEqual(newerThan(1));
      await insert({ status: 'pending' });
      await insert({ status: 'rejected' });
      expect(await article()).toMatchObject({ commentCount: 1, version });
      const { counts } = await stores.moderation.findQueue({
        ...{ siteId: site, list: 'pending', order: 'oldest', limit: 1, after: null },
      });
      expect(counts).toMatchObject({ pending: 1, unmoderated: 1, rejected: 1, approved: 0 });
    });

    test('as a reply counts for its root, however deep it stands', async () => {
      const { post, page } = await openScene(open);
      const root = await post();
      const reply = await post({}, root);
      await post({}, reply);
      await post({ status: 'pending' }, root);
      const [top] = (await page()).comments;
      expect(top?.comment.replyCount).toBe(2);
      expect(top?.replies.map(({ replyCount }) => replyCount)).toEqual([0, 0]);
    });
  });

  describe('a comment is refused', () => {
    test('under an article that is closed, or that nobody registered', async () => {
      const { insert, stores, deed } = await openScene(open);
      await stores.articles.put(deed(), 'closed', { ...FERRY, commenting: 'closed' });
      expect(await insert({ articleKey: 'closed', registerUrl: PAGE })).toEqual({ outcome: 'closed' });
      expect(await insert({ articleKey: 'bridge' })).toEqual({ outcome: 'closed' });
    });

    test('under what is no longer visible', async () => {
      const { insert, post, decide } = await openScene(open);
      const parent = await post();
      await decide('reject', [parent]);
      expect(await insert({}, parent)).toEqual({ outcome: 'parent-gone' });
      expect(await insert({ parentId: 'nobody' })).toEqual({ outcome: 'parent-gone' });
    });

    test('under what is in the shadow, but for its own author’s replies that stay there', async () => {
      const { insert, post } = await openScene(open);
      const shadow = { status: 'rejected', shadowed: true } as const;
      const parent = await post({ ...shadow, readerId: 'cleo' });
      expect(await insert({ ...shadow, readerId: 'cleo' }, parent)).toMatchObject({ outcome: 'inserted' });
      expect(await insert({ readerId: 'cleo' }, parent)).toEqual({ outcome: 'parent-gone' });
      expect(await insert({ ...shadow, readerId: 'dora' }, parent)).toEqual({ outcome: 'parent-gone' });
    });

    test.each([
      ['a reader', LIMITS.commentByReader, { readerId: 'busy' }],
      ['a network', LIMITS.commentByNetwork, { network: networkNamed('busy', createClock().now()), isStranger: false }],
      [
        'a network for strangers',
        limitFor(LIMITS.commentByNetwork, true),
        { network: networkNamed('busy', createClock().now()), isStranger: true },
      ],
    ])('beyond the limit of %s, until the first of those in the window has left it', async (_, limit, actor) => {
      const { insert, clock } = await openScene(open);
      const { count, windowSeconds } = limit;
      const first = clock.now();
      for (let i = 0; i < limit.count; i += 1) {
        expect(await insert(actor)).toMatchObject({ outcome: 'inserted' });
        clock.tick(1);
      }
      const retryAt = first + limit.windowSeconds * 1_000;
      const refusal = { limit, count, windowSeconds, retryAt };
      expect(await insert(actor)).toEqual({ outcome: 'limited', refusal });
      expect(await insert()).toMatchObject({ outcome: 'inserted' });
      clock.tick((retryAt - clock.now()) / 1_000 - 0.001);
      expect(await insert(actor)).toMatchObject({ outcome: 'limited' });
      clock.tick(0.001);
      expect(await insert(actor)).toMatchObject({ outcome: 'inserted' });
      expect(await insert(actor)).toMatchObject({ outcome: 'limited', refusal: { retryAt: retryAt + 1_000 } });
    });

    test('beyond the limit of its article, until the minute is over, while other articles take more', async () => {
      const { insert, clock, stores, deed } = await openScene(open);
      await stores.articles.put(deed(), 'bridge', FERRY);
      const limit = LIMITS.commentByArticle;
      const taken = await Promise.all(
        Array.from({ length: 300 }, () => insert({ status: 'pending', isStranger: false })),
      );
      expect(taken.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(300);
      const retryAt = (Math.floor(clock.now() / 60_000) + 1) * 60_000;
      const refusal = { limit, count: 300, windowSeconds: 60, retryAt };
      expect(await insert({ isStranger: false })).toEqual({ outcome: 'limited', refusal });
      expect(await insert({ articleKey: 'bridge' })).toMatchObject({ outcome: 'inserted' });
      clock.tick((retryAt - clock.now()) / 1_000);
      expect(await insert()).toMatchObject({ outcome: 'inserted' });
    });
  });

  describe('an idempotency key', () => {
    const key = { readerId: 'cleo', idempotencyKey: 'key-1' };

    test('that the reader has used names the comment of that time, whatever would be refused now', async () => {
      const { post, insert, stores, deed, article } = await openScene(open);
      const { id } = await post(key);
      await stores.articles.put(deed(), 'ferry', { ...FERRY, commenting: 'closed' });
      expect(await insert(key)).toMatchObject({ outcome: 'replayed', comment: { id } });
      expect(await article()).toMatchObject({ commentCount: 1 });
    });

    test('keeps the hash of the request beside it, for whoever comes with the key again', async () => {
      const { post, insert } = await openScene(open);
      await post({ ...key, requestHash: 'the first' });
      expect(await insert({ ...key, requestHash: 'another' })).toMatchObject({ requestHash: 'the first' });
      expect(await insert({ readerId: 'dora', requestHash: null })).toMatchObject({ requestHash: null });
    });

    test('is each reader’s own', async () => {
      const { insert } = await openScene(open);
      expect(await insert(key)).toMatchObject({ outcome: 'inserted' });
      expect(await insert({ ...key, readerId: 'dora' })).toMatchObject({ outcome: 'inserted' });
    });
  });

  describe('an article that nobody registered', () => {
    const first = { articleKey: 'bridge', registerUrl: PAGE };

    test('is registered by its first comment, and listed from the next relisting on', async () => {
      const { insert, article, stores, site, clock } = await openScene(open);
      expect(await insert(first)).toMatchObject({ outcome: 'inserted' });
      expect(await article('bridge')).toMatchObject({ url: PAGE, headline: null, commentCount: 1, topics: [] });
      const listed = async () => {
        const { articles } = await stores.frontPages.list({
          ...{ siteId: site, kind: 'site', label: '', sort: 'newest', now: clock.now(), limit: 5, after: null },
        });
        return articles.map(({ key }) => key);
      };
      expect(await listed()).toEqual(['ferry']);
      await stores.rankings.relist(50);
      expect(await listed()).toEqual(['bridge', 'ferry']);
    });

    test('is listed for as long as a comment under it is visible, if the publisher has said nothing', async () => {
      const { insert, stores, site, deed, clock } = await openScene(open);
      const listed = async () => {
        await stores.rankings.relist(50);
        const { articles } = await stores.frontPages.list({
          ...{ siteId: site, kind: 'site', label: '', sort: 'newest', now: clock.now(), limit: 5, after: null },
        });
        return articles.map(({ key }) => key);
      };
      expect(await insert({ ...first, status: 'pending' })).toMatchObject({ outcome: 'inserted' });
      expect(await listed()).toEqual(['ferry']);
      await stores.articles.update(deed(), 'bridge', { section: 'City' });
      expect(await listed()).toEqual(['ferry']);
      await stores.articles.update(deed(), 'bridge', { headline: 'The bridge' });
      expect(await listed()).toEqual(['bridge', 'ferry']);
    });

    test('stays unknown when its first comment is refused, and is the publisher’s once it was put', async () => {
      const { insert, stores, site, deed, article } = await openScene(open);
      expect(await insert({ ...first, parentId: 'nobody' })).toEqual({ outcome: 'parent-gone' });
      expect((await stores.articles.find(site, 'bridge')).article).toBeNull();
      await stores.articles.put(deed(), 'bridge', FERRY);
      expect(await insert(first)).toMatchObject({ outcome: 'inserted' });
      expect(await article('bridge')).toMatchObject({ url: FERRY.url, headline: FERRY.headline, commentCount: 1 });
    });
  });

  describe('what screening is told', () => {
    const ask = async (scene: Awaited<ReturnType<typeof openScene>>, comment: Partial<CommentToInsert> = {}) =>
      scene.stores.postings.loadPosting({
        ...{ siteId: scene.site, articleKey: 'ferry', parentId: null, readerId: 'cleo', textHash: 'same' },
        ...{ sameTextSince: scene.clock.now() - 60_000, idempotencyKey: null, now: scene.clock.now() },
        network: networkNamed('anywhere', scene.clock.now()),
        ...comment,
      });

    test('knows nothing of a new reader under an article that nobody registered', async () => {
      const scene = await openScene(open);
      const { article, parent, reader, sameText, earlier, site } = await ask(scene, { articleKey: 'bridge' });
      expect({ article, parent, sameText, earlier }).toEqual({
        article: null,
        parent: null,
        sameText: [],
        earlier: null,
      });
      expect(reader).toEqual({ approvedCount: 0, ban: 'none', banUntil: null });
      expect(site?.id).toBe(scene.site);
    });

    test('holds the same text of a minute, by the reader and by others, and nothing older', async () => {
      const scene = await openScene(open);
      await scene.post({ textHash: 'same' });
      scene.clock.tick(61);
      await scene.post({ textHash: 'same', readerId: 'dora' });
      await scene.post({ textHash: 'same', readerId: 'cleo' });
      const { sameText } = await ask(scene);
      const createdAt = scene.clock.now();
      expect(sameText).toContainEqual({ sameReader: true, sameArticle: true, sameParent: true, createdAt });
      expect(sameText).toContainEqual({ sameReader: false, sameArticle: true, sameParent: true, createdAt });
      expect(sameText.every((one) => one.createdAt === createdAt)).toBe(true);
    });

    test('finds the reader’s own text behind the many who wrote it since', async () => {
      const scene = await openScene(open);
      for (let i = 0; i < 2; i += 1) await scene.post({ textHash: 'same', readerId: 'cleo' });
      for (let i = 0; i < 6; i += 1) await scene.post({ textHash: 'same' });
      const { sameText } = await ask(scene);
      expect(sameText.some(({ sameReader }) => sameReader)).toBe(true);
      expect(sameText.length).toBeGreaterThanOrEqual(4);
    });

    test('finds the reader’s own text in the same place behind the same in others, each comment once', async () => {
      const scene = await openScene(open);
      const [parent, own] = [await scene.post(), { textHash: 'same', readerId: 'cleo' }];
      await scene.post(own);
      for (let i = 0; i < 2; i += 1) await scene.post({ ...own, parentId: parent.id, rootId: parent.id, depth: 1 });
      const here = async (parentId: string | null) => {
        const { sameText } = await ask(scene, { parentId });
        return sameText.map(({ sameParent }) => sameParent).sort();
      };
      expect(await here(null)).toEqual([false, false, true]);
      expect(await here(parent.id)).toEqual([false, true, true]);
      for (let i = 0; i < 4; i += 1) await scene.post({ textHash: 'same' });
      expect((await ask(scene, { parentId: parent.id })).sameText[0]).toMatchObject({
        sameReader: true,
        sameParent: true,
      });
    });

    test('finds the reader’s own text of before, among their latest ten under that article', async () => {
      const scene = await openScene(open);
      const [before, since] = [{ textHash: 'same', readerId: 'cleo' }, scene.clock.now()];
      // The lowest of all ids of its millisecond.
      const id = lowestIdAt(since);
      await scene.post({ ...before, id, rootId: id });
      await scene.post({ ...before, readerId: 'dora', articleKey: 'bridge', registerUrl: PAGE });
      scene.clock.tick(7 * 3_600);
      for (let i = 0; i < 5; i += 1) await scene.post({ textHash: 'same' });
      const isOwn = async (fields: object = {}) => {
        const { sameText } = await ask(scene, { sameTextSince: since, ...fields } as Partial<CommentToInsert>);
        return sameText.some(({ sameReader }) => sameReader);
      };
      for (let i = 0; i < 9; i += 1) {
        await scene.post({ readerId: 'cleo' });
        scene.clock.tick(20);
      }
      expect(await isOwn()).toBe(true);
      expect(await isOwn({ readerId: 'dora' })).toBe(false);
      expect(await isOwn({ sameTextSince: since + 1 })).toBe(false);
      await scene.post({ readerId: 'cleo' });
      expect(await isOwn()).toBe(false);
    });

    test('holds four of those who wrote the same text, however many there are', async () => {
      const scene = await openScene(open);
      for (let i = 0; i < 3; i += 1) await scene.post({ textHash: 'same' });
      expect((await ask(scene)).sameText).toHaveLength(3);
      for (let i = 0; i < 3; i += 1) await scene.post({ textHash: 'same' });
      expect((await ask(scene)).sameText).toHaveLength(4);
    });

    test('names the parent, what was posted with the same key, and how often the reader was approved', async () => {
      const scene = await openScene(open);
      const parent = await scene.post({ readerId: 'cleo', idempotencyKey: 'key-1' });
      await scene.decide('approve', [parent], { reason: 'Well said.' });
      const loaded = await ask(scene, { parentId: parent.id, idempotencyKey: 'key-1' });
      expect(loaded.parent).toMatchObject({ id: parent.id, rootId: parent.id, depth: 0, path: '', status: 'approved' });
      expect(loaded.earlier).toMatchObject({ comment: { id: parent.id, reason: 'Well said.' } });
      expect(loaded.reader.approvedCount).toBe(1);
      expect((await ask(scene, { parentId: parent.id, idempotencyKey: 'key-2' })).earlier).toBeNull();
    });
  });
}
