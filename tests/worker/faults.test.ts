import { describe, expect, test } from 'vitest';
import { createPageCache } from '../../src/http/cache/page-cache.ts';
import { createPublicCache } from '../../src/http/cache/public-cache.ts';
import { failingWith, losingWrites, ofSize, openBrittleDatabase, silent } from '../support/brittle-database.ts';
import { ORIGIN, openNewsroom } from '../support/newsroom.ts';

/** A published comment under one article, on a database that can be made to fail. */
const openBrittle = async () => {
  const { databases, ...database } = openBrittleDatabase();
  const room = await openNewsroom({ moderation: 'post' }, { databases });
  await room.publisher.putArticle();
  const author = room.reader();
  const { body: comment } = await author.post('The ferry is late again.');
  const desk = room.desk();
  await desk.headers();
  return { room, database, author, comment, desk };
};

describe('a database that refuses is told apart, to the reader and in the log', () => {
  test.each([
    ['Network connection lost.', 'unavailable', 'store-unavailable'],
    ['D1 DB is overloaded. Too many requests queued.', 'overloaded', 'store-overloaded'],
    ['Exceeded maximum DB size', 'storage-full', 'store-full'],
    ["Your account has exceeded D1's free tier daily row write limit.", 'quota-spent', 'store-quota-spent'],
  ])('%s', async (message, reason, event) => {
    const { room, database } = await openBrittle();
    database.meddle(failingWith(`D1_ERROR: ${message}`));
    room.logged.length = 0;
    const answer = await room.reader().post('Said all the same.', { key: 'a-key-of-this-post' });
    expect([answer.status, answer.body.reason]).toEqual([503, reason]);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
    expect(room.logged.map((line) => JSON.parse(line).event)).toEqual([event]);
    database.mend();
    expect((await room.reader().post('Said all the same.', { key: 'a-key-of-this-post' })).status).toBe(201);
  });

  test.each(['Exceeded maximum DB size', "Your account has exceeded D1's free tier daily row read limit."])(
    'and readers go on reading the copy that is kept: %s',
    async (message) => {
      const { room, database } = await openBrittle();
      const dependencies = { ...room.dependencies, pages: createPageCache() };
      const read = createPublicCache(dependencies, async (request) => room.app.fetch(request, dependencies));
      const address = `${ORIGIN}${room.at.thread()}`;
      const get = () => read(new Request(address), address, () => undefined);
      const before = await (await get()).text();
      database.meddle(failingWith(`D1_ERROR: ${message}`));
      room.clock.tick(3_600);
      const after = await get();
      expect([after.status, after.headers.get('Belowline-Stale')]).toEqual([200, '1']);
      expect(await after.text()).toBe(before);
    },
  );
});

test('every route answers within its time while the database says nothing, and says when to come back', async () => {
  const { room, database, author, comment, desk } = await openBrittle();
  const headers = await desk.headers();
  const addresses = room.everyGet(comment.id).filter((path) => !path.includes('health') && !path.includes('log'));
  const asked = await Promise.all(addresses.map((path) => room.request('GET', path, { headers })));
  const reads = addresses.filter((_, i) => asked[i]?.status !== 401 && asked[i]?.status !== 403);
  expect(reads.length).toBeGreaterThan(8);
  database.meddle(silent);
  const answers = await Promise.all([
    ...reads.map((path) => room.request('GET', path, { headers })),
    author.post('Said into the silence.'),
    author.vote(comment, 1),
    author.mine(),
    room.reader().flag(comment),
    desk.decide(comment, 'approve', 'published'),
  ]);
  for (const { status, headers: sent, body } of answers) {
    expect([status, (body as { reason?: string }).reason, sent.get('Retry-After')]).toEqual([503, 'unavailable', '5']);
  }
});

