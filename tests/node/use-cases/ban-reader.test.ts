import { expect, test } from 'vitest';
import { banReader } from '../../../src/core/reader/ban-reader.ts';
import { endBans } from '../../../src/core/reader/end-bans.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';

const ban = (house: House, kind: 'none' | 'ban' | 'shadow-ban', days: number | null, readerId = 'cleo') =>
  banReader(house.deps, house.moderator('Ada'), { readerId, ban: kind, days });

test('a ban for some days ends by itself, to the millisecond; one without days does not', async () => {
  const house = await openHouse();
  await house.post('cleo');
  done(await ban(house, 'ban', 2));
  house.clock.tick(2 * 86_400 - 0.001);
  expect(problemOf(await house.tryPost('cleo'))).toMatchObject({ reason: 'banned', until: house.clock.now() + 1 });
  house.clock.tick(0.001);
  expect(problemOf(await house.tryPost('cleo'))).toBeNull();
  done(await ban(house, 'ban', null));
  house.clock.tick(1_000 * 86_400);
  expect(problemOf(await house.tryPost('cleo'))).toEqual({ reason: 'banned', until: null });
});

test('a ban that is lifted has no end: days that come with it mean nothing', async () => {
  const house = await openHouse();
  await house.post('cleo');
  done(await ban(house, 'ban', null));
  done(await ban(house, 'none', 7));
  expect(problemOf(await house.tryPost('cleo'))).toBeNull();
  expect(house.tables.bans).toMatchObject([{ ban: 'none', until: null }]);
});

test('a reader who never posted cannot be banned', async () => {
  expect(problemOf(await ban(await openHouse(), 'ban', null, 'nobody'))).toEqual({
    reason: 'not-found',
    what: 'reader',
  });
});

test('a ban is kept in the log with who did it and until when, and said twice it is kept once', async () => {
  const house = await openHouse();
  await house.post('cleo');
  for (let i = 0; i < 2; i += 1) done(await ban(house, 'shadow-ban', 1));
  const events = house.tables.events.filter(({ subject }) => subject.kind === 'reader');
  expect(events).toMatchObject([
    {
      ...{ verb: 'reader.shadow-banned', subject: { kind: 'reader', id: 'cleo' }, actor: { name: 'Ada' } },
      facts: { until: house.clock.now() + 86_400_000 },
    },
  ]);
});

test.each([
  [199, false],
  [200, true],
])('a step that ends %i bans takes at most 200, and says whether there may be more', async (ended, isMore) => {
  const house = await openHouse();
  const limits: number[] = [];
  const readers = {
    ...house.deps.readers,
    endBans: async (_: unknown, limit: number) => {
      limits.push(limit);
      return ended;
    },
  };
  const step = await endBans({ ...house.deps, readers }, house.by({ kind: 'job', name: 'end-bans' }));
  expect(step).toEqual({ done: ended, isMore });
  expect(limits).toEqual([200]);
});
