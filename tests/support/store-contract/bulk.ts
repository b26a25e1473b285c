import { describe, expect, test } from 'vitest';
import type { CompleteComment } from '../../../src/core/comment/bulk-store.ts';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import { FERRY, newerThan, type OpenStores, openScene, type Scene } from './scene.ts';

const complete = (
  { draft }: Scene,
  fields: Partial<CompleteComment> = {},
  under: CompleteComment | null = null,
): CompleteComment => {
  const { id, parentId, rootId, depth, path, ...comment } = draft({}, under as CommentToInsert | null);
  const { articleKey, readerId, authorName, authorEmail, body, source, status, signals, createdAt } = comment;
  return {
    ...{ id, parentId, rootId, depth, path, articleKey, readerId, authorName, authorEmail, body, source },
    ...{ status, signals, createdAt, upVotes: 0, downVotes: 0, flags: [] },
    ...fields,
  };
};

export function bulkContract(open: OpenStores): void {
  describe('comments in bulk', () => {
    test('stand where they were, and count as if they had been posted', async () => {
      const scene = await openScene(open);
      const root = complete(scene, { upVotes: 3, downVotes: 1, readerId: 'cleo' });
      const gone = complete(scene, { status: 'deleted', body: [], source: '', authorName: '' }, root);
      const reply = complete(scene, { readerId: 'cleo', status: 'approved' }, gone);
      const rejected = complete(scene, { status: 'rejected', readerId: 'cleo' });
      await scene.stores.bulk.insertComplete(scene.site, [root, gone, reply, rejected]);
      expect(await scene.shown()).toEqual([root.id, gone.id, reply.id]);
      expect((await scene.page()).comments[0]?.comment).toMatchObject({ upVotes: 3, downVotes: 1, replyCount: 1 });
      expect(await scene.article()).toMatchObject({ commentCount: 2, version: newerThan(1) });
      const { entry } = await scene.dossierOf({ ...scene.draft(), id: reply.id });
      expect(entry.comment).toMatchObject({ source: reply.source, body: reply.body, revision: 1 });
      expect(entry.reader).toMatchObject({ commentCount: 3, approvedCount: 0, rejectedCount: 1 });
    });

    test('stand below each removed one that they answer, from the top-level comment on', async () => {
      const scene = await openScene(open);
      const chain = [complete(scene, { status: 'deleted' })];
      for (let i = 0; i < 2; i += 1) chain.push(complete(scene, { status: 'deleted' }, chain.at(-1)));
      chain.push(complete(scene, {}, chain.at(-1)));
      await scene.stores.bulk.insertComplete(scene.site, chain);
      expect(await scene.shown()).toEqual(chain.map(({ id }) => id));
    });

    test('add to the counts of those before them, each to its own article, thread, hour, reader and status', async () => {
      const scene = await openScene(open);
      const { stores, site, clock } = scene;
      await stores.articles.put(scene.deed(), 'bridge', FERRY);
      const [ferry, bridge] = [complete(scene), complete(scene, { articleKey: 'bridge' })];
      const byCleo = { readerId: 'cleo' };
      const rejected = { ...byCleo, status: 'rejected' } as const;
      await stores.bulk.insertComplete(site, [ferry, bridge, complete(scene, byCleo), complete(scene, rejected)]);
      const second = [1, 2, 3].map(() => complete(scene, { ...byCleo, articleKey: 'bridge' }, bridge));
      const replies = [complete(scene, byCleo, ferry), ...second];
      await stores.bulk.insertComplete(site, [...replies, complete(scene, rejected), complete(scene, rejected)]);
      const counted = [await scene.article(), await scene.article('bridge')];
      expect(counted.map(({ commentCount }) => commentCount)).toEqual([3, 4]);
      const threads = [await scene.page(), await scene.page({ articleKey: 'bridge' })];
      expect(threads.map(({ comments }) => comments[0]?.comment.replyCount)).toEqual([1, 3]);
      const { entry } = await scene.dossierOf({ ...scene.draft(), id: replies[0]?.id ?? '' });
      expect(entry.reader).toMatchObject({ commentCount: 8, rejectedCount: 3 });
      const queue = { siteId: site, list: 'pending', order: 'oldest', limit: 1, after: null } as const;
      expect((await stores.moderation.findQueue(queue)).counts).toMatchObject({ unmoderated: 7, rejected: 3 });
      await stores.rankings.turnHour(site, clock.now());
      while ((await stores.rankings.relist(50)) > 0);
      const ranking = {
        siteId: site,
        list: { kind: 'site', label: '' },
        hours: 1,
        limit: 5,
        now: clock.now(),
      } as const;
      const { articles } = await stores.frontPages.findMostCommented(ranking);
      expect(articles.map(({ key }) => key)).toEqual(['bridge', 'ferry']);
    });

    test('are a reader’s first ones where they are older than what was posted, and only there', async () => {
      const scene = await openScene(open);
      const posted = await scene.post({ readerId: 'cleo' });
      for (const [seconds, first] of [
        [60, 0],
        [-60, -60],
      ] as const) {
        const createdAt = posted.createdAt + seconds * 1_000;
        const [one, later] = [createdAt, createdAt + 1].map((at) => ({ readerId: 'cleo', createdAt: at }));
        await scene.stores.bulk.insertComplete(scene.site, [complete(scene, one), complete(scene, later)]);
        const { reader } = (await scene.dossierOf(posted)).entry;
        expect(reader.firstSeenAt).toBe(posted.createdAt + first * 1_000);
      }
    });

    test('bring their reports, which a decision settles', async () => {
      const scene = await openScene(open);
      const flags = [{ readerId: 'dora', reason: 'spam', note: 'Look.', createdAt: scene.clock.now() }];
      const comment = complete(scene, { flags });
      await scene.stores.bulk.insertComplete(scene.site, [comment]);
      const queue = { siteId: scene.site, list: 'reported', order: 'oldest', limit: 5, after: null } as const;
      const { entries, counts } = await scene.stores.moderation.findQueue(queue);
      expect(entries.map(({ comment: { id, flagCount } }) => [id, flagCount])).toEqual([[comment.id, 1]]);
      expect(counts).toMatchObject({ reported: 1, unmoderated: 1 });
      await scene.flag(comment, 'dora');
      const { flags: kept } = await scene.dossierOf({ ...scene.draft(), id: comment.id });
      expect(kept).toEqual([{ reason: 'spam', note: 'Look.', at: scene.clock.now() }]);
      expect((await scene.decide('approve', [comment])).counts.reported).toBe(0);
    });

    test('go in all together or not at all', async () => {
      const scene = await openScene(open);
      const [one, two] = [complete(scene), complete(scene)];
      await scene.stores.bulk.insertComplete(scene.site, [one]);
      await expect(scene.stores.bulk.insertComplete(scene.site, [two, one])).rejects.toThrow();
      expect(await scene.shown()).toEqual([one.id]);
      await scene.stores.bulk.insertComplete(scene.site, []);
      expect(await scene.article()).toMatchObject({ commentCount: 1, version: newerThan(1) });
    });
  });
}
