import { describe, expect, test } from 'vitest';
import type { Happening, Letter, Turn } from '../../../src/core/outbox/outbox.ts';
import { type OpenStores, openScene, type Scene } from './scene.ts';

const MINUTE = 60_000;

const listen = ({ stores, site }: Scene, happenings: Happening[], receiver = 'ears') =>
  stores.outbox.listen(site, receiver, happenings);

/** All letters that are there may go out. */
const turn = ({ clock }: Scene): Turn => ({ now: clock.now(), upTo: '~' });

const claim = (scene: Scene, receiver = 'ears') =>
  scene.stores.outbox.claim(scene.site, receiver, turn(scene), scene.clock.now() + MINUTE);

/** Every letter that waits for the receiver, each taken away. */
const collect = async (scene: Scene, receiver = 'ears'): Promise<Letter[]> => {
  const letters: Letter[] = [];
  for (let letter = await claim(scene, receiver); letter !== null; letter = await claim(scene, receiver)) {
    letters.push(letter);
    await scene.stores.outbox.remove(letter);
  }
  return letters;
};

const about = (letters: Letter[]) => letters.map(({ verb, subject }) => [verb, subject.id]);

const makeKey = ({ stores, deed }: Scene, id: string) =>
  stores.sites.insertApiKey(deed(), { keyHash: id.padEnd(8, '-'), name: id, secretMark: '' });

/** A site where `ears` listens to new keys, and one letter about each of these. */
const openWithKeys = async (open: OpenStores, ...ids: string[]) => {
  const scene = await openScene(open);
  await listen(scene, ['key.created']);
  for (const id of ids) await makeKey(scene, id);
  return scene;
};

