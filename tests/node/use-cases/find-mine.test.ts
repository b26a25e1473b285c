import { expect, test } from 'vitest';
import { findMine } from '../../../src/core/comment/find-mine.ts';
import { voteComment } from '../../../src/core/vote/vote-comment.ts';
import { done, openHouse, problemOf } from '../../support/memory/house.ts';

test('a reader finds their own comments and votes under the article, and nobody else’s', async () => {
  const house = await openHouse({ moderation: 'pre' });
  const own = await house.post('cleo');
  await house.putFerry({ moderation: 'post' });
  const other = await house.post('dora');
  done(await voteComment(house.deps, house.reader('cleo'), { articleKey: 'ferry', commentId: other.id, value: -1 }));
  const mine = async (who: string, articleKey = 'ferry') => {
    const { comments, votes } = done(await findMine(house.deps, house.reader(who), { articleKey }));
    return { comments: comments.map(({ id, status }) => [id, status]), votes: [...votes] };
  };
  expect(await mine('cleo')).toEqual({ comments: [[own.id, 'pending']], votes: [[other.id, -1]] });
  expect(await mine('dora')).toEqual({ comments: [[other.id, 'published']], votes: [] });
  expect(await mine('cleo', 'bridge')).toEqual({ comments: [], votes: [] });
});

test('a site that is not there has nobody’s comments', async () => {
  const house = await openHouse();
  const result = await findMine(house.deps, { ...house.reader('cleo'), site: 'nowhere' }, { articleKey: 'ferry' });
  expect(problemOf(result)).toEqual({ reason: 'not-found', what: 'site' });
});
