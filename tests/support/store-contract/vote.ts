import { describe, expect, test } from 'vitest';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import { newerThan, type OpenStores, openScene, type Scene } from './scene.ts';

const vote = (scene: Scene, comment: CommentToInsert, readerId: string, value: 1 | 0 | -1, isSetAside = false) =>
  scene.vote(comment, readerId, value, isSetAside);

const rule = (
  { stores, deed }: Scene,
  { id: commentId, articleKey }: CommentToInsert,
  ruling: 'count-votes' | 'discard-votes',
  limit = 100,
) => stores.votes.ruleOnVotes(deed(), { articleKey, commentId, ruling, limit });

const done = (upVotes: number, downVotes: number) => ({ outcome: 'done', upVotes, downVotes });

export function voteContract(open: OpenStores): void {
  describe('a vote', () => {
    test('is one a reader: the next replaces it, and 0 takes it back', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      expect(await vote(scene, comment, 'dora', 1)).toEqual(done(1, 0));
      expect(await vote(scene, comment, 'dora', 1)).toEqual(done(1, 0));
      expect(await vote(scene, comment, 'emil', 1)).toEqual(done(2, 0));
      expect(await vote(scene, comment, 'dora', -1)).toEqual(done(1, 1));
      expect(await vote(scene, comment, 'dora', 0)).toEqual(done(1, 0));
      expect(await vote(scene, comment, 'dora', 0)).toEqual(done(1, 0));
    });

    test('makes the thread a new version where it changed a total, and else not', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.crowdAt(comment);
      const { version } = await scene.article();
      await vote(scene, comment, 'dora', 0);
      await vote(scene, comment, 'dora', 1, true);
      expect((await scene.article()).version).toBe(version);
      await vote(scene, comment, 'emil', 1);
      const { version: later } = await scene.article();
      expect(later).toEqual(newerThan(version));
      await vote(scene, comment, 'emil', 1);
      expect((await scene.article()).version).toBe(later);
      await vote(scene, comment, 'emil', 0);
      expect((await scene.article()).version).toEqual(newerThan(later));
    });

    test('on one’s own comment is none, also where nobody else sees it', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'cleo' });
      const shadow = await scene.post({ readerId: 'cleo', status: 'rejected', shadowed: true });
      expect(await vote(scene, comment, 'cleo', 1)).toEqual({ outcome: 'own-comment' });
      expect(await vote(scene, shadow, 'cleo', 1)).toEqual({ outcome: 'own-comment' });
      expect((await scene.page()).comments[0]?.comment.upVotes).toBe(0);
    });

    test('on what its reader cannot see finds nothing', async () => {
      const scene = await openScene(open);
      const pending = await scene.post({ status: 'pending' });
      for (const unseen of [pending, await scene.post({ status: 'rejected', shadowed: true })]) {
        expect(await vote(scene, unseen, 'dora', 1)).toEqual({ outcome: 'not-found' });
      }
      await scene.decide('approve', [pending]);
      const comment = await scene.post();
      expect(await vote(scene, { ...comment, articleKey: 'bridge' }, 'dora', 1)).toEqual({ outcome: 'not-found' });
      expect(await vote(scene, { ...comment, id: 'nobody' }, 'dora', 1)).toEqual({ outcome: 'not-found' });
      expect((await scene.page()).comments.map((one) => one.comment.upVotes)).toEqual([0, 0]);
    });

    test('on a comment that was removed since is kept as it was, whatever its reader sends', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await vote(scene, comment, 'dora', 1);
      await scene.decide('reject', [comment]);
      for (const value of [0, -1] as const) {
        expect(await vote(scene, comment, 'dora', value)).toEqual({ outcome: 'not-found' });
      }
      await scene.decide('approve', [{ ...comment, status: 'rejected' }]);
      expect((await scene.page()).comments[0]?.comment).toMatchObject({ upVotes: 1, downVotes: 0 });
      expect((await scene.stores.ownComments.findMine(scene.site, 'ferry', 'dora')).votes.get(comment.id)).toBe(1);
    });

    test('that is taken back takes no other of the same reader with it', async () => {
      const scene = await openScene(open);
      const [one, other] = [await scene.post(), await scene.post()];
      for (const comment of [one, other]) await vote(scene, comment, 'dora', 1);
      expect(await vote(scene, one, 'dora', 0)).toEqual(done(0, 0));
      const { votes } = await scene.stores.ownComments.findMine(scene.site, 'ferry', 'dora');
      expect([...votes]).toEqual([[other.id, 1]]);
    });
  });

  describe('a vote by a banned reader', () => {
    const openBanned = async (ban: 'ban' | 'shadow-ban') => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.post({ readerId: 'dora' });
      const until = scene.clock.now() + 60_000;
      const set = () => scene.stores.readers.ban(scene.deed(), 'dora', ban, until);
      const counted = async () => {
        const { upVotes, downVotes } = (await scene.page()).comments[0]?.comment ?? {};
        return [upVotes, downVotes, (await scene.dossierOf(comment)).entry.comment.setAsideVotes];
      };
      const own = async () =>
        (await scene.stores.ownComments.findMine(scene.site, 'ferry', 'dora')).votes.get(comment.id);
      return { scene, comment, until, set, counted, own };
    };

    test('is refused until the ban is over, and the one from before stays as it is', async () => {
      const { scene, comment, until, set, counted, own } = await openBanned('ban');
      await vote(scene, comment, 'dora', 1);
      await set();
      for (const value of [1, 0, -1] as const) {
        expect(await vote(scene, comment, 'dora', value)).toEqual({ outcome: 'banned', until });
      }
      expect([await own(), await counted()]).toEqual([1, [1, 0, 0]]);
      scene.clock.tick(60);
      expect(await vote(scene, comment, 'dora', -1)).toEqual(done(0, 1));
    });

    test('is answered as usual in the shadow, counts nowhere, and no moderator is asked about it', async () => {
      const { scene, comment, set, counted, own } = await openBanned('shadow-ban');
      await vote(scene, comment, 'emil', 1);
      await set();
      const { version } = await scene.article();
      expect(await vote(scene, comment, 'dora', 1)).toEqual(done(2, 0));
      expect(await vote(scene, comment, 'dora', -1)).toEqual(done(1, 1));
      expect([await own(), await counted()]).toEqual([-1, [1, 0, 0]]);
      expect((await scene.article()).version).toBe(version);
      expect(await rule(scene, comment, 'count-votes')).toMatchObject({ votes: 0 });
      scene.clock.tick(60);
      expect(await vote(scene, comment, 'dora', 1)).toEqual(done(2, 0));
      expect(await vote(scene, comment, 'dora', 0)).toEqual(done(1, 0));
      expect(await vote(scene, comment, 'dora', 1)).toEqual(done(2, 0));
      expect(await counted()).toEqual([2, 0, 0]);
    });

    test.each([false, true])('that the shadow changes no longer counts (set aside before: %s)', async (isSetAside) => {
      const { scene, comment, set, counted, own } = await openBanned('shadow-ban');
      await vote(scene, comment, 'emil', 1);
      await vote(scene, comment, 'dora', 1, isSetAside);
      await set();
      expect(await vote(scene, comment, 'dora', 1)).toEqual(done(2, 0));
      expect(await counted()).toEqual(isSetAside ? [1, 0, 1] : [2, 0, 0]);
      expect(await vote(scene, comment, 'dora', -1)).toEqual(done(1, 1));
      expect([await own(), await counted()]).toEqual([-1, [1, 0, 0]]);
      expect(await vote(scene, comment, 'dora', 0)).toEqual(done(1, 0));
      expect(await counted()).toEqual([1, 0, 0]);
    });
  });

  describe('a vote that is set aside', () => {
    test('is among the totals for the reader who cast it, and for nobody else', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      expect(await vote(scene, comment, 'dora', 1, true)).toEqual(done(1, 0));
      expect(await vote(scene, comment, 'emil', -1, true)).toEqual(done(0, 1));
      expect((await scene.page()).comments[0]?.comment).toMatchObject({ upVotes: 0, downVotes: 0 });
      expect((await scene.dossierOf(comment)).entry.comment.setAsideVotes).toBe(2);
    });

    test('stays so when its reader changes it, as one that counts goes on counting', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await vote(scene, comment, 'dora', 1, true);
      await vote(scene, comment, 'emil', 1);
      expect(await vote(scene, comment, 'dora', -1)).toEqual(done(1, 1));
      expect(await vote(scene, comment, 'emil', -1, true)).toEqual(done(0, 1));
      expect((await scene.dossierOf(comment)).entry.comment).toMatchObject({ downVotes: 1, setAsideVotes: 1 });
    });

    test('is gone when it is taken back, and then a new one is weighed anew', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await vote(scene, comment, 'dora', 1, true);
      await vote(scene, comment, 'dora', 0, true);
      expect((await scene.dossierOf(comment)).entry.comment.setAsideVotes).toBe(0);
      await vote(scene, comment, 'dora', 1);
      expect((await scene.dossierOf(comment)).entry.comment).toMatchObject({ upVotes: 1, setAsideVotes: 0 });
    });
  });

  describe('a ruling', () => {
    test('counts what is set aside, makes the thread a new version and is told in the history', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      for (const [reader, value] of [
        ['dora', 1],
        ['emil', 1],
        ['fred', -1],
      ] as const) {
        await vote(scene, comment, reader, value, true);
      }
      const { version } = await scene.article();
      expect(await rule(scene, comment, 'count-votes')).toEqual({
        ...{ votes: 3, setAsideVotes: 0, upVotes: 2, downVotes: 1, articleKey: 'ferry' },
      });
      expect((await scene.article()).version).toEqual(newerThan(version));
      const { events } = await scene.dossierOf(comment);
      expect(events).toMatchObject([{ kind: 'count-votes', moderatorName: 'Ada', votes: 3, from: null, to: null }]);
      expect(await vote(scene, comment, 'dora', -1, true)).toEqual(done(1, 2));
    });

    test('discards for good, while those who voted read their vote as before', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await vote(scene, comment, 'dora', 1, true);
      const { version } = await scene.article();
      expect(await rule(scene, comment, 'discard-votes')).toMatchObject({ votes: 1, setAsideVotes: 0, upVotes: 0 });
      expect(await vote(scene, comment, 'dora', 1)).toEqual(done(1, 0));
      expect((await scene.stores.ownComments.findMine(scene.site, 'ferry', 'dora')).votes.get(comment.id)).toBe(1);
      expect(await rule(scene, comment, 'count-votes')).toMatchObject({ votes: 0, upVotes: 0 });
      expect((await scene.article()).version).toBe(version);
    });

    test('is about so many at most, and about none leaves no word', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      for (const reader of ['fred', 'dora', 'emil'])
        await vote(scene, comment, reader, reader === 'fred' ? -1 : 1, true);
      expect(await rule(scene, comment, 'count-votes', 2)).toMatchObject({ votes: 2, setAsideVotes: 1, upVotes: 2 });
      expect(await rule(scene, comment, 'discard-votes', 2)).toMatchObject({
        votes: 1,
        setAsideVotes: 0,
        downVotes: 0,
      });
      expect(await rule(scene, comment, 'count-votes', 2)).toMatchObject({ votes: 0 });
      const { events } = await scene.dossierOf(comment);
      expect(events.map(({ kind, votes }) => [kind, votes])).toEqual([
        ['discard-votes', 1],
        ['count-votes', 2],
      ]);
    });

    test('is about one comment: what its voters said of another stays set aside', async () => {
      const scene = await openScene(open);
      const [one, other] = [await scene.post(), await scene.post()];
      expect(await vote(scene, one, 'dora', 1, true)).toEqual(done(1, 0));
      expect(await vote(scene, other, 'dora', -1, true)).toEqual(done(0, 1));
      for (const [comment, upVotes, downVotes] of [
        [one, 1, 0],
        [other, 0, 1],
      ] as const) {
        expect((await scene.dossierOf(comment)).entry.comment.setAsideVotes).toBe(1);
        const ruled = await rule(scene, comment, 'count-votes');
        expect(ruled).toMatchObject({ votes: 1, setAsideVotes: 0, upVotes, downVotes });
      }
    });

    test('is no decision on the comment: there is none to take back', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      await scene.decide('approve', [comment]);
      await vote(scene, comment, 'dora', 1, true);
      await rule(scene, comment, 'count-votes');
      const [last] = await scene.stores.moderation.findLastDecisions(scene.site, [comment]);
      expect(last).toMatchObject({ from: 'published', to: 'approved' });
    });

    test('on a comment that is not there, or under another article, is null', async () => {
      const scene = await openScene(open);
      const comment = await scene.post();
      expect(await rule(scene, { ...comment, id: 'nobody' }, 'count-votes')).toBeNull();
      await vote(scene, comment, 'dora', 1, true);
      for (const ruling of ['count-votes', 'discard-votes'] as const) {
        expect(await rule(scene, { ...comment, articleKey: 'bridge' }, ruling)).toBeNull();
      }
      const { entry, events } = await scene.dossierOf(comment);
      expect(entry.comment).toMatchObject({ upVotes: 0, setAsideVotes: 1 });
      expect(events).toEqual([]);
    });
  });
}
