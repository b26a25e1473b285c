import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBody } from '../../../src/core/body/parse-body.ts';
import type { CommentStatus } from '../../../src/core/comment/comment-status.ts';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import { type Decision, statusAfter } from '../../../src/core/moderation/decision.ts';
import { ADA, type OpenStores, openScene, type Scene } from './scene.ts';

const flag = async (scene: Scene, comment: CommentToInsert, readerId: string) =>
  (await scene.flag(comment, readerId)).outcome === 'done';

const READERS = ['dora', 'emil', 'fred'];

/** The desk's list of reported comments, and the number beside it. */
const reported = async ({ stores, site: siteId }: Scene): Promise<[number, string[]]> => {
  const queue = { siteId, list: 'reported', order: 'oldest', limit: 5, after: null } as const;
  const { counts, entries } = await stores.moderation.findQueue(queue);
  return [counts.reported, entries.map(({ comment }) => comment.id)];
};

const edit = ({ stores, byReader }: Scene, { id, articleKey, status, readerId }: CommentToInsert, revision: number) =>
  stores.ownComments.edit(byReader(readerId), {
    ...{ id, articleKey, from: status, to: status, revision, shadowed: false, signals: [] },
    ...{ body: parseBody('Changed.').body, source: 'Changed.', textHash: 'changed', textHashBefore: 'before' },
  });

const undo = (
  { stores, deed }: Scene,
  { id, articleKey, status: from }: CommentToInsert,
  to: CommentStatus,
  revision = 1,
) =>
  stores.moderation.decide(deed(ADA), {
    ...{ verb: 'comment.decision-undone', reason: '' },
    changes: [{ id, articleKey, from, to, revision }],
  });

interface Report {
  by: string;
  isOpen: boolean;
}

/** Decides, or undoes the decision before, and keeps account of the reports that this settles or opens again. */
const decider = (scene: Scene, reports: Report[]) => {
  let last: { from: CommentStatus; settled: Report[] } | null = null;
  return {
    forget: () => {
      last = null;
    },
    act: async (act: string, comment: CommentToInsert, revision: number): Promise<CommentToInsert> => {
      if (act === 'undo') {
        if (last === null) return comment;
        const { from: status, settled } = last;
        await undo(scene, comment, status, revision);
        for (const report of settled) report.isOpen = true;
        last = null;
        return { ...comment, status };
      }
      const to = statusAfter(act as Decision, comment.status);
      if (to === null) return comment;
      await scene.decide(act as Decision, [{ ...comment, revision }]);
      last = { from: comment.status, settled: reports.filter(({ isOpen }) => isOpen) };
      for (const report of reports) report.isOpen = false;
      return { ...comment, status: to };
    },
  };
};

/**
 * Does all of these, a report being named for its reader, and keeps account of each report: a reader's next one is
 * another only when their last is settled. After each step the store has counted the same.
 */
const walk = async (scene: Scene, posted: CommentToInsert, acts: string[]): Promise<void> => {
  let [comment, revision] = [posted, 1];
  const reports: Report[] = [];
  const decisions = decider(scene, reports);
  for (const act of acts) {
    scene.clock.tick(61);
    if (act === 'edit') {
      await edit(scene, comment, revision);
      revision += 1;
      decisions.forget();
    } else if (READERS.includes(act)) {
      const isTaken = await flag(scene, comment, act);
      const isOpen = reports.findLast(({ by }) => by === act)?.isOpen === true;
      if (isTaken && !isOpen) reports.push({ by: act, isOpen: true });
    } else comment = await decisions.act(act, comment, revision);
    const { entry, flags } = await scene.dossierOf(comment);
    expect([entry.comment.flagCount, flags.length]).toEqual([
      reports.length,
      new Set(reports.map(({ by }) => by)).size,
    ]);
    const isReported = reports.some(({ isOpen }) => isOpen);
    expect(await reported(scene)).toEqual(isReported ? [1, [comment.id]] : [0, []]);
  }
};

