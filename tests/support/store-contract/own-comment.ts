import { describe, expect, test } from 'vitest';
import { parseBody } from '../../../src/core/body/parse-body.ts';
import type { OwnCommentStore } from '../../../src/core/comment/own-comment-store.ts';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import type { Deed } from '../../../src/core/event/event.ts';
import { FERRY, newerThan, type OpenStores, openScene, type Scene } from './scene.ts';

type Edit = Parameters<OwnCommentStore['edit']>[1];

const editOf = ({ id, articleKey, status, textHash }: CommentToInsert): Edit => ({
  ...{ id, articleKey, from: status, to: status, revision: 1, shadowed: false, signals: [] },
  ...{ body: parseBody('Changed.').body, source: 'Changed.', textHash: 'changed', textHashBefore: textHash },
});

const edit = ({ stores, byReader }: Scene, comment: CommentToInsert, changed: Partial<Edit> = {}) =>
  stores.ownComments.edit(byReader(comment.readerId), { ...editOf(comment), ...changed });

const erase = ({ stores, byReader }: Scene, comment: CommentToInsert, revision = 1) => {
  const { id, articleKey, status: from, textHash } = comment;
  return stores.ownComments.erase(byReader(comment.readerId), { id, articleKey, from, revision, textHash });
};

const mine = async ({ stores, site }: Scene, readerId: string) => stores.ownComments.findMine(site, 'ferry', readerId);

type NewText = Parameters<OwnCommentStore['findOwn']>[1]['text'];

const findOwn = async (
  { stores, attempt }: Scene,
  { id, articleKey }: CommentToInsert,
  readerId: string,
  text: NewText = null,
) => {
  const result = await stores.ownComments.findOwn(attempt('edit'), { articleKey, id, readerId, text });
  return 'refusal' in result ? result : result.found;
};

