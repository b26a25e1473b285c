import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../src/core/rate-limit/attempt.ts';
import { LIMITS, type Limit, type Operation } from '../../../src/core/rate-limit/limits.ts';
import { MILLIS_A_DAY, type Network } from '../../../src/core/rate-limit/network.ts';
import { type OpenStores, openScene, type Scene } from './scene.ts';

const HOUR_SECONDS = 3_600;

/** The network of these numbers in its block and range, whose name of yesterday is another one. */
const networkAt = (now: number, block = 0, network = 0, range = 0): Network => {
  const nameOn = (at: number) => {
    const day = Math.floor(at / MILLIS_A_DAY);
    return [`r${range}@${day}`, `b${block}@${day}`, `n${network}@${day}`].join('.');
  };
  return { today: nameOn(now), yesterday: nameOn(now - MILLIS_A_DAY) };
};

const findOwn = ({ stores, attempt }: Scene, network: Network, id: string, readerId: string) =>
  stores.ownComments.findOwn({ ...attempt('edit'), network }, { articleKey: 'ferry', id, readerId, text: null });

/** Tries, most of which need nothing to be there: null, or the refusal. */
const TRIES: Record<string, (scene: Scene, network: Network) => Promise<Refusal | null>> = {
  edit: async (scene, network) => {
    const { id, readerId } = await scene.post();
    const result = await findOwn(scene, network, id, readerId);
    return 'refusal' in result ? result.refusal : null;
  },
  flag: async ({ stores, attempt }, network) => {
    const flag = { articleKey: 'ferry', commentId: 'nobody', readerId: 'cleo', reason: 'spam', note: '' } as const;
    const result = await stores.flags.flag({ ...attempt('flag'), network }, flag);
    return result.outcome === 'limited' ? result.refusal : null;
  },
  vote: async ({ stores, attempt }, network) => {
    const cast = { articleKey: 'ferry', commentId: 'nobody', readerId: 'cleo', value: 1 } as const;
    const result = await stores.votes.vote({ ...attempt('vote'), network }, cast);
    return result.outcome === 'limited' ? result.refusal : null;
  },
  session: async ({ stores, attempt }, network) => {
    const redeem = { linkHashes: ['none'], sessionHash: 'none', sessionExpiresAt: 0 };
    return (await stores.moderators.redeemLink({ ...attempt('session'), network }, redeem, null)).refusal;
  },
  comment: async ({ insert }, network) => {
    const result = await insert({ network, isStranger: false });
    return result.outcome === 'limited' ? result.refusal : null;
  },
};

const tryFor = (operation: Operation) => {
  const act = TRIES[operation];
  if (act === undefined) throw new Error(`nothing tries ${operation}`);
  return act;
};

const OF_NETWORKS = Object.entries<Limit>(LIMITS).filter(
  ([, { actor, operation }]) => ['network', 'block', 'range'].includes(actor) && Object.hasOwn(TRIES, operation),
);

/** The n-th place of those that share no more than what the limit counts. */
const placeOf = ({ actor }: Limit, n: number, now: number): Network => {
  if (actor === 'network') return networkAt(now);
  return actor === 'block' ? networkAt(now, 0, n % 40) : networkAt(now, n % 40, n % 40);
};

const elsewhere = ({ actor }: Limit, now: number): Network => {
  if (actor === 'network') return networkAt(now, 0, 99);
  return actor === 'block' ? networkAt(now, 99, 99) : networkAt(now, 99, 99, 99);
};

