import { describe, expect, test } from 'vitest';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import { type OpenStores, openScene, type Scene } from './scene.ts';

const flag = async (scene: Scene, comment: CommentToInsert, readerId: string) =>
  (await scene.flag(comment, readerId)).outcome === 'done';

export function flagContract(open: OpenStores): void {
  describe('a report', () => {
    test('is one a reader, however often they send it', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      for (const reader of ['dora', 'dora', 'emil']) expect(await flag(scene, comment, reader)).toBe(true);
      expect((await scene.dossierOf(comment)).entry.comment.flagCount).toBe(2);
    });

    test('that was settled is not opened by the same reader again', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await flag(scene, comment, 'dora');
      const { counts } = await scene.decide('approve', [comment]);
      expect(counts.reported).toBe(0);
      expect(await flag(scene, comment, 'dora')).toBe(true);
      const again = await scene.decide('approve', [{ ...comment, status: 'approved' }]);
      expect(again.counts.reported).toBe(0);
    });

    test('of what its reader cannot see finds nothing', async () => {
      const scene = await openScene(open);
      expect(await flag(scene, await scene.post({ status: 'pending' }), 'dora')).toBe(false);
      const comment = await scene.post();
      expect(await flag(scene, { ...comment, articleKey: 'bridge' }, 'dora')).toBe(false);
      expect(await flag(scene, { ...comment, id: 'nobody' }, 'dora')).toBe(false);
    });

    test('of one’s own comment in the shadow is thanked for and reaches nobody', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo', status: 'rejected', shadowed: true });
      expect(await flag(scene, comment, 'cleo')).toBe(true);
      expect((await scene.dossierOf(comment)).flags).toEqual([]);
    });
  });
}
