import { describe, expect, test } from 'vitest';
import type { CommentStatus } from '../../../src/core/comment/comment-status.ts';
import { editComment } from '../../../src/core/comment/edit-comment.ts';
import { decide, decideOne, undo } from '../../../src/core/moderation/decide.ts';
import type { Decision } from '../../../src/core/moderation/decision.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';

interface Seen {
  id: string;
  articleKey: string;
  expectedStatus: CommentStatus;
  revision: number;
}

const seen = (
  { id, articleKey }: Pick<Seen, 'id' | 'articleKey'>,
  expectedStatus: CommentStatus = 'published',
  revision = 1,
): Seen => ({ id, articleKey, expectedStatus, revision });

const by = (house: House, name: string) => ({
  decide: async (decision: Decision, ...comments: Seen[]) =>
    done(await decide(house.deps, house.moderator(name), { decision, reason: '', comments })),
  decideOne: (decision: Decision, comment: Seen, reason = '') =>
    decideOne(house.deps, house.moderator(name), { decision, reason, comments: [comment] }),
  undo: async (...comments: { id: string; articleKey: string }[]) =>
    done(await undo(house.deps, house.moderator(name), { comments })),
});

const statusOf = (house: House, { id }: { id: string }) => house.tables.comments.find((one) => one.id === id)?.status;

const outcomesOf = ({ results }: { results: { outcome: string }[] }) => results.map(({ outcome }) => outcome);

const approvedByAda = async () => {
  const house = await openHouse();
  const comment = await house.post('cleo');
  await by(house, 'Ada').decide('approve', seen(comment));
  return { house, comment };
};

describe('a decision on one comment', () => {
  test('is done where the comment is what the moderator saw, with the reason cleaned', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    const { results, articleKeys, counts } = done(
      await by(house, 'Ada').decideOne('reject', seen(comment), ' Off\u0000 topic. '),
    );
    expect(results).toEqual([{ id: comment.id, outcome: 'done', status: 'rejected', decidedBy: 'Ada' }]);
    expect(articleKeys).toEqual(['ferry']);
    expect(counts).toMatchObject({ unmoderated: 0, rejected: 1 });
    expect(house.tables.events.at(-1)).toMatchObject({
      ...{ verb: 'comment.rejected', actor: { kind: 'moderator', id: 'ada', name: 'Ada' } },
      facts: { from: 'published', to: 'rejected', reason: 'Off topic.' },
    });
  });

  test('that somebody else has made is refused with their name', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    await by(house, 'Ben').decide('spam', seen(comment));
    const result = await by(house, 'Ada').decideOne('approve', seen(comment));
    expect(problemOf(result)).toEqual({ reason: 'decided-already', status: 'spam', decidedBy: 'Ben' });
    expect(statusOf(house, comment)).toBe('spam');
  });

  test('on a text that was edited meanwhile is refused, so that nobody approves what they have not read', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    const edit = { articleKey: 'ferry', commentId: comment.id, body: 'Quite another sentence.' };
    done(await editComment(house.deps, house.reader('cleo'), edit));
    const result = await by(house, 'Ada').decideOne('approve', seen(comment));
    expect(problemOf(result)).toEqual({ reason: 'edited-meanwhile' });
    expect(problemOf(await by(house, 'Ada').decideOne('approve', seen(comment, 'published', 2)))).toBeNull();
  });

  test.each<[Decision, CommentStatus]>([
    ['restore', 'published'],
    ['reject', 'rejected'],
    ['approve', 'deleted'],
  ])('to %s what is %s is not allowed', async (decision, status) => {
    const house = await openHouse();
    const result = await by(house, 'Ada').decideOne(decision, seen(await house.post('cleo'), status));
    expect(problemOf(result)).toEqual({ reason: 'transition-not-allowed', status });
  });

  test('that is not there, or stands under another article, is refused', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    const notFound = { reason: 'not-found', what: 'comment' };
    const { decideOne: one } = by(house, 'Ada');
    expect(problemOf(await one('reject', seen({ ...comment, id: 'nobody' })))).toEqual(notFound);
    expect(problemOf(await one('reject', seen({ ...comment, articleKey: 'bridge' })))).toEqual(notFound);
    expect(statusOf(house, comment)).toBe('published');
  });
});

