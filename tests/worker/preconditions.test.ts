import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { ArticleView } from '../../src/contract/article.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

const FIELDS = { url: 'https://news.example/ferry', headline: 'The ferry', publishedAt: '2026-11-01T10:00:00Z' };

const put = (room: Newsroom, headers: Record<string, string> = {}, fields: object = {}, key = 'ferry') =>
  room.request<ArticleView>('PUT', room.at.article(key), {
    headers: { ...room.asPublisher, ...headers },
    body: { ...FIELDS, ...fields },
  });

const tagOf = (answer: { headers: Headers }) => answer.headers.get('ETag') ?? 'none';

describe('an article', () => {
  test('is written by the ETag of whoever read it last, and by no older one', async () => {
    const room = await openNewsroom();
    const first = tagOf(await put(room));
    expect(tagOf(await room.public.article('ferry'))).toBe(first);
    const second = await put(room, { 'If-Match': first }, { headline: 'Mine' });
    expect([second.status, second.body.headline]).toEqual([200, 'Mine']);
    expect(tagOf(second)).not.toBe(first);
    const late = await put(room, { 'If-Match': first }, { headline: 'Late' });
    expect([late.status, late.body.reason, late.headers.get('ETag')]).toEqual([412, 'precondition-failed', null]);
    expect((await room.public.article('ferry')).body.headline).toBe('Mine');
    expect((await put(room, { 'If-Match': `W/"0.1", "x", ${tagOf(second)}` })).status).toBe(200);
  });

  test('is registered once by If-None-Match: *, however many try at the same time', async () => {
    const room = await openNewsroom();
    const all = Array.from({ length: 5 }, (_, i) => put(room, { 'If-None-Match': '*' }, { headline: `Number ${i}` }));
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 412, 412, 412, 412]);
  });

  test('is replaced by one of those who hold the same ETag', async () => {
    const room = await openNewsroom();
    const tag = tagOf(await put(room));
    const all = ['A', 'B', 'C', 'D'].map((headline) => put(room, { 'If-Match': tag }, { headline }));
    const answers = await Promise.all(all);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const winner = answers.find(({ status }) => status === 200)?.body.headline;
    expect((await room.public.article('ferry')).body.headline).toBe(winner);
  });

  test.each([
    [{ 'If-Match': '*' }, 412, 200],
    [{ 'If-Match': '"1.7"' }, 412, 412],
    [{ 'If-Match': 'W/"1.7"' }, 412, 412],
    [{ 'If-Match': '' }, 412, 412],
    [{ 'If-None-Match': '*' }, 201, 412],
    [{ 'If-None-Match': 'W/"1.7"' }, 400, 400],
    [{ 'If-Match': '*', 'If-None-Match': '*' }, 412, 412],
  ])(
    'that is put with %j is answered %i where there is none, and %i where there is one',
    async (headers, none, one) => {
      const room = await openNewsroom();
      expect((await put(room, headers)).status).toBe(none);
      await put(room);
      expect((await put(room, headers)).status).toBe(one);
    },
  );

  test('is compared without another round trip', async () => {
    const room = await openNewsroom();
    await put(room);
    room.meter.take();
    const { headers } = await put(room);
    const plain = room.meter.take();
    await put(room, { 'If-Match': tagOf({ headers }) });
    const guarded = room.meter.take();
    expect(guarded).toMatchObject({ roundTrips: plain.roundTrips, rowsWritten: plain.rowsWritten });
    // The row is looked at by each statement that depends on it, in the same batch.
    expect(guarded.rowsRead).toBeLessThanOrEqual(plain.rowsRead + 6);
  });
});

test('a thread’s ETag from before the database was set back is never that of another thread', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await put(room);
  const { results } = await env.DB.prepare('SELECT * FROM articles WHERE site_id = ?').bind(room.site).all();
  expect((await room.reader().post('This is lost when the database is set back.')).status).toBe(201);
  const lost = tagOf(await room.public.thread());
  // The state of the article as a restore brings it back, comment and all.
  await env.DB.batch([
    env.DB.prepare('DELETE FROM comments WHERE site_id = ?').bind(room.site),
    env.DB.prepare('UPDATE articles SET version = ?, comment_count = 0 WHERE site_id = ?').bind(
      results[0]?.version,
      room.site,
    ),
  ]);
  await room.reader().post('This is written afterwards.');
  const answer = await room.request('GET', room.at.thread(), { headers: { 'If-None-Match': lost } });
  expect([answer.status, tagOf(answer) === lost]).toEqual([200, false]);
});
