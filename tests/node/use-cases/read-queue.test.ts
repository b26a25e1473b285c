import { expect, test } from 'vitest';
import { decide } from '../../../src/core/moderation/decide.ts';
import { readDossier, readQueue } from '../../../src/core/moderation/read-queue.ts';
import { done, openHouse, problemOf } from '../../support/memory/house.ts';

test('the queue shows what waits, the oldest first, with the counts of every list', async () => {
  const house = await openHouse({ moderation: 'pre' });
  const [first, second] = [await house.post('cleo'), await house.post('dora')];
  await house.putFerry({ moderation: 'post' });
  await house.post('emil');
  const page = { list: 'pending', order: 'oldest', limit: 10, after: null } as const;
  const { entries, counts } = done(await readQueue(house.deps, house.moderator('Ada'), page));
  expect(entries.map(({ comment }) => comment.id)).toEqual([first.id, second.id]);
  expect(counts).toMatchObject({ pending: 2, unmoderated: 1 });
});

test('a dossier tells what happened to a comment, and is asked for by its own article', async () => {
  const house = await openHouse();
  const { id, articleKey } = await house.post('cleo');
  const comments = [{ id, articleKey, expectedStatus: 'published' as const, revision: 1 }];
  done(await decide(house.deps, house.moderator('Ada'), { decision: 'reject', reason: 'Off topic.', comments }));
  const dossier = (commentId: string, key: string) =>
    readDossier(house.deps, house.moderator('Ben'), { articleKey: key, commentId });
  const { events } = done(await dossier(id, 'ferry'));
  expect(events).toMatchObject([{ kind: 'reject', moderatorName: 'Ada', reason: 'Off topic.' }]);
  const notFound = { reason: 'not-found', what: 'comment' };
  expect(problemOf(await dossier(id, 'bridge'))).toEqual(notFound);
  expect(problemOf(await dossier('nobody', 'ferry'))).toEqual(notFound);
});
