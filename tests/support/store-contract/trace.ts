import { describe, expect, test } from 'vitest';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import { networkNamed } from '../memory/platform.ts';
import { type OpenStores, openScene, type Scene } from './scene.ts';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

const load = ({ stores, site, clock }: Scene, textHash: string, idempotencyKey: string | null = null) =>
  stores.postings.loadPosting({
    ...{ siteId: site, articleKey: 'ferry', parentId: null, readerId: 'cleo', textHash, idempotencyKey },
    ...{
      sameTextSince: clock.now() - DAY_SECONDS * 1_000,
      now: clock.now(),
      network: networkNamed('anywhere', clock.now()),
    },
  });

const isFound = async (scene: Scene, textHash: string) => (await load(scene, textHash)).sameText.length > 0;

const change = (comment: CommentToInsert, textHash: string) => {
  const { id, articleKey, body, source, textHash: textHashBefore, status } = comment;
  const text = { body, source, textHash, textHashBefore, signals: [], shadowed: false };
  return { id, articleKey, ...text, from: status, to: status, revision: 1 };
};

export function traceContract(open: OpenStores): void {
  describe('the traces of a comment', () => {
    test('find an edited text by its new words alone', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ textHash: 'before', readerId: 'cleo' });
      await scene.stores.ownComments.edit(scene.byReader('cleo'), change(comment, 'after'));
      expect(await isFound(scene, 'before')).toBe(false);
      expect(await isFound(scene, 'after')).toBe(true);
    });

    test('stay with the same text of another comment, whatever becomes of this one', async () => {
      const scene = await openScene(open);
      const mine = { textHash: 'same', readerId: 'cleo' };
      const [edited, erased] = [await scene.post(mine), await scene.post(mine)];
      await scene.post({ textHash: 'same', readerId: 'dora' });
      const { ownComments } = scene.stores;
      await ownComments.edit(scene.byReader('cleo'), change(edited, 'after'));
      const { id, articleKey, status: from, textHash } = erased;
      await ownComments.erase(scene.byReader('cleo'), { id, articleKey, from, revision: 1, textHash });
      expect((await load(scene, 'same')).sameText.map(({ sameReader }) => sameReader)).toEqual([false]);
      expect(await isFound(scene, 'after')).toBe(true);
    });

    test('stay with the text where an edit or an erasure comes too late', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ textHash: 'before', readerId: 'cleo' });
      await scene.post({ status: 'deleted' });
      const { ownComments } = scene.stores;
      await ownComments.edit(scene.byReader('cleo'), { ...change(comment, 'after'), revision: 2 });
      const { id, articleKey, status: from, textHash } = comment;
      await ownComments.erase(scene.byReader('cleo'), { id, articleKey, from, revision: 2, textHash });
      await ownComments.erase(scene.byReader('cleo'), { id, articleKey, from: 'pending', revision: 1, textHash });
      expect(await isFound(scene, 'before')).toBe(true);
    });

    test('find an erased text no more', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ textHash: 'before', readerId: 'cleo' });
      const { id, articleKey, status: from, textHash } = comment;
      const erase = { id, articleKey, from, revision: 1, textHash };
      await scene.stores.ownComments.erase(scene.byReader('cleo'), erase);
      expect(await isFound(scene, 'before')).toBe(false);
    });

    test('find a text at any hour of a day, to the millisecond', async () => {
      const scene = await openScene(open);
      await scene.post({ textHash: 'same' });
      for (const hours of [0, 6, 6, 6, 6]) {
        scene.clock.tick(hours * HOUR_SECONDS);
        expect(await isFound(scene, 'same')).toBe(true);
      }
      scene.clock.tick(0.001);
      expect(await isFound(scene, 'same')).toBe(false);
    });

    test('find a request by its key for a day', async () => {
      const scene = await openScene(open);
      const { id } = await scene.post({ readerId: 'cleo', idempotencyKey: 'key-1' });
      scene.clock.tick(DAY_SECONDS);
      expect((await load(scene, 'none', 'key-1')).earlier).toMatchObject({ comment: { id } });
      scene.clock.tick(DAY_SECONDS);
      expect((await load(scene, 'none', 'key-1')).earlier).toBeNull();
    });

    test('are forgotten when they are older than is said, so many at a time', async () => {
      const scene = await openScene(open);
      const { traces } = scene.stores;
      await scene.post({ textHash: 'older' });
      scene.clock.tick(20 * HOUR_SECONDS);
      await scene.post({ textHash: 'newer' });
      const before = scene.clock.now() - 7 * HOUR_SECONDS * 1_000;
      while ((await traces.forget(scene.clock.now() - 20 * HOUR_SECONDS * 1_000, 100)) > 0);
      expect(await isFound(scene, 'older')).toBe(true);
      expect(await traces.forget(before, 1)).toBe(1);
      while ((await traces.forget(before, 100)) > 0);
      expect(await isFound(scene, 'older')).toBe(false);
      expect(await isFound(scene, 'newer')).toBe(true);
    });

    test('are all there is to forget: no comment keeps more', async () => {
      const scene = await openScene(open);
      await scene.post();
      expect(await scene.stores.traces.emptyOld(100)).toBe(0);
    });
  });
}
