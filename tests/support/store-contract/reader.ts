import { describe, expect, test } from 'vitest';
import type { CommentToInsert } from '../../../src/core/comment/posting.ts';
import type { ReaderStanding } from '../../../src/core/reader/reader.ts';
import { networkNamed } from '../memory/platform.ts';
import { type OpenStores, openScene, type Scene } from './scene.ts';

const HOUR_SECONDS = 3_600;

const ban = ({ stores, deed }: Scene, readerId: string, kind: ReaderStanding['ban'], until: number | null) =>
  stores.readers.ban(deed(), readerId, kind, until);

const standing = async ({ stores, site, clock }: Scene, readerId: string) => {
  const { reader } = await stores.postings.loadPosting({
    ...{ siteId: site, articleKey: 'ferry', parentId: null, readerId, textHash: 'none' },
    ...{
      sameTextSince: clock.now(),
      idempotencyKey: null,
      now: clock.now(),
      network: networkNamed('anywhere', clock.now()),
    },
  });
  return reader;
};

export function readerContract(open: OpenStores): void {
  describe('a reader who is known by another id', () => {
    test('keeps one vote on a comment that both ids have voted on', async () => {
      const scene = await openScene(open);
      const comment = await scene.post({ readerId: 'ada' });
      await scene.vote(comment, 'cleo', 1);
      await scene.vote(comment, 'cleo-now', -1);
      await scene.stores.readers.move(scene.site, 'cleo', 'cleo-now');
      expect(await scene.stores.readers.isKnown(scene.site, 'cleo')).toBe(false);
      expect(await scene.vote(comment, 'dora', 1)).toMatchObject({ upVotes: 1, downVotes: 1 });
    });
  });

  describe('a ban', () => {
    test('stands until another word on the reader, in their own site alone', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      for (const one of [scene, other]) await one.post({ readerId: 'cleo' });
      const until = scene.clock.now() + 1_000;
      expect(await ban(scene, 'cleo', 'ban', until)).toBe(true);
      expect(await standing(scene, 'cleo')).toEqual({ approvedCount: 0, ban: 'ban', banUntil: until });
      expect(await standing(other, 'cleo')).toMatchObject({ ban: 'none' });
      expect(await ban(scene, 'cleo', 'shadow-ban', null)).toBe(true);
      expect(await standing(scene, 'cleo')).toMatchObject({ ban: 'shadow-ban', banUntil: null });
      expect(await ban(scene, 'cleo', 'none', null)).toBe(true);
      expect(await standing(scene, 'cleo')).toMatchObject({ ban: 'none', banUntil: null });
    });

    test.each(['comment', 'vote'] as const)(
      'is of a reader who is known from their first %s on, in their own site alone',
      async (deed) => {
        const [scene, other] = [await openScene(open), await openScene(open)];
        const isKnown = ({ stores, site }: Scene) => stores.readers.isKnown(site, 'cleo');
        if (deed === 'comment') await scene.post({ readerId: 'cleo' });
        else await scene.vote(await scene.post(), 'cleo', 1);
        expect([await isKnown(scene), await isKnown(other)]).toEqual([true, false]);
      },
    );

    test('goes along when a reader is known by another id, in their own site alone', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      for (const one of [scene, other]) await one.post({ readerId: 'cleo' });
      await ban(scene, 'cleo', 'ban', null);
      await scene.stores.readers.move(scene.site, 'cleo', 'cleo-now');
      await scene.stores.readers.move(scene.site, 'nobody', 'somebody');
      expect(await standing(scene, 'cleo-now')).toMatchObject({ ban: 'ban' });
      expect(await standing(scene, 'cleo')).toMatchObject({ ban: 'none' });
      expect(await ban(scene, 'cleo-now', 'none', null)).toBe(true);
      expect([await ban(scene, 'cleo', 'ban', null), await ban(other, 'cleo', 'ban', null)]).toEqual([false, true]);
    });

    test('holds the networks of the last day alone, in its own site, for as long as the longest of them says', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      const from = (name: string) => networkNamed(name, scene.clock.now());
      const isHeld = async ({ stores, site, clock }: Scene, name: string) => {
        const { isNetworkHeld } = await stores.postings.loadPosting({
          ...{ siteId: site, articleKey: 'ferry', parentId: null, readerId: 'emil', textHash: 'none' },
          ...{ sameTextSince: clock.now(), idempotencyKey: null, now: clock.now(), network: from(name) },
        });
        return isNetworkHeld;
      };
      await scene.post({ readerId: 'cleo', network: from('before') });
      scene.clock.tick(24 * HOUR_SECONDS + 1);
      await scene.post({ readerId: 'cleo', network: from('with a key'), idempotencyKey: 'key' });
      await scene.post({ readerId: 'cleo', network: from('without') });
      await scene.post({ readerId: 'cleo!', network: from('of another') });
      await scene.post({ readerId: 'cle', network: from('of a third') });
      const heldOf = async (one = scene) => {
        const names = ['before', 'with a key', 'without', 'of another', 'of a third'];
        const held = await Promise.all(names.map((name) => isHeld(one, name)));
        return names.filter((_, i) => held[i]);
      };
      await ban(scene, 'cleo', 'ban', null);
      expect(await heldOf()).toEqual([]);
      const until = (seconds: number) => scene.clock.now() + seconds * 1_000;
      for (const seconds of [20, 10]) await scene.stores.readers.ban(scene.deed(), 'cleo', 'ban', null, until(seconds));
      other.clock.tick(24 * HOUR_SECONDS + 1);
      expect([await heldOf(), await heldOf(other)]).toEqual([['with a key', 'without'], []]);
      while ((await scene.stores.readers.endNetworkHolds(until(19.999), 100)) > 0);
      scene.clock.tick(19.999);
      expect(await heldOf()).toEqual(['with a key', 'without']);
      scene.clock.tick(0.001);
      expect(await heldOf()).toEqual([]);
      expect(await scene.stores.readers.endNetworkHolds(scene.clock.now(), 1)).toBe(1);
      expect(await scene.stores.readers.endNetworkHolds(scene.clock.now(), 100)).toBe(1);
      expect(await scene.stores.readers.endNetworkHolds(scene.clock.now(), 100)).toBe(0);
    });

    test('of somebody who never posted finds nobody', async () => {
      expect(await ban(await openScene(open), 'nobody', 'ban', null)).toBe(false);
    });

    test('that is over is ended, the others stand', async () => {
      const scene = await openScene(open);
      for (const readerId of ['cleo', 'dora', 'emil']) await scene.post({ readerId });
      await ban(scene, 'cleo', 'ban', scene.clock.now() + 1_000);
      await ban(scene, 'dora', 'ban', scene.clock.now() + 1_001);
      await ban(scene, 'emil', 'ban', null);
      scene.clock.tick(1);
      const sitesDue = () => scene.stores.readers.findSitesWithBansOver(scene.clock.now(), 1_000);
      expect(await sitesDue()).toContain(scene.site);
      const other = await openScene(open);
      await other.post({ readerId: 'cleo' });
      await ban(other, 'cleo', 'ban', other.clock.now());
      expect(await scene.stores.readers.findSitesWithBansOver(scene.clock.now(), 1)).toHaveLength(1);
      const job = { kind: 'job', id: null, name: 'bans' } as const;
      expect(await scene.stores.readers.endBans(scene.deed(job), 100)).toBe(1);
      expect(await scene.stores.readers.endBans(scene.deed(job), 100)).toBe(0);
      expect(await sitesDue()).not.toContain(scene.site);
      expect(await standing(scene, 'cleo')).toMatchObject({ ban: 'none', banUntil: null });
      expect(await standing(scene, 'dora')).toMatchObject({ ban: 'ban' });
      expect(await standing(scene, 'emil')).toMatchObject({ ban: 'ban' });
    });

    test('that was over first is ended first, so many at a time', async () => {
      const scene = await openScene(open);
      for (const [readerId, millis] of [
        ['cleo', 3],
        ['dora', 1],
        ['emil', 2],
      ] as const) {
        await scene.post({ readerId });
        await ban(scene, readerId, 'ban', scene.clock.now() + millis);
      }
      scene.clock.tick(1);
      const banned = async () => {
        const readers = ['cleo', 'dora', 'emil'];
        const bans = await Promise.all(readers.map(async (id) => (await standing(scene, id)).ban));
        return readers.filter((_, i) => bans[i] === 'ban');
      };
      const job = { kind: 'job', id: null, name: 'bans' } as const;
      for (const left of [['cleo', 'emil'], ['cleo'], []]) {
        expect(await scene.stores.readers.endBans(scene.deed(job), 1)).toBe(1);
        expect(await banned()).toEqual(left);
      }
    });
  });

  test('an approved comment is known of its reader in its own site, as long as that is the last word', async () => {
    const [scene, other] = [await openScene(open), await openScene(open)];
    const approved = (at: Scene, id: string) => at.stores.readers.hasApproved(at.site, id);
    const comment = await scene.post({ readerId: 'cleo' });
    for (const one of [scene, other]) await one.post({ readerId: 'dora' });
    await other.post({ readerId: 'cleo' });
    expect(await approved(scene, 'cleo')).toBe(false);
    await scene.decide('approve', [comment]);
    expect(await approved(scene, 'cleo')).toBe(true);
    expect(await Promise.all([approved(scene, 'dora'), approved(other, 'cleo'), approved(scene, 'nobody')])).toEqual([
      false,
      false,
      false,
    ]);
    await scene.decide('reject', [{ ...comment, status: 'approved' }]);
    expect(await approved(scene, 'cleo')).toBe(false);
  });

  describe('an address', () => {
    const addressesIn = (scene: Scene, comments: CommentToInsert[]) =>
      Promise.all(comments.map(async (one) => (await scene.dossierOf(one)).entry.comment.authorEmail));

    test('is forgotten step by step, in whichever case, in its own site alone and with an event a step', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      const typed = ['Cleo@Mail.example', 'dora@mail.example', null, 'cleo@mail.EXAMPLE', 'cleo@mail.example'];
      const posted: CommentToInsert[] = [];
      for (const authorEmail of typed) {
        scene.clock.tick(1);
        posted.push(await scene.post({ authorEmail, status: authorEmail === null ? 'published' : 'spam' }));
      }
      const elsewhere = await other.post({ authorEmail: 'cleo@mail.example' });
      const step = (after: string | null) =>
        scene.stores.readers.forgetAddress(scene.deed(), { email: 'CLEO@mail.example', after, limit: 2 });
      const [, second, , fourth] = posted.map(({ id }) => id);
      expect(await step(null)).toEqual({ looked: 2, forgotten: 1, next: second });
      expect(await addressesIn(scene, posted)).toEqual([null, ...typed.slice(1)]);
      expect(await step(second ?? null)).toEqual({ looked: 2, forgotten: 1, next: fourth });
      expect(await step(fourth ?? null)).toEqual({ looked: 1, forgotten: 1, next: null });
      expect(await step(null)).toEqual({ looked: 2, forgotten: 0, next: second });
      expect(await addressesIn(scene, posted)).toEqual([null, 'dora@mail.example', null, null, null]);
      expect(await addressesIn(other, [elsewhere])).toEqual(['cleo@mail.example']);
      const { events } = await scene.stores.log.list({
        ...{ siteId: scene.site, since: null, by: null, limit: 100, after: null },
      });
      const told = events.filter(({ verb }) => verb === 'address.forgotten');
      expect(told.map(({ subject, facts }) => [subject, facts])).toEqual(
        Array(3).fill([{ kind: 'site', id: scene.site }, { comments: 1 }]),
      );
    });

    test('is nobody’s where there is no such site', async () => {
      const scene = await openScene(open);
      const step = { email: 'cleo@mail.example', after: null, limit: 2 };
      expect(await scene.stores.readers.forgetAddress({ ...scene.deed(), site: 'nowhere' }, step)).toBeNull();
      expect(await scene.stores.readers.forgetAddress(scene.deed(), step)).toEqual({
        ...{ looked: 0, forgotten: 0, next: null },
      });
    });
  });
}
