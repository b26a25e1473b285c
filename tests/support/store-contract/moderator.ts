import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../src/core/rate-limit/attempt.ts';
import { LIMITS } from '../../../src/core/rate-limit/limits.ts';
import type { ModeratorRecord } from '../../../src/core/team/moderator.ts';
import { type OpenStores, openScene, type Scene } from './scene.ts';

const MINUTE = 60_000;

const invite = async (
  { stores, site, deed, clock }: Scene,
  name: string,
  role: ModeratorRecord['role'] = 'moderator',
) => {
  const invited = deed();
  const email = `${name.toLowerCase()}@news.example`;
  const moderator = { siteId: site, id: invited.id, email, name, role, createdAt: invited.now };
  const first = { tokenHash: `first of ${name}`, expiresAt: clock.now() + MINUTE, isHandedOut: false };
  return { moderator, isNew: await stores.moderators.insert(invited, moderator, first) };
};

const link = async ({ stores, site, clock }: Scene, { id }: ModeratorRecord, tokenHash: string) =>
  stores.moderators.insertLink(null, { siteId: site, tokenHash, moderatorId: id, expiresAt: clock.now() + MINUTE });

const redeem = async (
  { stores, clock, attempt }: Scene,
  linkHash: string,
  sessionHash = 'session',
  known: Refusal | null = null,
) => {
  const session = { linkHashes: [linkHash], sessionHash, sessionExpiresAt: clock.now() + MINUTE };
  const result = await stores.moderators.redeemLink(attempt('session'), session, known);
  return result.moderator ?? (result.refusal && { refusal: result.refusal });
};

const signedIn = ({ stores, site, clock }: Scene, sessionHash = 'session') =>
  stores.moderators.findBySession(site, sessionHash, clock.now());