describe('a database that is full but for its last hundredth', () => {
  const LIMIT = 500_000_000;

  const openFull = async (bytes: number, plan: 'free' | 'paid' | null) => {
    const { databases, ...database } = openBrittleDatabase();
    const room = await openNewsroom({ moderation: 'pre' }, { databases, plan });
    await room.publisher.putArticle();
    const author = room.reader();
    const { body: comment } = await author.post('Before it was full.');
    database.meddle(ofSize(bytes));
    await room.desk().queue();
    return { room, author, comment };
  };

  test('takes nothing new from readers, who may still read and delete, and lets the desk clear', async () => {
    const { room, author, comment } = await openFull(0.99 * LIMIT, 'free');
    for (const answer of [
      await author.post('One more.'),
      await author.edit(comment, 'And longer.'),
      await author.vote(comment, 1),
      await author.flag(comment),
    ]) {
      expect([answer.status, answer.body?.reason, answer.headers.get('Retry-After')]).toEqual([
        503,
        'storage-full',
        '3600',
      ]);
    }
    expect((await author.mine()).body.comments).toHaveLength(1);
    expect((await room.desk().decide(comment, 'spam')).status).toBe(200);
    expect((await author.erase(comment)).status).toBe(204);
    expect((await room.desk('Nora').queue()).status).toBe(200);
  });

  test.each([
    [0.99 * LIMIT - 1, 'free'],
    [0.99 * LIMIT, 'paid'],
    [0.99 * LIMIT, null],
  ] as const)('is one that has reached the limit that its operator has said: %i of %s', async (bytes, plan) => {
    const { author } = await openFull(bytes, plan);
    expect((await author.post('There is room.')).status).toBe(202);
  });
});

describe('a lost connection under a write', () => {
  const times = [1, 2];
  const moments = ['before', 'after'] as const;
  const cells = times.flatMap((count) => moments.map((when) => [count, when] as const));

  test.each(cells)('is made good for a vote, which counts once: %i lost, %s the write', async (count, when) => {
    const { room, database, comment } = await openBrittle();
    const voter = room.reader();
    database.meddle(losingWrites(count, when));
    expect(await voter.vote(comment, 1)).toMatchObject({ status: 200, body: { upVotes: 1 } });
    database.mend();
    expect((await room.public.thread()).body.comments[0]?.upVotes).toBe(1);
  });

  test.each(cells)('is made good for a comment with a key, which stands once: %i lost, %s', async (count, when) => {
    const { room, database } = await openBrittle();
    database.meddle(losingWrites(count, when));
    const key = `post-${count}-${when}`;
    const posted = await room.reader().post('It is here now.', { key });
    expect(posted.status).toBeLessThan(300);
    database.mend();
    const { body } = await room.public.thread();
    expect(body.comments.filter(({ id }) => id === posted.body.id)).toHaveLength(1);
    expect([body.comments.length, body.article.commentCount]).toEqual([2, 2]);
  });

  test.each(cells)('is made good for the deletion of a comment: %i lost, %s', async (count, when) => {
    const { room, database, author, comment } = await openBrittle();
    database.meddle(losingWrites(count, when));
    expect((await author.erase(comment)).status).toBe(204);
    database.mend();
    expect((await room.public.thread()).body.comments).toEqual([]);
  });

  test('is told for a comment without a key, which could stand twice', async () => {
    const { room, database } = await openBrittle();
    database.meddle(losingWrites(1, 'after'));
    expect((await room.reader().post('Once is enough.')).status).toBe(503);
    database.mend();
    expect((await room.public.thread()).body.comments).toHaveLength(2);
  });

  test('is told for a request whose route takes no key, though one is sent: it would be carried out twice', async () => {
    const { room, database } = await openBrittle();
    const headers = { ...room.asOperator, 'Idempotency-Key': 'a-key-of-no-use' };
    database.meddle(losingWrites(1, 'after'));
    expect((await room.request('POST', room.at.keys, { headers, body: { name: 'feed' } })).status).toBe(503);
    database.mend();
    expect((await room.operator.keys()).body.keys.filter(({ name }) => name === 'feed')).toHaveLength(1);
  });

  test.each(['If-Match', 'If-None-Match'])(
    'is told for a PUT with %s, which is never refused for its own write',
    async (name) => {
      const { room, database } = await openBrittle();
      const known = await room.public.article();
      const key = name === 'If-Match' ? 'ferry' : 'bridge';
      const headers = { ...room.asPublisher, [name]: name === 'If-Match' ? (known.headers.get('ETag') ?? '') : '*' };
      const body = { url: `https://news.example/${key}`, headline: 'Put once', publishedAt: '2026-11-01T10:00:00Z' };
      database.meddle(losingWrites(1, 'after'));
      expect((await room.request('PUT', room.at.article(key), { headers, body })).status).toBe(503);
      database.mend();
      expect((await room.public.article(key)).body.headline).toBe('Put once');
    },
  );

  test('is told when the third try meets it, too', async () => {
    const { database, author, comment } = await openBrittle();
    database.meddle(losingWrites(3, 'before'));
    expect((await author.erase(comment)).status).toBe(503);
    expect((await author.erase(comment)).status).toBe(204);
  });
});