export function outboxContract(open: OpenStores): void {
  describe('letters', () => {
    test('are written for those who listen at the site, about what they listen to', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      await listen(scene, ['comment.rejected']);
      await listen(scene, ['comment.rejected', 'comment.approved'], 'eyes');
      await listen(other, ['comment.rejected'], 'noses');
      const comments = [await scene.post(), await scene.post()];
      await scene.decide('approve', comments.slice(0, 1));
      await scene.decide('reject', comments.slice(1));
      await other.decide('reject', [await other.post()]);
      const [first, second] = comments.map(({ id }) => id);
      expect(await scene.stores.outbox.findReceivers(scene.site)).toEqual(['ears', 'eyes']);
      expect(await other.stores.outbox.findReceivers(other.site)).toEqual(['noses']);
      expect(about(await collect(scene))).toEqual([['comment.rejected', second]]);
      expect(about(await collect(scene, 'eyes'))).toEqual([
        ['comment.approved', first],
        ['comment.rejected', second],
      ]);
    });

    test('tell of a comment whenever it comes to be seen', async () => {
      const scene = await openScene(open);
      await listen(scene, ['comment.published']);
      const [seen, held] = [await scene.post(), await scene.post({ status: 'pending' })];
      expect(await scene.insert({ parentId: 'nobody' })).toEqual({ outcome: 'parent-gone' });
      await scene.decide('approve', [seen, held]);
      await scene.decide('reject', [{ ...seen, status: 'approved' }]);
      expect(about(await collect(scene))).toEqual([seen, held].map(({ id }) => ['comment.published', id]));
    });

    test('are written no more for whoever listens to something else, or to nothing', async () => {
      const scene = await openWithKeys(open, 'one');
      await listen(scene, ['key.revoked']);
      await makeKey(scene, 'two');
      await scene.stores.sites.deleteApiKey(scene.deed(), 'one-----');
      await listen(scene, []);
      await scene.stores.sites.deleteApiKey(scene.deed(), 'two-----');
      expect(about(await collect(scene))).toEqual([
        ['key.created', 'one-----'],
        ['key.revoked', 'one-----'],
      ]);
    });

    test('go out in the order of their deeds: the first that is in hand holds back the others', async () => {
      const scene = await openWithKeys(open, 'one', 'two');
      const first = await claim(scene);
      expect(first).toMatchObject({ attempt: 1, subject: { kind: 'key', id: 'one-----' } });
      expect(await claim(scene)).toBeNull();
      scene.clock.tick(60);
      expect(await claim(scene)).toMatchObject({ attempt: 2, subject: { id: 'one-----' } });
    });

    test('that were taken up by somebody else are not for the one before to remove, postpone or bury', async () => {
      const scene = await openWithKeys(open, 'one');
      const { outbox } = scene.stores;
      const before = (await claim(scene)) as Letter;
      scene.clock.tick(60);
      const now = (await claim(scene)) as Letter;
      await outbox.remove(before);
      await outbox.bury(before, scene.clock.now());
      await outbox.postpone(before, 0);
      expect(await claim(scene)).toBeNull();
      await outbox.postpone(now, scene.clock.now() + 1_000);
      expect(await claim(scene)).toBeNull();
      scene.clock.tick(1);
      expect(await claim(scene)).toMatchObject({ attempt: 3 });
    });

    test.each(['remove', 'bury', 'postpone'] as const)(
      'wait as before when a late word is said on the one before: %s',
      async (what) => {
        const scene = await openScene(open);
        const { outbox } = scene.stores;
        await listen(scene, ['comment.approved']);
        await listen(scene, ['comment.approved', 'comment.published'], 'eyes');
        const [one, two] = [await scene.post({ status: 'pending' }), await scene.post({ status: 'pending' })];
        await scene.decide('approve', [one, two]);
        await scene.decide('approve', [{ ...two, status: 'approved' }]);
        // Whatever is said to the ears is not about the same letter to the eyes, which somebody has claimed as well.
        await claim(scene, 'eyes');
        const walked: unknown[] = [];
        let before: Letter | null = null;
        for (const receiver of ['ears', 'eyes']) {
          for (let letter = await claim(scene, receiver); letter !== null; letter = await claim(scene, receiver)) {
            if (before !== null) await outbox[what](before, scene.clock.now() + 60 * MINUTE);
            scene.clock.tick(60);
            const again = (await claim(scene, receiver)) as Letter;
            expect(again).toEqual({ ...letter, attempt: letter.attempt + 1 });
            await outbox.remove(again);
            walked.push([receiver, letter.verb, letter.subject.id]);
            before = letter;
          }
        }
        expect(walked).toEqual([
          ...[one, two, two].map(({ id }) => ['ears', 'comment.approved', id]),
          ...[one, two].flatMap(({ id }) => ['approved', 'published'].map((verb) => ['eyes', `comment.${verb}`, id])),
          ['eyes', 'comment.approved', two.id],
        ]);
      },
    );

    test('that are given up are out of the way of those after them', async () => {
      const scene = await openWithKeys(open, 'one', 'two');
      const { outbox } = scene.stores;
      await outbox.bury((await claim(scene)) as Letter, scene.clock.now());
      expect(about(await collect(scene))).toEqual([['key.created', 'two-----']]);
    });

    test('are looked for at the sites where the first one may be taken up', async () => {
      const scene = await openWithKeys(open, 'one', 'two');
      const { outbox } = scene.stores;
      const isWaiting = async () => (await outbox.findSitesWithLetters(turn(scene), 1_000)).includes(scene.site);
      expect(await isWaiting()).toBe(true);
      await outbox.postpone((await claim(scene)) as Letter, scene.clock.now() + 1_000);
      expect(await isWaiting()).toBe(false);
      scene.clock.tick(1);
      expect(await isWaiting()).toBe(true);
      await collect(scene);
      expect(await isWaiting()).toBe(false);
    });

    test('are not looked for, and not taken up, before their id is below the one up to which they may go out', async () => {
      const scene = await openWithKeys(open, 'one', 'two');
      const { outbox } = scene.stores;
      const all = { siteId: scene.site, since: null, by: null, after: null, limit: 10 };
      const { events } = await scene.stores.log.list(all);
      const [one, two] = events.filter(({ verb }) => verb === 'key.created');
      const look = async (upTo: string) => {
        const turn = { now: scene.clock.now(), upTo };
        const letter = await outbox.claim(scene.site, 'ears', turn, 0);
        return [(await outbox.findSitesWithLetters(turn, 1_000)).includes(scene.site), letter?.id];
      };
      expect(await look(one?.id ?? '')).toEqual([false, undefined]);
      expect(await look(two?.id ?? '')).toEqual([true, one?.id]);
    });
  });
}
