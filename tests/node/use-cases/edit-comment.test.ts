import { describe, expect, test } from 'vitest';
import { deleteComment } from '../../../src/core/comment/delete-comment.ts';
import { editComment } from '../../../src/core/comment/edit-comment.ts';
import { findMine } from '../../../src/core/comment/find-mine.ts';
import { decide } from '../../../src/core/moderation/decide.ts';
import type { Decision } from '../../../src/core/moderation/decision.ts';
import { LIMITS } from '../../../src/core/rate-limit/limits.ts';
import { banReader } from '../../../src/core/reader/ban-reader.ts';
import { DEFAULT_SETTINGS } from '../../../src/core/site/site.ts';
import { done, type House, openHouse, problemOf } from '../../support/memory/house.ts';

type Own = { id: string; status: 'published' | 'pending' | 'approved' | 'rejected' };

const edit = (house: House, { id }: { id: string }, body = 'Quite another sentence.', who = 'cleo', key = 'ferry') =>
  editComment(house.deps, house.reader(who), { articleKey: key, commentId: id, body });

const remove = (house: House, { id }: { id: string }, who = 'cleo', key = 'ferry') =>
  deleteComment(house.deps, house.reader(who), { articleKey: key, commentId: id });

const decideOn = async (house: House, decision: Decision, { id, status }: Own, revision = 1) =>
  done(
    await decide(house.deps, house.moderator('Ada'), {
      ...{ decision, reason: '' },
      comments: [{ id, articleKey: 'ferry', expectedStatus: status, revision }],
    }),
  );

const WINDOW_SECONDS = DEFAULT_SETTINGS.editWindowMinutes * 60;

describe.each([
  ['an edit', (house: House, own: { id: string }, who?: string, key?: string) => edit(house, own, undefined, who, key)],
  ['a deletion', remove],
])('%s', (_, change) => {
  test('that the store finds overtaken is refused', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    house.deps.ownComments = { ...house.deps.ownComments, edit: async () => null, erase: async () => false };
    expect(problemOf(await change(house, comment))).toEqual({ reason: 'edited-meanwhile' });
  });

  test('is for the author alone: for everybody else the comment is not there', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    const notFound = { reason: 'not-found', what: 'comment' };
    expect(problemOf(await change(house, comment, 'dora'))).toEqual(notFound);
    expect(problemOf(await change(house, comment, 'cleo', 'bridge'))).toEqual(notFound);
    expect(problemOf(await change(house, { id: 'nobody' }))).toEqual(notFound);
    expect(problemOf(await change(house, comment))).toBeNull();
  });

  test('has a limit by network', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    for (let i = 0; i < LIMITS.editByNetwork.count; i += 1) await edit(house, comment, `Sentence number ${i}.`);
    expect(problemOf(await change(house, comment))).toMatchObject({ reason: 'rate-limited', operation: 'edit' });
  });

  test('that came second finds the comment changed', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    const [first, second] = await Promise.all([edit(house, comment), change(house, comment)]);
    expect([problemOf(first), problemOf(second)]).toContainEqual({ reason: 'edited-meanwhile' });
    expect([problemOf(first), problemOf(second)]).toContainEqual(null);
  });
});

