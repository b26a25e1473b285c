import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/core/rate-limit/limits.ts';
import { readConfig } from '../../src/env.ts';
import { wilsonScore } from '../../src/store/vote-store.ts';
import { guestKey, type Newsroom, ORIGIN, openNewsroom, tokenOf } from '../support/newsroom.ts';
import { change, deployWith, overlap } from '../support/secrets.ts';

/** The steps of "Changing the secrets" in docs/runbook.md. */

const keysOf = async (room: Newsroom) =>
  (await room.operator.keys()).body.keys
    .map(({ id, name, secret }) => ({ id, name, secret }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

describe('while the secret before is there', () => {
  test('sessions, links and API keys go on; a key that was used outlives it, and all keys say how they are', async () => {
    const room = await openNewsroom();
    const desk = room.desk('Ada', 'admin');
    await desk.headers();
    const invited = await room.operator.invite({ email: 'ben@news.example', name: 'Ben', role: 'moderator' });
    await room.operator.createKey('never used');
    const before = await keysOf(room);
    expect(before.map(({ secret }) => secret)).toEqual(['current', 'current']);

    overlap(room);
    expect((await keysOf(room)).map(({ secret }) => secret)).toEqual(['former', 'former']);
    expect((await desk.queue()).status).toBe(200);
    expect((await room.publisher.putArticle()).status).toBe(201);
    expect(await keysOf(room)).toEqual(
      before.map((key) => ({ ...key, secret: key.name === 'cms' ? 'current' : 'former' })),
    );
    const token = tokenOf(invited.body.signInUrl);
    expect((await room.public.redeem(token)).status).toBeLessThan(300);
    expect((await room.public.redeem(token)).status).toBe(401);

    change(room);
    expect((await room.publisher.putArticle('bridge')).status).toBe(201);
    expect((await desk.queue()).status).toBe(401);
    expect((await keysOf(room)).map(({ name, secret }) => [name, secret])).toEqual([
      ['cms', 'current'],
      ['never used', 'gone'],
    ]);
    const id = before.find(({ name }) => name === 'cms')?.id ?? '';
    expect((await room.operator.revokeKey(id)).status).toBe(204);
    expect((await room.publisher.putArticle('tunnel')).status).toBe(401);
  });

  test('a wrong link is one try, and the answer to a link from before can be asked for again', async () => {
    const room = await openNewsroom();
    const { body } = await room.operator.invite({ email: 'ben@news.example', name: 'Ben', role: 'moderator' });
    overlap(room);
    const { count } = LIMITS.sessionByNetwork;
    const statuses: number[] = [];
    for (let tries = 0; tries <= count; tries += 1) statuses.push((await room.public.redeem(guestKey())).status);
    expect(statuses).toEqual([...Array(count).fill(401), 429]);
    const again = room.public.with({ Origin: ORIGIN, 'Idempotency-Key': 'the-same-request' });
    for (const _ of [1, 2]) expect((await again.redeem(tokenOf(body.signInUrl))).status).toBe(201);
  });

  test('somebody who signs out is signed out, of a session from before too', async () => {
    const room = await openNewsroom();
    const desk = room.desk('Ada', 'admin');
    await desk.headers();
    overlap(room);
    expect((await desk.signOut()).status).toBeLessThan(300);
    expect((await desk.queue()).status).toBe(401);
  });

  test('a reader has their comments, trust and votes, and has them when it is gone', async () => {
    const room = await openNewsroom({ moderation: 'first-comment' });
    await room.publisher.putArticle();
    const [ada, ben] = [room.reader(), room.reader().at('10.0.0.2')];
    const { id } = (await ada.post('The ferry is late.')).body;
    await room.desk().decide(id, 'approve', 'pending');
    const waits = (await ben.post('The bridge is up.')).body.id;
    await ben.vote(id, 1);

    overlap(room);
    expect((await ben.mine()).body.comments.map((comment) => comment.id)).toEqual([waits]);
    expect((await ada.edit(id, 'The ferry is later.')).status).toBe(200);
    expect((await ben.vote(id, 1)).status).toBe(200);
    change(room);
    expect((await ada.post('It sails again.')).status).toBe(201);
    expect((await ben.mine()).body.votes).toEqual({ [id]: 1 });
    expect((await ben.vote(id, -1)).status).toBeLessThan(300);
    const { body } = await room.public.permalink(id);
    expect([body.comment.upVotes, body.comment.downVotes]).toEqual([0, 1]);
    expect((await ben.edit(waits, 'The bridge is down.')).status).toBe(200);
  });

  test('a reader who has voted on a comment under either secret has one vote there, the later', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const [ada, ben] = [room.reader(), room.reader().at('10.0.0.2')];
    const { id } = (await ada.post('The ferry is late.')).body;
    await ben.vote(id, 1);
    // Somebody changed the secret alone at first.
    change(room);
    await ben.vote(id, -1);
    overlap(room);
    const said = (await ben.post('The bridge is up.')).body.id;
    const { body } = await ben.mine();
    expect([body.comments.map((comment) => comment.id), body.votes]).toEqual([[said], { [id]: -1 }]);
    const totals = await env.DB.prepare('SELECT up_votes, down_votes, score FROM comments WHERE site_id = ? AND id = ?')
      .bind(room.site, id)
      .first();
    expect(totals).toEqual({ up_votes: 0, down_votes: 1, score: wilsonScore(0, 1) });
  });

  test.each(['ban', 'shadow-ban'] as const)('a reader with a %s keeps it, and cannot be rid of it', async (kind) => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const troll = room.reader();
    const { body: comment } = await troll.post('Spam, and more.');
    await room.desk().ban(await troll.id(), kind);
    // Somebody changed the secret alone at first, so that the reader has been here as a stranger.
    change(room);
    expect((await troll.post('Spam, and yet more.')).status).toBe(201);
    overlap(room);
    await troll.vote(comment.id, 1);
    const { results } = await env.DB.prepare('SELECT id, ban, comment_count FROM readers WHERE site_id = ?')
      .bind(room.site)
      .all();
    expect(results).toEqual([{ id: await troll.id(), ban: kind, comment_count: 2 }]);
    await room.desk().ban(await troll.id(), 'none');
    expect((await troll.post('A word of regret.')).status).toBe(201);
    change(room);
    expect((await troll.post('And another one.')).status).toBe(201);
  });

  test('a reader costs one look more, and nobody anything when it is gone', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const ada = room.reader();
    const { id } = (await ada.post('The ferry is late.')).body;
    const cost = async () => {
      room.meter.take();
      await ada.mine();
      return room.meter.take();
    };
    const alone = await cost();
    overlap(room);
    await cost();
    const both = await cost();
    expect(both.roundTrips).toBe(alone.roundTrips + 1);
    expect(both.rowsRead).toBeLessThanOrEqual(alone.rowsRead + 2);
    expect(both.rowsWritten).toBe(0);
    // Whoever is refused has come back, too.
    await ada.vote(id, 1);
    change(room);
    expect(await cost()).toMatchObject({ roundTrips: alone.roundTrips, rowsRead: alone.rowsRead, rowsWritten: 0 });
  });
});

test('the secret itself as the one before it, as between the two steps, changes nothing', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle();
  const ada = room.reader();
  const { id } = (await ada.post('The ferry is late.')).body;
  deployWith(room, { SECRET: env.SECRET, SECRET_BEFORE: env.SECRET });
  expect((await ada.edit(id, 'The ferry is later.')).status).toBe(200);
  await room.stores().readers.move(room.site, await ada.id(), await ada.id());
  expect(await env.DB.prepare('SELECT comment_count FROM readers WHERE site_id = ?').bind(room.site).first()).toEqual({
    comment_count: 1,
  });
  expect((await keysOf(room)).map(({ secret }) => secret)).toEqual(['current']);
});

test('a secret that is changed without an overlap leaves keys that say that they open nothing', async () => {
  const room = await openNewsroom();
  change(room);
  expect((await keysOf(room)).map(({ secret }) => secret)).toEqual(['gone']);
  expect((await room.publisher.putArticle()).status).toBe(401);
});

test('a secret before that is too short stops the start, as any', () => {
  expect(() => readConfig({ ...env, SECRET_BEFORE: 'short' })).toThrow('SECRET_BEFORE: has fewer than 32 characters');
});