export function flagContract(open: OpenStores): void {
  describe('a report', () => {
    test('is one a reader, however often they send it', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      for (const reader of ['dora', 'dora', 'emil']) expect(await flag(scene, comment, reader)).toBe(true);
      expect((await scene.dossierOf(comment)).entry.comment.flagCount).toBe(2);
    });

    test('is new after a decision, whatever it says now, and a repeat with nothing in between is none', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.flag(comment, 'dora', { reason: 'spam', note: 'Before.' });
      expect((await scene.decide('approve', [comment])).counts.reported).toBe(0);
      for (let i = 0; i < 2; i += 1) {
        scene.clock.tick(5);
        await scene.flag(comment, 'dora', { reason: 'personal-information', note: `After ${i}.` });
      }
      const { entry, flags } = await scene.dossierOf(comment);
      expect(entry.comment.flagCount).toBe(2);
      expect(flags).toEqual([{ reason: 'personal-information', note: 'After 0.', at: scene.clock.now() - 5_000 }]);
      expect(await reported(scene)).toEqual([1, [comment.id]]);
      const again = await scene.decide('approve', [{ ...comment, status: 'approved' }]);
      expect(again.counts.reported).toBe(0);
    });

    test('of a comment that was edited since says what it says now, and counts once', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.flag(comment, 'dora', { note: 'Before.' });
      await edit(scene, comment, 1);
      await scene.flag(comment, 'dora', { note: 'After.' });
      const { entry, flags } = await scene.dossierOf(comment);
      expect([entry.comment.flagCount, flags.map(({ note }) => note)]).toEqual([1, ['After.']]);
      expect(await reported(scene)).toEqual([1, [comment.id]]);
    });

    test('that an undo has opened again is open, and one settled before the decision undone stays settled', async () => {
      const scene = await openScene(open);
      const comment = { ...(await scene.post()), status: 'approved' as const };
      await flag(scene, comment, 'dora');
      await scene.decide('approve', [{ ...comment, status: 'published' }]);
      await undo(scene, comment, 'published');
      await flag(scene, comment, 'dora');
      expect((await scene.dossierOf(comment)).entry.comment.flagCount).toBe(1);
      await scene.decide('approve', [{ ...comment, status: 'published' }]);
      await scene.decide('approve', [comment]);
      await undo(scene, comment, 'approved');
      await flag(scene, comment, 'dora');
      expect((await scene.dossierOf(comment)).entry.comment.flagCount).toBe(2);
      expect(await reported(scene)).toEqual([1, [comment.id]]);
    });

    test('counts exactly, after any reports, edits, decisions and undos', async () => {
      const act = fc.constantFrom(...READERS, 'edit', 'approve', 'reject', 'restore', 'undo');
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
          const scene = await openScene(open);
          await walk(scene, await scene.post(), acts);
        }),
        { numRuns: 12 },
      );
    });

    test('of what its reader cannot see finds nothing', async () => {
      const scene = await openScene(open);
      expect(await flag(scene, await scene.post({ status: 'pending' }), 'dora')).toBe(false);
      const comment = await scene.post();
      expect(await flag(scene, { ...comment, articleKey: 'bridge' }, 'dora')).toBe(false);
      expect(await flag(scene, { ...comment, id: 'nobody' }, 'dora')).toBe(false);
    });

    test('by a banned reader is refused, by a shadow-banned one thanked for and not stored, while the ban holds', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      for (const readerId of ['dora', 'emil']) await scene.post({ readerId });
      const until = scene.clock.now() + 60_000;
      await scene.stores.readers.ban(scene.deed(), 'dora', 'ban', until);
      await scene.stores.readers.ban(scene.deed(), 'emil', 'shadow-ban', until);
      expect(await scene.flag(comment, 'dora')).toEqual({ outcome: 'banned', until });
      expect(await scene.flag(comment, 'emil')).toEqual({ outcome: 'done' });
      expect(await reported(scene)).toEqual([0, []]);
      expect((await scene.dossierOf(comment)).flags).toEqual([]);
      scene.clock.tick(60);
      for (const reader of ['dora', 'emil']) expect(await scene.flag(comment, reader)).toEqual({ outcome: 'done' });
      expect((await scene.dossierOf(comment)).entry.comment.flagCount).toBe(2);
    });

    test('of one’s own comment in the shadow is thanked for and reaches nobody', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo', status: 'rejected', shadowed: true });
      expect(await flag(scene, comment, 'cleo')).toBe(true);
      expect((await scene.dossierOf(comment)).flags).toEqual([]);
    });
  });
}