export function ownCommentContract(open: OpenStores): void {
  describe('an edit', () => {
    test('changes the text, raises the revision and makes the thread a new version', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      const comment = await scene.post({ readerId: 'cleo' });
      const [{ version }, elsewhere] = [await scene.article(), await other.article()];
      scene.clock.tick(5);
      const edited = await edit(scene, comment);
      expect(edited).toMatchObject({
        source: 'Changed.',
        revision: 2,
        editedAt: scene.clock.now(),
        status: 'published',
        shadowed: false,
      });
      expect((await scene.page()).comments[0]?.comment).toMatchObject({
        body: edited?.body,
        editedAt: scene.clock.now(),
      });
      expect((await scene.article()).version).toEqual(newerThan(version));
      expect(await other.article()).toEqual(elsewhere);
    });

    test('that holds the comment takes it out of the thread and out of the count', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      expect(await edit(scene, comment, { to: 'pending' })).toMatchObject({ status: 'pending' });
      expect(await scene.shown()).toEqual([]);
      expect(await scene.article()).toMatchObject({ commentCount: 0 });
    });

    test('of a comment that is not in the thread leaves the thread’s version alone', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ status: 'pending' });
      await scene.post();
      const { version } = await scene.article();
      expect(await edit(scene, comment)).not.toBeNull();
      expect((await scene.article()).version).toBe(version);
    });

    test.each<[string, Partial<Edit>]>([
      ['another revision', { revision: 2 }],
      ['another status', { from: 'pending', to: 'pending' }],
      ['another article', { articleKey: 'bridge' }],
      ['another id', { id: 'nobody' }],
    ])('changes nothing where the comment was seen with %s', async (_, seen) => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo' });
      const before = [await scene.dossierOf(comment), await scene.article()];
      expect(await edit(scene, comment, seen)).toBeNull();
      expect([await scene.dossierOf(comment), await scene.article()]).toEqual(before);
    });

    test('into the shadow leaves the comment to its author alone', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo' });
      await edit(scene, comment, { to: 'rejected', shadowed: true });
      expect(await scene.shown()).toEqual([]);
      const [own] = (await mine(scene, 'cleo')).comments;
      expect(own).toMatchObject({ status: 'rejected', shadowed: true, reason: null });
    });

    test('takes away neither the trust of an approval nor the reports', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo' });
      await scene.decide('approve', [comment]);
      await scene.flag(comment, 'dora');
      await edit(scene, { ...comment, status: 'approved' }, { to: 'published' });
      const { entry, events } = await scene.dossierOf(comment);
      expect(entry.reader.approvedCount).toBe(1);
      expect(entry.comment.flagCount).toBe(1);
      expect(events.map(({ kind }) => kind)).toEqual(['edit', 'approve']);
      await scene.decide('reject', [{ ...comment, revision: 2 }]);
      expect((await scene.dossierOf(comment)).entry.reader.approvedCount).toBe(0);
    });

    test('changes nothing after an edit, a deletion or an undo that has the same id', async () => {
      const firsts = [
        (scene: Scene, deed: Deed, comment: CommentToInsert) => scene.stores.ownComments.edit(deed, editOf(comment)),
        (scene: Scene, deed: Deed, { id, articleKey, status: from, textHash }: CommentToInsert) =>
          scene.stores.ownComments.erase(deed, { id, articleKey, from, revision: 1, textHash }),
        (scene: Scene, deed: Deed, { id, articleKey, status: from }: CommentToInsert) =>
          scene.stores.moderation.decide(
            { ...deed, actor: { kind: 'moderator', id: 'ada', name: 'Ada' } },
            {
              verb: 'comment.decision-undone',
              reason: '',
              changes: [{ id, articleKey, from, to: 'published', revision: 1 }],
            },
          ),
      ];
      for (const first of firsts) {
        const scene = await openScene(open);
        const comment = await scene.post({ status: 'approved' });
        const deed = scene.byReader(comment.readerId);
        await first(scene, deed, comment);
        const { entry } = await scene.dossierOf(comment);
        const late = { ...editOf(comment), to: 'pending' as const, source: 'Late.', body: parseBody('Late.').body };
        expect(await scene.stores.ownComments.edit(deed, late)).toBeNull();
        expect((await scene.dossierOf(comment)).entry).toEqual(entry);
      }
    });
  });

  describe('an erasure', () => {
    test('leaves nothing of text, name and address, and is no longer among the reader’s own', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo', signals: [{ phase: 'first-comment' }] });
      expect(await erase(scene, comment)).toBe(true);
      const { entry } = await scene.dossierOf(comment);
      expect(entry.comment).toMatchObject({ status: 'deleted', body: [], source: '', authorName: '', revision: 2 });
      expect(entry.comment).toMatchObject({ authorEmail: null, signals: [] });
      expect((await mine(scene, 'cleo')).comments).toEqual([]);
      const own = await findOwn(scene, comment, 'cleo');
      expect(own).toMatchObject({ comment: { status: 'deleted', source: '' } });
      expect(await scene.article()).toMatchObject({ commentCount: 0 });
    });

    test('leaves a tombstone where something visible stands below, until that is gone too', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      const between = await scene.post({}, comment);
      const reply = await scene.post({}, between);
      await erase(scene, comment);
      await erase(scene, between);
      expect(await scene.shown()).toEqual([comment.id, between.id, reply.id]);
      expect(await scene.visibleIds()).toEqual([reply.id]);
      await erase(scene, reply);
      expect(await scene.shown()).toEqual([]);
    });

    test('of a tombstone above a reply is seen in the thread', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.post({}, comment);
      await scene.decide('reject', [comment]);
      const { version } = await scene.article();
      await erase(scene, { ...comment, status: 'rejected' });
      expect((await scene.article()).version).toEqual(newerThan(version));
    });

    test('happens to the revision and the status that was seen, and once', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      expect(await erase(scene, comment, 2)).toBe(false);
      expect(await erase(scene, { ...comment, status: 'pending' })).toBe(false);
      expect(await erase(scene, comment)).toBe(true);
      expect(await erase(scene, comment)).toBe(false);
      expect((await scene.dossierOf(comment)).events).toHaveLength(1);
    });

    test('is of one comment, whatever else is deleted here or has its id elsewhere', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      const [first, second] = [await scene.post(), await scene.post()];
      await other.post({ id: first.id, rootId: first.id, status: 'deleted' });
      expect(await erase(scene, first)).toBe(true);
      await edit(scene, second);
      expect(await erase(scene, second, 2)).toBe(true);
    });

    test('settles what was reported', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.flag(comment, 'dora');
      await erase(scene, comment);
      const queue = { siteId: scene.site, list: 'reported', order: 'oldest', limit: 5, after: null } as const;
      expect(await scene.stores.moderation.findQueue(queue)).toMatchObject({ entries: [], counts: { reported: 0 } });
    });
  });

  describe('a reader’s own comments', () => {
    test('are theirs under that article in any state, the newest first, with their votes there', async () => {
      const scene = await openScene(open);
      const other = await scene.post();
      const ids: string[] = [];
      for (const status of ['published', 'pending', 'rejected'] as const) {
        ids.unshift((await scene.post({ readerId: 'cleo', status })).id);
      }
      await scene.vote(other, 'cleo', -1, true);
      const found = await mine(scene, 'cleo');
      expect(found.comments.map(({ id }) => id)).toEqual(ids);
      expect(found.votes).toEqual(new Map([[other.id, -1]]));
      expect(found.site?.id).toBe(scene.site);
      expect((await scene.stores.ownComments.findMine(scene.site, 'bridge', 'cleo')).comments).toEqual([]);
    });

    test('come with a moderator’s words about them, until the author has changed them', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo' });
      const reason = async () => (await mine(scene, 'cleo')).comments[0]?.reason;
      expect(await reason()).toBeNull();
      await scene.decide('approve', [comment]);
      expect(await reason()).toBe('');
      await scene.decide('reject', [{ ...comment, status: 'approved' }], { reason: 'Off topic.' });
      expect(await reason()).toBe('Off topic.');
      await edit(scene, { ...comment, status: 'rejected' });
      expect(await reason()).toBeNull();
    });

    test('are found one by one by their author alone, with what screening an edit needs', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo' });
      await scene.decide('approve', [comment]);
      await scene.decide('approve', [{ ...comment, status: 'approved' }]);
      await scene.post({ readerId: 'anybody' });
      await scene.stores.articles.put(scene.deed(), 'bridge', FERRY);
      const log = { siteId: scene.site, since: null, by: null, limit: 10, after: null };
      const decisions = (await scene.stores.log.list(log)).events.filter(({ verb }) => verb === 'comment.approved');
      expect(decisions).toHaveLength(2);
      const find = (readerId: string, articleKey = 'ferry') => findOwn(scene, { ...comment, articleKey }, readerId);
      expect(await find('cleo')).toMatchObject({
        comment: { id: comment.id, source: comment.source, body: comment.body },
        site: { id: scene.site },
        article: { key: 'ferry' },
        reader: { approvedCount: 1, ban: 'none' },
        lastEventId: decisions.at(-1)?.id,
      });
      expect(await find('dora')).toBeNull();
      expect(await find('cleo', 'bridge')).toBeNull();
    });

    test('come with other comments of a day that have the text they are to have, in the same place first', async () => {
      const scene = await openScene(open);
      const text = { textHash: 'alike', sameTextSince: scene.clock.now() - 60_000 };
      const above = await scene.post();
      const at = { createdAt: scene.clock.now() };
      const comment = await scene.post({ readerId: 'cleo', textHash: 'alike' });
      const find = (by: CommentToInsert, hash: NewText = text) => findOwn(scene, by, 'cleo', hash);
      expect(await find(comment)).toMatchObject({ sameText: [] });
      await scene.post({ readerId: 'cleo', textHash: 'alike' }, above);
      await scene.post({ readerId: 'dora', textHash: 'alike' });
      const below = await scene.post({ readerId: 'cleo' }, above);
      const theirs = { sameReader: false, sameArticle: true, ...at };
      const own = { sameReader: true, sameArticle: true, ...at };
      const [top, reply] = [await find(comment), await find(below)];
      const found = (result: typeof top) => (result !== null && 'sameText' in result ? result.sameText : []);
      expect(found(top)).toHaveLength(2);
      expect(found(top)).toEqual(
        expect.arrayContaining([
          { ...own, sameParent: false },
          { ...theirs, sameParent: true },
        ]),
      );
      expect(found(reply)).toHaveLength(3);
      expect(found(reply)[0]).toEqual({ ...own, sameParent: true });
      expect(await find(comment, null)).toMatchObject({ sameText: [] });
      expect(await find(comment, { ...text, sameTextSince: scene.clock.now() + 1 })).toMatchObject({ sameText: [] });
    });

    test('of a site that is not there are none', async () => {
      const { stores } = await openScene(open);
      const none = { site: null, comments: [], votes: new Map() };
      expect(await stores.ownComments.findMine('nowhere', 'ferry', 'cleo')).toEqual(none);
    });
  });
}
