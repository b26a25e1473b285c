import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/core/moderation/decide.ts';
import { LIMITS } from '../../../src/core/rate-limit/limits.ts';
import { ruleOnVotes } from '../../../src/core/vote/rule-on-votes.ts';
import { voteComment } from '../../../src/core/vote/vote-comment.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';

const vote = (house: House, commentId: string, who: string, value: 1 | 0 | -1 = 1, network?: string) =>
  voteComment(house.deps, house.reader(who, network), { articleKey: 'ferry', commentId, value });

const rule = (house: House, commentId: string, ruling: 'count-votes' | 'discard-votes', articleKey = 'ferry') =>
  ruleOnVotes(house.deps, house.moderator('Ada'), { articleKey, commentId, ruling });

const shownVotes = (house: House) => {
  const counted = house.tables.votes.filter(({ state }) => state === 'counts');
  return counted.reduce((sum, { value }) => sum + value, 0);
};

/** Votes from one network, beyond what counts: so many are set aside. */
const openWithBurst = async (aside: number) => {
  const house = await openHouse();
  const { id } = await house.post('cleo');
  for (let i = 0; i < LIMITS.votesOnOneComment.count + aside; i += 1) {
    house.clock.tick(2);
    done(await vote(house, id, `voter-${i}`, 1, 'a school'));
  }
  return { house, id };
};

describe('a vote', () => {
  test('is one a reader, and can be changed and taken back', async () => {
    const house = await openHouse();
    const { id } = await house.post('cleo');
    expect(done(await vote(house, id, 'dora', 1))).toEqual({ upVotes: 1, downVotes: 0, value: 1 });
    expect(done(await vote(house, id, 'dora', -1))).toEqual({ upVotes: 0, downVotes: 1, value: -1 });
    expect(done(await vote(house, id, 'dora', 0))).toEqual({ upVotes: 0, downVotes: 0, value: 0 });
  });

  test('is not for one’s own comment, nor for one that is not there', async () => {
    const house = await openHouse();
    const { id, articleKey } = await house.post('cleo');
    expect(problemOf(await vote(house, id, 'cleo'))).toEqual({ reason: 'own-comment' });
    const comments = [{ id, articleKey, expectedStatus: 'published' as const, revision: 1 }];
    done(await decide(house.deps, house.moderator('Ada'), { decision: 'reject', reason: '', comments }));
    for (const gone of [id, 'nobody']) {
      expect(problemOf(await vote(house, gone, 'dora'))).toEqual({ reason: 'not-found', what: 'comment' });
    }
  });

  test('has a limit by network', async () => {
    const house = await openHouse();
    const { count } = LIMITS.voteByNetwork;
    const { id } = await house.post('cleo');
    for (let i = 0; i < count; i += 1) done(await vote(house, id, 'dora', i % 2 === 0 ? 1 : -1, 'a school'));
    expect(problemOf(await vote(house, id, 'dora', 1, 'a school'))).toMatchObject({ operation: 'vote' });
    expect(problemOf(await vote(house, id, 'emil', 1, 'at home'))).toBeNull();
  });
});

describe('a burst of votes on one comment from one network', () => {
  test('counts up to its limit; the rest is set aside and answered as if it counted', async () => {
    const { house, id } = await openWithBurst(0);
    expect(shownVotes(house)).toBe(LIMITS.votesOnOneComment.count);
    house.clock.tick(2);
    const late = done(await vote(house, id, 'late', 1, 'a school'));
    expect(late).toEqual({ upVotes: LIMITS.votesOnOneComment.count + 1, downVotes: 0, value: 1 });
    expect(shownVotes(house)).toBe(LIMITS.votesOnOneComment.count);
    done(await vote(house, id, 'elsewhere', 1, 'at home'));
    expect(shownVotes(house)).toBe(LIMITS.votesOnOneComment.count + 1);
  });

  test('is not begun by one reader who changes their mind', async () => {
    const house = await openHouse();
    const { id } = await house.post('cleo');
    for (let i = 0; i < 20; i += 1) done(await vote(house, id, 'dora', i % 2 === 0 ? -1 : 1, 'at home'));
    done(await vote(house, id, 'emil', 1, 'at home'));
    expect(shownVotes(house)).toBe(2);
  });

  test('leaves other comments alone', async () => {
    const { house } = await openWithBurst(1);
    const { id } = await house.post('cleo');
    done(await vote(house, id, 'late', 1, 'a school'));
    expect(shownVotes(house)).toBe(LIMITS.votesOnOneComment.count + 1);
  });

  test('can be left: a vote that is taken back is taken back', async () => {
    const { house, id } = await openWithBurst(1);
    const last = `voter-${LIMITS.votesOnOneComment.count}`;
    expect(done(await vote(house, id, last, 0, 'a school'))).toMatchObject({ upVotes: LIMITS.votesOnOneComment.count });
    expect(done(await rule(house, id, 'count-votes'))).toMatchObject({ votes: 0 });
  });
});

describe('a ruling on votes', () => {
  test('counts them, or discards them for good', async () => {
    const { house, id } = await openWithBurst(3);
    const { count } = LIMITS.votesOnOneComment;
    expect(done(await rule(house, id, 'count-votes'))).toEqual({
      ...{ votes: 3, setAsideVotes: 0, upVotes: count + 3, downVotes: 0, articleKey: 'ferry' },
    });
    const other = await openWithBurst(2);
    expect(done(await rule(other.house, other.id, 'discard-votes'))).toMatchObject({ votes: 2, upVotes: count });
    expect(done(await rule(other.house, other.id, 'count-votes'))).toMatchObject({ votes: 0, upVotes: count });
  });

  test('is about a thousand votes at most', async () => {
    const house = await openHouse();
    const { id: commentId } = await house.post('cleo');
    const where = { siteId: house.site, articleKey: 'ferry', commentId };
    for (let i = 0; i <= 1_000; i += 1) {
      house.tables.votes.push({ ...where, readerId: `voter-${i}`, value: 1, state: 'set-aside', createdAt: 0 });
    }
    expect(done(await rule(house, commentId, 'count-votes'))).toMatchObject({ votes: 1_000, setAsideVotes: 1 });
  });

  test('is on a comment that is there, under its own article', async () => {
    const { house, id } = await openWithBurst(1);
    const notFound = { reason: 'not-found', what: 'comment' };
    expect(problemOf(await rule(house, 'nobody', 'count-votes'))).toEqual(notFound);
    expect(problemOf(await rule(house, id, 'count-votes', 'bridge'))).toEqual(notFound);
  });
});
