import { expect, test } from 'vitest';
import { flagComment } from '../../../src/core/flag/flag-comment.ts';
import { readDossier, readQueue } from '../../../src/core/moderation/read-queue.ts';
import { LIMITS } from '../../../src/core/rate-limit/limits.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';

const flag = (house: House, commentId: string, who: string, network?: string, note = '') =>
  flagComment(house.deps, house.reader(who, network), { articleKey: 'ferry', commentId, reason: 'offensive', note });

test('a reported comment stands in its queue, each reader’s report once and with its words cleaned', async () => {
  const house = await openHouse();
  const { id } = await house.post('cleo');
  for (const who of ['dora', 'dora', 'emil']) done(await flag(house, id, who, undefined, 'Rude\u0000.'));
  const page = { list: 'reported', order: 'oldest', limit: 10, after: null } as const;
  const { entries } = done(await readQueue(house.deps, house.moderator('Ada'), page));
  expect(entries.map(({ comment }) => [comment.id, comment.flagCount])).toEqual([[id, 2]]);
  const dossier = done(await readDossier(house.deps, house.moderator('Ada'), { articleKey: 'ferry', commentId: id }));
  expect(dossier.flags.map(({ note }) => note)).toEqual(['Rude.', 'Rude.']);
});

test('a comment that the reader cannot see cannot be reported', async () => {
  const house = await openHouse({ moderation: 'pre' });
  const { id } = await house.post('cleo');
  for (const gone of [id, 'nobody']) {
    expect(problemOf(await flag(house, gone, 'dora'))).toEqual({ reason: 'not-found', what: 'comment' });
  }
});

test('reports have a limit by network', async () => {
  const house = await openHouse();
  const { id } = await house.post('cleo');
  for (let i = 0; i < LIMITS.flagByNetwork.count; i += 1) done(await flag(house, id, `reader-${i}`, 'a school'));
  expect(problemOf(await flag(house, id, 'dora', 'a school'))).toMatchObject({ operation: 'flag' });
  expect(problemOf(await flag(house, id, 'dora', 'at home'))).toBeNull();
});