export function moderatorContract(open: OpenStores): void {
  describe('a team', () => {
    test('is listed by name, and each of them is found by id and by address', async () => {
      const scene = await openScene(open);
      const { moderator: zoe } = await invite(scene, 'Zoe');
      const { moderator: ada } = await invite(scene, 'Ada', 'admin');
      const { moderators } = scene.stores;
      expect(await moderators.list(scene.site)).toEqual([ada, zoe]);
      expect(await moderators.findById(scene.site, zoe.id)).toEqual(zoe);
      expect(await moderators.findById(scene.site, ada.id)).toEqual(ada);
      expect(await moderators.findByEmail(scene.site, 'ada@news.example')).toEqual(ada);
      expect(await moderators.findById('nowhere', zoe.id)).toBeNull();
      expect(await moderators.findByEmail(scene.site, 'ben@news.example')).toBeNull();
    });

    test('has each address once, and another site may have it too', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      expect((await invite(scene, 'Ada')).isNew).toBe(true);
      expect((await invite(scene, 'Ada')).isNew).toBe(false);
      expect((await invite(other, 'Ada')).isNew).toBe(true);
      expect(await scene.stores.moderators.list(scene.site)).toHaveLength(1);
    });

    test('keeps its last admin', async () => {
      const scene = await openScene(open);
      const { moderator: ada } = await invite(scene, 'Ada', 'admin');
      const { moderator: ben } = await invite(scene, 'Ben');
      const remove = (id: string) => scene.stores.moderators.remove(scene.deed(), id);
      await link(scene, ada, 'used');
      await link(scene, ada, 'kept');
      await redeem(scene, 'used');
      expect(await remove(ada.id)).toBe('last-admin');
      expect(await signedIn(scene)).toEqual(ada);
      expect(await redeem(scene, 'kept', 'session-2')).toEqual(ada);
      await invite(scene, 'Cara', 'admin');
      expect(await remove(ada.id)).toBe('removed');
      expect(await remove(ada.id)).toBe('not-found');
      expect(await remove(ben.id)).toBe('removed');
      expect((await scene.stores.moderators.list(scene.site)).map(({ name }) => name)).toEqual(['Cara']);
    });

    test('of one whom it removes ends every session and link, and nobody else’s', async () => {
      const scene = await openScene(open);
      const { moderator } = await invite(scene, 'Ben');
      const { moderator: cara } = await invite(scene, 'Cara');
      await link(scene, cara, 'link-3');
      await link(scene, moderator, 'link-1');
      await link(scene, moderator, 'link-2');
      await redeem(scene, 'link-1');
      await scene.stores.moderators.remove(scene.deed(), moderator.id);
      expect(await signedIn(scene)).toBeNull();
      expect(await redeem(scene, 'link-2', 'session-2')).toBeNull();
      expect(await redeem(scene, 'link-3', 'session-3')).toEqual(cara);
    });
  });

  describe('a sign-in link', () => {
    test('opens one session, once', async () => {
      const scene = await openScene(open);
      await invite(scene, 'Ada');
      const { moderator } = await invite(scene, 'Ben');
      await link(scene, moderator, 'link');
      expect(await redeem(scene, 'link')).toEqual(moderator);
      expect(await redeem(scene, 'link', 'session-2')).toBeNull();
      expect(await signedIn(scene)).toEqual(moderator);
      expect(await signedIn(scene, 'session-2')).toBeNull();
    });

    test('that is over, unknown or another site’s opens nothing', async () => {
      const [scene, other] = [await openScene(open), await openScene(open)];
      const { moderator } = await invite(scene, 'Ben');
      await link(scene, moderator, 'link');
      expect(await redeem(scene, 'another')).toBeNull();
      expect(await redeem(other, 'link')).toBeNull();
      await other.stores.moderators.insert(
        other.deed(),
        { ...moderator, siteId: other.site },
        { tokenHash: 'first elsewhere', expiresAt: other.clock.now() + MINUTE, isHandedOut: false },
      );
      expect(await redeem(other, 'link')).toBeNull();
      scene.clock.tick(60);
      expect(await redeem(scene, 'link')).toBeNull();
      expect(await signedIn(scene)).toBeNull();
    });
  });

  test('where a refusal is known a link opens its session, also once more; all else is refused, and nothing counted', async () => {
    const scene = await openScene(open);
    const { moderator } = await invite(scene, 'Ben');
    await link(scene, moderator, 'link');
    const school: Scene = { ...scene, attempt: (operation) => scene.attempt(operation, 'a school') };
    const ask = (known: Refusal | null) =>
      scene.stores.moderators.findForLink(school.attempt('sign-in-link'), moderator.email, known);
    const { linkByNetwork, sessionByNetwork: limit } = LIMITS;
    const known = {
      limit,
      count: limit.count,
      windowSeconds: limit.windowSeconds,
      retryAt: scene.clock.now() + MINUTE,
    };
    expect(await redeem(school, 'wrong', 'session', known)).toEqual({ refusal: known });
    for (const _ of [1, 2]) expect(await redeem(school, 'link', 'session', known)).toEqual(moderator);
    expect(await redeem(school, 'link', 'another', known)).toEqual({ refusal: known });
    expect(await ask(known)).toMatchObject({ moderator, refusal: known });
    for (let n = 0; n < limit.count; n += 1) expect(await redeem(school, 'wrong', 'another')).toBeNull();
    expect(await redeem(school, 'wrong', 'another')).toMatchObject({ refusal: { limit } });
    for (let n = 0; n < linkByNetwork.count; n += 1) expect(await ask(null)).toMatchObject({ refusal: null });
    expect(await ask(null)).toMatchObject({ moderator, refusal: { limit: linkByNetwork } });
  });

  test('a sign-in link that is deleted opens nothing, and the others do', async () => {
    const [scene, other] = [await openScene(open), await openScene(open)];
    const { moderator } = await invite(scene, 'Ben');
    await link(scene, moderator, 'link');
    await link(scene, moderator, 'other');
    await other.stores.moderators.deleteLink(other.site, 'other');
    await scene.stores.moderators.deleteLink(scene.site, 'link');
    expect(await redeem(scene, 'link')).toBeNull();
    expect(await redeem(scene, 'other')).toEqual(moderator);
  });

  describe('a session', () => {
    const begin = async () => {
      const scene = await openScene(open);
      const { moderator } = await invite(scene, 'Ben');
      await link(scene, moderator, 'link');
      await redeem(scene, 'link');
      return scene;
    };

    test('is over at its time, and stays so when what is over was deleted', async () => {
      const scene = await begin();
      scene.clock.tick(59.999);
      await scene.stores.moderators.deleteExpired(scene.clock.now());
      expect(await scene.stores.moderators.deleteExpired(scene.clock.now())).toBe(0);
      expect(await signedIn(scene)).not.toBeNull();
      scene.clock.tick(0.001);
      expect(await signedIn(scene)).toBeNull();
      expect(await scene.stores.moderators.deleteExpired(scene.clock.now())).toBeGreaterThan(0);
      expect(await scene.stores.moderators.findBySession(scene.site, 'session', 0)).toBeNull();
    });

    test('that was ended is over at once, and no other with it', async () => {
      const scene = await begin();
      const [moderator] = await scene.stores.moderators.list(scene.site);
      if (moderator === undefined) throw new Error('the team is empty');
      await link(scene, moderator, 'link-2');
      await redeem(scene, 'link-2', 'session-2');
      await scene.stores.moderators.endSession(scene.site, 'session');
      expect(await signedIn(scene)).toBeNull();
      expect(await signedIn(scene, 'session-2')).not.toBeNull();
    });
  });
}
