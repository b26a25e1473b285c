import { describe, expect, test } from 'vitest';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import { ADA, BEN, newerThan, type OpenStores, openScene, type Scene } from './scene.ts';

const report = (scene: Scene, comment: CommentToInsert, readerId: string) =>
  scene.flag(comment, readerId, { reason: 'offensive', note: `By ${readerId}.` });

const queue = ({ stores, site }: Scene, query: Partial<Parameters<typeof stores.moderation.findQueue>[0]> = {}) =>
  stores.moderation.findQueue({ siteId: site, list: 'pending', order: 'oldest', limit: 10, after: null, ...query });

const lastDecisions = ({ stores, site }: Scene, ...comments: CommentToInsert[]) =>
  stores.moderation.findLastDecisions(
    site,
    comments.map(({ id, articleKey }) => ({ id, articleKey })),
  );

/** Takes back a decision that led from one status to another. */
const undo = (
  { stores, deed }: Scene,
  { id, articleKey, revision = 1 }: CommentToInsert & { revision?: number },
  from: CommentToInsert['status'],
) => ({
  to: (to: CommentToInsert['status']) =>
    stores.moderation.decide(deed(), {
      verb: 'comment.decision-undone',
      reason: '',
      changes: [{ id, articleKey, from, to, revision }],
    }),
});

