import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ArticleView } from '../../src/contract/article.ts';
import { ROUTES } from '../../src/reference/described.ts';
import { admission } from '../support/cast.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';
import { callOf, openStage, type Stage } from '../support/stage.ts';
import { dumpTables } from '../support/table-dump.ts';

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
    [{ 'If-Match': ' * ' }, 412, 200],
    [{ 'If-Match': '' }, 400, 400],
    [{ 'If-Match': '0.1' }, 400, 400],
    [{ 'If-Match': 'w/"1.7"' }, 400, 400],
    [{ 'If-Match': '"1.7", *' }, 400, 400],
    [{ 'If-Match': '"1.7" , W/""' }, 412, 412],
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

const CONDITIONS = ['if-match', 'if-none-match'];

const UNCONDITIONAL = ROUTES.filter(
  ({ method, route }) => method !== 'GET' && !('if-match' in (route.headers?.shape ?? {})),
);

describe('a write that looks at no condition', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });

  test.each(UNCONDITIONAL)('is refused with one, and nothing is written: $name', async (described) => {
    const site = stage.siteOf('own');
    const call = callOf(described, site, await stage.thingFor(described, 'own', 'here', true));
    const whoever = stage.cast.find((member) => admission(described, member, 'own') === 'admitted');
    const headers = whoever?.headers() ?? {};
    const before = await dumpTables();
    for (const [name, value] of CONDITIONS.flatMap((name) =>
      ['*', 'W/"3.1"', 'x'].map((tag) => [name, tag] as const),
    )) {
      const { status, body } = await stage.send(call, { ...headers, [name]: value });
      expect([status, body.errors?.map(({ field }) => field)]).toEqual([400, [name]]);
    }
    expect(await dumpTables()).toEqual(before);
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