describe('an edit', () => {
  test('is possible until the last moment of its window, and no longer', async () => {
    const house = await openHouse();
    const [first, second] = [await house.post('cleo'), await house.post('cleo')];
    const endedAt = house.clock.now() + WINDOW_SECONDS * 1_000;
    house.clock.tick(WINDOW_SECONDS);
    expect(problemOf(await edit(house, first))).toBeNull();
    house.clock.tick(0.001);
    expect(problemOf(await edit(house, second))).toEqual({ reason: 'edit-window-over', endedAt });
  });

  test('is not for what a moderator has rejected, and a spammer is not called so', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    await decideOn(house, 'spam', { id: comment.id, status: 'published' });
    const refused = { reason: 'transition-not-allowed', status: 'rejected' };
    expect(problemOf(await edit(house, comment))).toEqual(refused);
  });

  test('is screened as a new comment is', async () => {
    const house = await openHouse({ bannedWords: ['ferret'], suspectWords: ['figs'], maxGraphemes: 40 });
    const comment = await house.post('cleo');
    expect(problemOf(await edit(house, comment, 'x'.repeat(41)))).toMatchObject({ reason: 'comment-too-long' });
    expect(done(await edit(house, comment, 'About figs.')).comment.status).toBe('pending');
    expect(done(await edit(house, comment, 'Quite harmless.')).comment.status).toBe('pending');
    expect(problemOf(await edit(house, comment, 'About a ferret.'))).toEqual({ reason: 'edit-not-accepted' });
    const [kept] = done(await findMine(house.deps, house.reader('cleo'), { articleKey: 'ferry' })).comments;
    expect([kept?.status, kept?.source]).toEqual(['pending', 'Quite harmless.']);
  });

  test('of a comment that waits adds its reasons to those for which it waits', async () => {
    const house = await openHouse({ suspectWords: ['figs', 'fads'], maxLinks: 0 });
    const comment = await house.post('cleo', { body: 'About figs.' });
    const signals = async () => house.tables.comments.find(({ id }) => id === comment.id)?.signals;
    done(await edit(house, comment, 'Quite harmless.'));
    expect(await signals()).toEqual([{ phase: 'suspect-words', words: ['figs'] }]);
    done(await edit(house, comment, 'See https://pears.example and about fads.'));
    expect(await signals()).toEqual([
      { phase: 'suspect-words', words: ['fads'] },
      { phase: 'links', count: 1, limit: 0 },
    ]);
  });

  test('of an approved comment is a text that nobody has decided on', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    await decideOn(house, 'approve', { id: comment.id, status: 'published' });
    expect(done(await edit(house, comment)).comment).toMatchObject({ status: 'published', revision: 2, reason: null });
  });

  test('to the same words changes nothing, so that nothing is shown as edited', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo', { body: 'Quite a sentence.' });
    const { comment: same } = done(await edit(house, comment, '  Quite a sentence.  '));
    expect(same).toMatchObject({ revision: 1, editedAt: null });
    expect(done(await edit(house, comment, 'Quite a *sentence*.')).comment.revision).toBe(2);
  });

  test('in the shadow stays there, also when the ban is over', async () => {
    const house = await openHouse();
    await house.post('cleo');
    const ban = (kind: 'none' | 'shadow-ban') =>
      banReader(house.deps, house.moderator('Ada'), { readerId: 'cleo', ban: kind, days: null });
    done(await ban('shadow-ban'));
    const shadow = await house.post('cleo');
    done(await ban('none'));
    expect(done(await edit(house, shadow)).comment).toMatchObject({ status: 'rejected', shadowed: true });
  });

  test('to a text of the author’s own is refused in the same place, and held where it is elsewhere', async () => {
    const house = await openHouse();
    await house.putFerry({}, 'bridge');
    const body = 'The same sentence once more.';
    await house.post('cleo', { body });
    const comment = await house.post('cleo');
    expect(problemOf(await edit(house, comment, body))).toEqual({ reason: 'repeated-text' });
    const below = await house.post('cleo', { parentId: (await house.post('dora')).id });
    expect(done(await edit(house, below, body)).comment.status).toBe('published');
    const elsewhere = await house.post('cleo', { articleKey: 'bridge' });
    expect(done(await edit(house, elsewhere, body, 'cleo', 'bridge')).comment.status).toBe('pending');
  });

  test('to what is spelled otherwise is no repetition of itself', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo', { body: 'The same sentence once more.' });
    expect(done(await edit(house, comment, 'The *same* sentence, once more!')).comment.status).toBe('published');
  });

  test('to one text by several readers is held from the third on, wherever they write, for a day', async () => {
    const house = await openHouse();
    const statuses: string[] = [];
    const own: [string, { id: string }][] = [];
    for (const who of ['cleo', 'dora', 'emil', 'fred']) own.push([who, await house.post(who)]);
    for (const [who, comment] of own) {
      statuses.push(done(await edit(house, comment, 'Cheap pills for the whole family.', who)).comment.status);
    }
    expect(statuses).toEqual(['published', 'published', 'pending', 'pending']);
    house.clock.tick(86_401);
    const late = await house.post('gina');
    expect(done(await edit(house, late, 'Cheap pills for the whole family.', 'gina')).comment.status).toBe('published');
  });
});

describe('a deletion', () => {
  test('leaves nothing of the text, and nothing to delete again', async () => {
    const house = await openHouse();
    const comment = await house.post('cleo', { authorEmail: 'cleo@mail.example' });
    expect(done(await remove(house, comment))).toEqual({ articleKey: 'ferry' });
    expect(JSON.stringify(house.tables.comments)).not.toMatch(/ferry is late|Cleo|mail\.example/);
    expect(done(await remove(house, comment))).toEqual({ articleKey: 'ferry' });
    expect(problemOf(await remove(house, comment, 'dora'))).toEqual({ reason: 'not-found', what: 'comment' });
    expect(problemOf(await edit(house, comment))).toEqual({ reason: 'not-found', what: 'comment' });
  });

  test.each(['published', 'rejected', 'spam'] as const)('is possible at any time, of what is %s', async (status) => {
    const house = await openHouse();
    const comment = await house.post('cleo');
    if (status !== 'published') {
      const decision = status === 'spam' ? 'spam' : 'reject';
      await decideOn(house, decision, { id: comment.id, status: 'published' });
    }
    house.clock.tick(365 * 86_400);
    expect(problemOf(await remove(house, comment))).toBeNull();
    expect(house.tables.comments.map((one) => [one.status, one.source])).toEqual([['deleted', '']]);
  });

  test('is open to the author of a comment that waits', async () => {
    const house = await openHouse({ moderation: 'pre' });
    expect(problemOf(await remove(house, await house.post('cleo')))).toBeNull();
  });
});