export function moderationContract(open: OpenStores): void {
  describe('a decision', () => {
    test('moves the comment and every count in one step', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ status: 'pending', readerId: 'cleo' });
      const { version } = await scene.article();
      const { results, counts } = await scene.decide('approve', [comment], { reason: 'Fine.' });
      const { id, articleKey } = comment;
      expect(results).toEqual([{ id, articleKey, done: true, status: 'approved', revision: 1, decidedBy: 'Ada' }]);
      expect(counts).toMatchObject({ pending: 0, approved: 1 });
      expect(await scene.article()).toMatchObject({ commentCount: 1, version: newerThan(version) });
      expect((await scene.dossierOf(comment)).entry.reader).toMatchObject({ approvedCount: 1, rejectedCount: 0 });
    });

    test('holds where the comment still is what the moderator saw, and says of each of the others what it is', async () => {
      const scene = await openScene(open);
      const [fresh, decided, edited] = [await scene.post(), await scene.post(), await scene.post()];
      await scene.decide('spam', [decided], { actor: BEN });
      const elsewhere = { ...fresh, articleKey: 'bridge' };
      const { results } = await scene.decide('reject', [
        fresh,
        decided,
        { ...edited, revision: 2 },
        { ...fresh, id: 'nobody' },
      ]);
      expect(
        results.map(({ id, done, status, revision, decidedBy }) => [id, done, status, revision, decidedBy]),
      ).toEqual([
        [fresh.id, true, 'rejected', 1, 'Ada'],
        [decided.id, false, 'spam', 1, 'Ben'],
        [edited.id, false, 'published', 1, null],
        ['nobody', false, null, null, null],
      ]);
      const { results: twice } = await scene.decide('restore', [
        { ...elsewhere, status: 'rejected' },
        { ...fresh, status: 'rejected' },
      ]);
      expect(twice.map(({ done, status }) => [done, status])).toEqual([
        [false, null],
        [true, 'pending'],
      ]);
      expect((await scene.decide('restore', [{ ...elsewhere, status: 'rejected' }])).results[0]).toMatchObject({
        ...{ done: false, status: null, articleKey: null, decidedBy: null },
      });
    });

    test('finds a comment by every key of its article, and changes it once', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.stores.articles.rekey(scene.deed(), 'ferry', 'second');
      const moved = { ...comment, articleKey: 'second' };
      const { results } = await scene.decide('reject', [comment, moved]);
      expect(results.map(({ done, status, articleKey }) => [done, status, articleKey])).toEqual(
        Array(2).fill([true, 'rejected', 'ferry']),
      );
      expect(await scene.article()).toMatchObject({ commentCount: 0 });
      expect((await lastDecisions(scene, comment, moved)).map(({ articleKey }) => articleKey)).toEqual([
        'ferry',
        'second',
      ]);
      expect((await scene.dossierOf(moved)).events).toHaveLength(1);
    });

    test('on many comments of one article makes its thread a new version', async () => {
      const scene = await openScene(open);
      const comments = [await scene.post(), await scene.post(), await scene.post()];
      const { version } = await scene.article();
      await scene.decide('reject', comments);
      expect(await scene.article()).toMatchObject({ commentCount: 0, version: newerThan(version) });
    });

    test('that changes nothing in the thread leaves its version alone', async () => {
      const scene = await openScene(open);
      const [pending, published] = [await scene.post({ status: 'pending' }), await scene.post()];
      const { version } = await scene.article();
      await scene.decide('reject', [pending]);
      await scene.decide('approve', [published]);
      expect((await scene.article()).version).toBe(version);
    });

    test('leaves a tombstone above visible replies, and brings the conversation back', async () => {
      const scene = await openScene(open);
      const root = await scene.post();
      const reply = await scene.post({}, root);
      const below = await scene.post({}, reply);
      await scene.decide('reject', [root, reply]);
      expect(await scene.shown()).toEqual([root.id, reply.id, below.id]);
      expect(await scene.visibleIds()).toEqual([below.id]);
      expect((await scene.page()).comments[0]?.comment.replyCount).toBe(1);
      await scene.decide('reject', [below]);
      expect(await scene.shown()).toEqual([]);
      await scene.decide('approve', [{ ...below, status: 'rejected' }]);
      expect(await scene.shown()).toEqual([root.id, reply.id, below.id]);
    });

    test('by a moderator ends a shadow: the author is told', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo', status: 'rejected', shadowed: true });
      await scene.decide('approve', [comment]);
      await scene.decide('reject', [{ ...comment, status: 'approved' }]);
      const { comments } = await scene.stores.ownComments.findMine(scene.site, 'ferry', 'cleo');
      expect(comments[0]).toMatchObject({ status: 'rejected', shadowed: false });
    });

    test('settles the reports, and its undo opens those again that it had settled', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await report(scene, comment, 'dora');
      await report(scene, comment, 'emil');
      const reported = async () => (await queue(scene, { list: 'reported' })).counts.reported;
      expect(await reported()).toBe(1);
      expect((await scene.decide('approve', [comment])).counts.reported).toBe(0);
      await report(scene, comment, 'fred');
      expect(await reported()).toBe(1);
      await scene.decide('approve', [{ ...comment, status: 'approved' }]);
      await undo(scene, comment, 'approved').to('approved');
      expect(await reported()).toBe(1);
      expect((await scene.dossierOf(comment)).entry.comment.flagCount).toBe(3);
    });
  });

  describe('the last decision', () => {
    test('is named with where it led from and to, and whose it was, where nothing came after it', async () => {
      const scene = await openScene(open);
      const [decided, untouched, edited] = [await scene.post(), await scene.post(), await scene.post()];
      await scene.decide('approve', [decided, edited], { actor: BEN });
      await scene.decide('reject', [{ ...decided, status: 'approved' }]);
      const { id, articleKey, readerId, body, source, textHash } = edited;
      await scene.stores.ownComments.edit(scene.byReader(readerId), {
        ...{ id, articleKey, readerId, body, source, textHash, textHashBefore: textHash, shadowed: false, signals: [] },
        ...{ from: 'approved', to: 'published', revision: 1 },
      });
      expect(await lastDecisions(scene, decided, untouched, edited)).toEqual([
        {
          ...{ id: decided.id, articleKey: 'ferry', from: 'approved', to: 'rejected', revision: 1 },
          ...{ moderatorId: ADA.id, eventId: expect.stringMatching(/^[0-9a-z]{16}$/) },
        },
      ]);
    });

    test('taken back gives the reader the trust that they had before it, and no other', async () => {
      const scene = await openScene(open);
      const [trusted, plain] = [await scene.post({ readerId: 'cleo' }), await scene.post({ readerId: 'dora' })];
      const approvals = async (comment: CommentToInsert) => (await scene.dossierOf(comment)).entry.reader.approvedCount;
      await scene.decide('approve', [trusted]);
      const { id, articleKey, body, source, textHash } = trusted;
      await scene.stores.ownComments.edit(scene.byReader('cleo'), {
        ...{ id, articleKey, body, source, textHash, textHashBefore: textHash, shadowed: false, signals: [] },
        ...{ from: 'approved', to: 'published', revision: 1 },
      });
      for (const comment of [{ ...trusted, revision: 2 }, plain]) {
        const before = await approvals(comment);
        await scene.decide('reject', [comment]);
        expect(await approvals(comment)).toBe(0);
        await undo(scene, comment, 'rejected').to('published');
        expect(await approvals(comment)).toBe(before);
      }
      expect(await approvals(trusted)).toBe(1);
    });

    test('taken back leaves its author the words that were said before it', async () => {
      const scene = await openScene(open);
      const [rude, screened] = [await scene.post(), await scene.post({ status: 'rejected' })];
      await scene.decide('reject', [rude], { reason: 'Rude.' });
      const reasonOf = async ({ id, articleKey, readerId }: CommentToInsert) => {
        const own = { articleKey, id, readerId };
        const result = await scene.stores.ownComments.findOwn(scene.attempt('edit'), { ...own, text: null });
        return 'found' in result ? result.found?.comment.reason : result.refusal;
      };
      for (const [comment, reason] of [
        [rude, 'Rude.'],
        [screened, null],
      ] as const) {
        for (let i = 0; i < 2; i += 1) {
          await scene.decide('approve', [{ ...comment, status: 'rejected' }], { reason: 'Fine after all.' });
          expect(await reasonOf(comment)).toBe('Fine after all.');
          await undo(scene, comment, 'approved').to('rejected');
          expect(await reasonOf(comment)).toBe(reason);
        }
      }
    });

    test('on what was approved again since, later in the log, is not done', async () => {
      const scene = await openScene(open);
      const comment = { ...(await scene.post({ readerId: 'cleo' })), status: 'approved' as const };
      await scene.decide('approve', [{ ...comment, status: 'published' }]);
      const early = scene.deed(BEN);
      await scene.decide('approve', [comment]);
      const { id, articleKey } = comment;
      const changes = [{ id, articleKey, from: 'approved', to: 'rejected', revision: 1 }] as const;
      const late = await scene.stores.moderation.decide(early, {
        ...{ verb: 'comment.rejected', reason: '', changes: [...changes] },
      });
      expect(late.results).toMatchObject([{ done: false, status: 'approved', revision: 1, decidedBy: 'Ada' }]);
      expect((await scene.decide('reject', [comment])).results).toMatchObject([{ done: true }]);
    });

    test('is none once it was taken back, and none under another article', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo' });
      await scene.decide('approve', [comment]);
      expect(await lastDecisions(scene, { ...comment, articleKey: 'bridge' })).toEqual([]);
      await undo(scene, comment, 'approved').to('published');
      expect(await lastDecisions(scene, comment)).toEqual([]);
      expect((await scene.dossierOf(comment)).entry.reader.approvedCount).toBe(0);
    });
  });

  describe('a queue', () => {
    test('holds what has its status in the order asked for, page by page, and ends', async () => {
      const scene = await openScene(open);
      const ids: string[] = [];
      for (let i = 0; i < 4; i += 1) ids.push((await scene.post({ status: 'pending' })).id);
      await scene.post();
      const walk = async (order: 'oldest' | 'newest') => {
        const found: string[][] = [];
        let after: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof queue>> = await queue(scene, { order, limit: 2, after });
          found.push(page.entries.map(({ comment }) => comment.id));
          after = page.next;
        } while (after !== null);
        return found;
      };
      const [a, b, c, d] = ids;
      expect(await walk('oldest')).toEqual([[a, b], [c, d], []]);
      expect(await walk('newest')).toEqual([[d, c], [b, a], []]);
    });

    test('of each name holds the comments of one status, and the counts tell how many in each', async () => {
      const scene = await openScene(open);
      const statusOf = {
        pending: 'pending',
        unmoderated: 'published',
        approved: 'approved',
        rejected: 'rejected',
        spam: 'spam',
        deleted: 'deleted',
      } as const;
      const lists = Object.keys(statusOf) as (keyof typeof statusOf)[];
      const none = Object.fromEntries(lists.map((one) => [one, 0]));
      expect((await queue(scene)).counts).toEqual({ ...none, reported: 0 });
      for (const list of lists) await scene.post({ status: statusOf[list] });
      for (const list of lists) {
        const { entries, counts } = await queue(scene, { list });
        expect(entries.map(({ comment }) => comment.status)).toEqual([statusOf[list]]);
        expect(counts).toEqual({ ...Object.fromEntries(lists.map((one) => [one, 1])), reported: 0 });
      }
    });

    test('shows beside a comment its article, what it answers and what is known of its reader', async () => {
      const scene = await openScene(open);
      const parent = await scene.post();
      const signals = [{ phase: 'first-comment' as const }];
      await scene.post({ status: 'pending', readerId: 'cleo', signals }, parent);
      scene.clock.tick(5);
      await scene.post({ status: 'rejected', readerId: 'cleo' });
      await scene.stores.readers.ban(scene.deed(), 'cleo', 'shadow-ban', null);
      const { entries } = await queue(scene);
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({
        comment: { depth: 1, signals, authorEmail: 'cleo@mail.example', flagCount: 0, setAsideVotes: 0 },
        article: { key: 'ferry', headline: 'The ferry sails again', section: 'harbour' },
        parent: { id: parent.id, authorName: 'Cleo', body: parent.body, status: 'published' },
        reader: { id: 'cleo', commentCount: 2, rejectedCount: 1, ban: 'shadow-ban', banUntil: null },
      });
      expect(entries[0]?.reader.firstSeenAt).toBe(parent.createdAt);
    });

    test('of reports holds what has an open one, whatever its status was', async () => {
      const scene = await openScene(open);
      const [first, second] = [await scene.post(), await scene.post({ status: 'approved' })];
      for (const comment of [first, second]) await report(scene, comment, 'dora');
      const { entries, counts } = await queue(scene, { list: 'reported' });
      expect(entries.map(({ comment }) => comment.id)).toEqual([first.id, second.id]);
      expect(counts.reported).toBe(2);
    });
  });

  describe('a dossier', () => {
    test('tells what happened to the comment, the latest first, and what else its reader wrote', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      for (const readerId of ['abel', 'dora']) await scene.post({ readerId });
      await other.post({ readerId: 'cleo' });
      const older = await scene.post({ readerId: 'cleo' });
      const comment = await scene.post({ readerId: 'cleo' });
      await scene.decide('spam', [comment], { reason: 'An advertisement.' });
      scene.clock.tick(1);
      await scene.decide('restore', [{ ...comment, status: 'spam' }], { actor: BEN });
      const { events, history } = await scene.dossierOf(comment);
      expect(events).toEqual([
        {
          ...{ kind: 'restore', moderatorName: 'Ben', from: 'spam', to: 'pending', reason: '', votes: null },
          at: scene.clock.now(),
        },
        {
          ...{ kind: 'spam', moderatorName: 'Ada', from: 'published', to: 'spam', reason: 'An advertisement.' },
          ...{ votes: null, at: comment.createdAt },
        },
      ]);
      expect(history).toEqual([
        {
          ...{ id: older.id, body: older.body, status: 'published', articleKey: 'ferry' },
          ...{ headline: 'The ferry sails again', createdAt: older.createdAt },
        },
      ]);
    });

    test('holds every report with its words, and is asked for by the comment’s own article', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await report(scene, comment, 'emil');
      await report(scene, comment, 'dora');
      await report(scene, await scene.post(), 'fred');
      const at = scene.clock.now();
      expect((await scene.dossierOf(comment)).flags).toEqual([
        { reason: 'offensive', note: 'By dora.', at },
        { reason: 'offensive', note: 'By emil.', at },
      ]);
      const elsewhere = { ...scene.place(comment), articleKey: 'bridge' };
      expect(await scene.stores.moderation.findDossier(elsewhere)).toBeNull();
    });
  });
}