describe('a decision on many comments', () => {
  test('is answered one by one, and names the articles whose threads have changed', async () => {
    const house = await openHouse();
    await house.putFerry({}, 'bridge');
    await house.putFerry({}, 'school');
    const ferry = await house.post('cleo');
    const bridge = await house.post('dora', { articleKey: 'bridge' });
    const school = await house.post('emil', { articleKey: 'school' });
    await by(house, 'Ben').decide('spam', seen(school));
    const decided = await by(house, 'Ada').decide(
      'reject',
      ...[seen(ferry), seen(bridge), seen(school), seen(ferry, 'deleted'), seen({ ...ferry, id: 'nobody' })],
    );
    expect(decided.results.map(({ id, outcome }) => [id, outcome])).toEqual([
      [bridge.id, 'done'],
      [school.id, 'decided-already'],
      ['nobody', 'not-found'],
      [ferry.id, 'transition-not-allowed'],
    ]);
    expect(decided.articleKeys).toEqual(['bridge']);
  });

  test('that names one twice is done once, as it was named last', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    const decided = await by(house, 'Ada').decide('reject', seen(comment, 'pending'), seen(comment));
    expect(outcomesOf(decided)).toEqual(['done']);
  });

  test('that names one under its article and under another is done once, and finds nothing under the other', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    const elsewhere = { ...comment, articleKey: 'bridge' };
    for (const named of [
      [comment, elsewhere],
      [elsewhere, comment],
    ]) {
      const decided = await by(house, 'Ada').decide('reject', ...named.map((one) => seen(one)));
      expect(outcomesOf(decided).sort()).toEqual(['done', 'not-found']);
      const undone = await by(house, 'Ada').undo(...named);
      expect(outcomesOf(undone).sort()).toEqual(['done', 'transition-not-allowed']);
    }
  });
});

describe('an undo', () => {
  test('takes back one’s own last decision, to what was there before it', async () => {
    const { house, comment } = await approvedByAda();
    await by(house, 'Ada').decide('spam', seen(comment, 'approved'));
    const { results, articleKeys, counts } = await by(house, 'Ada').undo(comment);
    expect(results).toEqual([{ id: comment.id, outcome: 'done', status: 'approved', decidedBy: 'Ada' }]);
    expect(articleKeys).toEqual(['ferry']);
    expect(counts).toMatchObject({ approved: 1, spam: 0 });
  });

  test('is of the last decision alone: it cannot be taken back itself, nor what was before it', async () => {
    const { house, comment } = await approvedByAda();
    await by(house, 'Ada').undo(comment);
    expect(outcomesOf(await by(house, 'Ada').undo(comment))).toEqual(['transition-not-allowed']);
    expect(statusOf(house, comment)).toBe('published');
  });

  test('is not of another moderator’s decision, whoever decided before them', async () => {
    const { house, comment } = await approvedByAda();
    await by(house, 'Ben').decide('reject', seen(comment, 'approved'));
    expect(outcomesOf(await by(house, 'Ada').undo(comment))).toEqual(['transition-not-allowed']);
    expect(statusOf(house, comment)).toBe('rejected');
  });

  test('finds nothing where the author has changed the text since', async () => {
    const { house, comment } = await approvedByAda();
    const edit = { articleKey: 'ferry', commentId: comment.id, body: 'Quite another sentence.' };
    done(await editComment(house.deps, house.reader('cleo'), edit));
    expect(outcomesOf(await by(house, 'Ada').undo(comment))).toEqual(['transition-not-allowed']);
  });

  test('of many takes back those that can be, each once', async () => {
    const house = await openHouse();
    const [first, second] = [await house.post('cleo'), await house.post('dora')];
    await by(house, 'Ada').decide('reject', seen(first));
    const undone = await by(house, 'Ada').undo(first, second, first, { id: 'nobody', articleKey: 'ferry' });
    expect(undone.results.map(({ id, outcome }) => [id, outcome])).toEqual([
      [first.id, 'done'],
      [second.id, 'transition-not-allowed'],
      ['nobody', 'transition-not-allowed'],
    ]);
  });

  test('of many comes after all that it takes back, in whatever order they are named and were decided', async () => {
    const house = await openHouse();
    const [first, second] = [await house.post('cleo'), await house.post('dora')];
    house.clock.tick(5);
    await by(house, 'Ada').decide('reject', seen(second));
    house.clock.tick(-5);
    await by(house, 'Ada').decide('reject', seen(first));
    const latest =
      house.tables.events
        .map(({ id }) => id)
        .sort()
        .at(-1) ?? '';
    await by(house, 'Ada').undo(second, first);
    const undone = house.tables.events.filter(({ verb }) => verb === 'comment.decision-undone');
    expect(undone.map(({ id }) => id > latest)).toEqual([true, true]);
  });

  test('that meets another decision on its way finds it decided already', async () => {
    const { house, comment } = await approvedByAda();
    const [undone, decided] = await Promise.all([
      by(house, 'Ada').undo(comment),
      by(house, 'Ben').decide('reject', seen(comment, 'approved')),
    ]);
    expect([outcomesOf(undone), outcomesOf(decided)].flat().sort()).toEqual(['decided-already', 'done']);
  });
});