export function limitWindowContract(open: OpenStores): void {
  describe('the windows of limits', () => {
    test.each(OF_NETWORKS)('let through as many as %s says and no more, to the millisecond', async (_, limit) => {
      const { operation, count, windowSeconds } = limit;
      const scene = await openScene(open);
      const { clock } = scene;
      const attempt = (n: number) => tryFor(operation)(scene, placeOf(limit, n, clock.now()));
      const first = clock.now();
      for (let n = 0; n < count; n += 1) {
        expect(await attempt(n), `try ${n}`).toBeNull();
        if (n === 0) clock.tick(0.25);
      }
      const retryAt = first + windowSeconds * 1_000;
      expect(await attempt(count)).toEqual({ limit, count, windowSeconds, retryAt });
      expect(await tryFor(operation)(scene, elsewhere(limit, clock.now()))).toBeNull();
      clock.tick((retryAt - clock.now()) / 1_000 - 0.001);
      expect(await attempt(count)).toMatchObject({ retryAt });
      clock.tick(0.001);
      expect(await attempt(count)).toBeNull();
      expect(await attempt(count)).toMatchObject({ retryAt: retryAt + 250 });
    });

    test('let through as many in a day as the limit says, past midnight, and the next when the hour of the first is over', async () => {
      const scene = await openScene(open);
      const { clock } = scene;
      const limit = LIMITS.flagByNetwork;
      const flag = () => tryFor('flag')(scene, networkAt(clock.now()));
      // Half past ten in the evening: the network has another name for most of these.
      clock.tick(12 * HOUR_SECONDS);
      const firstHour = Math.floor(clock.now() / 3_600_000) * 3_600_000;
      for (let n = 0; n < limit.aDay; n += 1) {
        expect(await flag(), `try ${n}`).toBeNull();
        clock.tick(60);
      }
      const retryAt = firstHour + 25 * 3_600_000;
      const refusal = { limit, count: limit.aDay, windowSeconds: 86_400, retryAt };
      expect(await flag()).toEqual(refusal);
      clock.tick((retryAt - clock.now()) / 1_000 - 0.001);
      expect(await flag()).toEqual(refusal);
      clock.tick(0.001);
      expect(await flag()).toBeNull();
    });

    test('do not begin anew at midnight', async () => {
      const scene = await openScene(open);
      const { clock } = scene;
      const { count } = LIMITS.flagByNetwork;
      const midnight = (Math.floor(clock.now() / MILLIS_A_DAY) + 1) * MILLIS_A_DAY;
      clock.tick((midnight - 10 - clock.now()) / 1_000);
      for (let n = 0; n < count; n += 1) {
        expect(await tryFor('flag')(scene, networkAt(clock.now()))).toBeNull();
        if (n === count / 2) clock.tick(0.02);
      }
      expect(await tryFor('flag')(scene, networkAt(clock.now()))).toMatchObject({ retryAt: midnight - 10 + 60_000 });
    });

    test('count no edit of what is not the reader’s own, which is not found, whatever is full', async () => {
      const scene = await openScene(open);
      const network = networkAt(scene.clock.now());
      const { count } = LIMITS.editByNetwork;
      const { id, readerId } = await scene.post();
      const inVain = async () => {
        for (const [what, who] of [
          ['nobody', readerId],
          [id, 'somebody else'],
        ] as const) {
          expect(await findOwn(scene, network, what, who)).toEqual({ found: null });
        }
      };
      for (let n = 0; n < count; n += 1) await inVain();
      for (let n = 0; n < count; n += 1) {
        expect(await findOwn(scene, network, id, readerId)).toMatchObject({ found: { comment: { id } } });
      }
      await inVain();
      expect(await findOwn(scene, network, id, readerId)).toMatchObject({ refusal: { count } });
    });

    test('of two days ago are forgotten, so many at a time, and none that still counts', async () => {
      const scene = await openScene(open);
      const { clock, stores } = scene;
      const flag = (n: number) => tryFor('flag')(scene, networkAt(clock.now(), n, n));
      for (let n = 0; n < 3; n += 1) await flag(n);
      clock.tick(48 * HOUR_SECONDS - 20);
      for (let n = 0; n < LIMITS.flagByNetwork.count; n += 1) expect(await flag(0)).toBeNull();
      // Other tests of this file may have left some, too.
      const ago = clock.now() - 24 * HOUR_SECONDS * 1_000;
      while ((await stores.limitWindows.forget(ago, 100)) > 0);
      expect(await stores.limitWindows.forget(clock.now(), 2)).toBe(2);
      expect(await stores.limitWindows.forget(clock.now(), 1)).toBe(1);
      while ((await stores.limitWindows.forget(clock.now(), 100)) > 0);
      expect(await flag(0)).not.toBeNull();
    });
  });

  describe('votes on one comment', () => {
    const cast = (scene: Scene, id: string, network: Network, readerId: string) =>
      scene.stores.votes.vote(
        { ...scene.attempt('vote'), network },
        { articleKey: 'ferry', commentId: id, readerId, value: 1 },
      );

    const counted = async (scene: Scene) => (await scene.page()).comments[0]?.comment.upVotes;

    test.each([LIMITS.votesOnOneComment, LIMITS.votesOnOneByBlock, LIMITS.votesOnOneByRange] satisfies Limit[])(
      'from one $actor count for $count new keys; the others are set aside',
      async (limit) => {
        const scene = await openScene(open);
        const comment = await scene.post();
        const vote = (n: number) => cast(scene, comment.id, placeOf(limit, n, scene.clock.now()), `voter ${n}`);
        for (let n = 0; n < 30; n += 1) expect(await vote(n)).toMatchObject({ outcome: 'done' });
        expect(await counted(scene)).toBe(limit.count);
        expect((await scene.dossierOf(comment)).entry.comment.setAsideVotes).toBe(30 - limit.count);
        await cast(scene, comment.id, networkAt(scene.clock.now(), 99, 99, 99), 'somebody else');
        expect(await counted(scene)).toBe(limit.count + 1);
        scene.clock.tick(limit.windowSeconds);
        await vote(30);
        expect(await counted(scene)).toBe(limit.count + 2);
      },
    );

    test('from a whole range count for readers who are known, up to the limit of their own network', async () => {
      const scene = await openScene(open);
      const { clock } = scene;
      const earlier = await scene.post({ readerId: 'approved' });
      await scene.decide('approve', [earlier]);
      await cast(scene, earlier.id, networkAt(clock.now()), 'of last week');
      clock.tick(0.002);
      await cast(scene, earlier.id, networkAt(clock.now()), 'of six days');
      clock.tick(7 * 24 * HOUR_SECONDS - 0.001);
      const { id } = await scene.post();
      const upVotes = async () => (await scene.page({ sort: 'newest' })).comments[0]?.comment.upVotes;
      for (let n = 0; n < 20; n += 1) await cast(scene, id, networkAt(clock.now(), n, n), `voter ${n}`);
      expect(await upVotes()).toBe(LIMITS.votesOnOneByRange.count);
      await cast(scene, id, networkAt(clock.now(), 50, 50), 'approved');
      await cast(scene, id, networkAt(clock.now(), 51, 51), 'of six days');
      expect(await upVotes()).toBe(LIMITS.votesOnOneByRange.count + 1);
      await cast(scene, id, networkAt(clock.now(), 51, 51), 'of last week');
      expect(await upVotes()).toBe(LIMITS.votesOnOneByRange.count + 2);
      for (let n = 0; n < 6; n += 1) await cast(scene, id, networkAt(clock.now(), 52, 52), `neighbour ${n}`);
      await cast(scene, id, networkAt(clock.now(), 52, 52), 'of last week');
      expect(await upVotes()).toBe(LIMITS.votesOnOneByRange.count + 2);
    });
  });
}
