import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sortableId } from '../../src/core/platform/sortable-id.ts';
import { fillArticle } from '../support/crowd.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** The bound that docs/storage.md states. */
const ARTICLES_LOOKED_AT = 40;

interface Written {
  article: number;
  status: 'approved' | 'published' | 'pending' | 'rejected' | 'deleted';
  isReply: boolean;
}

/** Later articles are newer. Each stands in the section World and under the topic Sea. */
const writeArticles = (room: Newsroom, articles: number) =>
  env.DB.batch(
    [
      `INSERT INTO articles (site_id, key, url, headline, section, topics, published_at, created_at, updated_at)
      SELECT ?1, 'a-' || value, 'https://news.example/', 'Headline', 'World', '["Sea"]', value, 0, 0 FROM json_each(?2)`,
      `INSERT INTO article_lists (site_id, kind, label, article_key, published_at)
      SELECT ?1, list.value ->> 0, list.value ->> 1, 'a-' || article.value, article.value
      FROM json_each(?2) article, json_each('[["site",""],["section","World"],["topic","Sea"]]') list`,
    ].map((sql) =>
      env.DB.prepare(sql).bind(room.site, JSON.stringify(Array.from({ length: articles }, (_, i) => i + 1))),
    ),
  );

const idOf = (n: number) => sortableId(1_700_000_000_000 + n, new Uint8Array(7));

/** One after the other in time. A reply answers the comment before it, which is as good a place as any. */
const writeComments = async (room: Newsroom, comments: Written[]) => {
  const rows = comments.map(({ article, status, isReply }, n) => ({
    id: idOf(n),
    article: `a-${article}`,
    status,
    root: isReply ? idOf(Math.max(0, n - 1)) : idOf(n),
    depth: isReply ? 1 : 0,
    listed: status === 'approved' || status === 'published' ? 1 : 0,
    at: 1_700_000_000_000 + n,
  }));
  await env.DB.prepare(
    `INSERT INTO comments (site_id, id, article_key, root_id, depth, path, reader_id, author_name, body, source,
      text_hash, status, listed, created_at)
    SELECT ?1, value ->> 'id', value ->> 'article', value ->> 'root', value ->> 'depth',
      CASE value ->> 'depth' WHEN 0 THEN '' ELSE value ->> 'id' END, 'somebody', 'Ada', '[]', '', '',
      value ->> 'status', value ->> 'listed', value ->> 'at' FROM json_each(?2)`,
  )
    .bind(room.site, JSON.stringify(rows))
    .run();
};

const idsOf = async (room: Newsroom, query: string): Promise<string[]> => {
  const { status, body } = await room.public.newestComments(query);
  expect(status).toBe(200);
  return body.comments.map((comment) => comment.id);
};

test('a quiet topic keeps its comments, however much is said elsewhere', async () => {
  const room = await openNewsroom({ moderation: 'post' });
  await room.publisher.putArticle('ferry', { section: 'World', topics: ['Sea'], authors: ['Tamsin Orrel'] });
  await room.publisher.putArticle('opera', { section: 'Culture' });
  const { body: comment } = await room.reader().post('Said before all the others.');
  room.clock.tick(1);
  const { body: reply } = await room.reader().post('Said in answer.', { parentId: comment.id });
  // The crowd's ids are old ones; these comments are made the newer ones.
  await fillArticle({ site: room.site, article: 'opera', topLevel: 500, repliesEach: 1 });
  await env.DB.prepare(`UPDATE comments SET id = '9' || substr(id, 2), root_id = '9' || substr(root_id, 2)
    WHERE site_id = ? AND article_key = 'opera'`)
    .bind(room.site)
    .run();
  for (const query of ['section=World', 'topic=Sea', 'author=Tamsin%20Orrel']) {
    expect(await idsOf(room, query), query).toEqual([reply.id, comment.id]);
  }
  expect(await idsOf(room, 'limit=1')).toEqual([expect.stringMatching(/^9/)]);
});

const AnyComment = fc.record({
  // Half of all comments under three articles, so that some are busy and some are quiet.
  article: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 38, max: 40 })),
  status: fc.constantFrom('approved', 'published', 'published', 'pending', 'rejected', 'deleted'),
  isReply: fc.boolean(),
}) satisfies fc.Arbitrary<Written>;

test('a list is exactly the newest visible comments under its 40 newest articles, replies among them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      fc.array(AnyComment, { maxLength: 400, size: 'max' }),
      fc.integer({ min: 1, max: 50 }),
      async (articles, comments, limit) => {
        const room = await openNewsroom();
        await writeArticles(room, articles);
        await writeComments(room, comments);
        const expected = comments
          .map((comment, n) => ({ ...comment, id: idOf(n) }))
          .filter(({ article }) => article <= articles && article > articles - ARTICLES_LOOKED_AT)
          .filter(({ status }) => status === 'approved' || status === 'published')
          .map(({ id }) => id)
          .reverse()
          .slice(0, limit);
        expect(await idsOf(room, `section=World&limit=${limit}`)).toEqual(expected);
        expect(await idsOf(room, `topic=Sea&limit=${limit}`)).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});

test('of articles that were published at one moment the 40 with the last keys are searched', async () => {
  const room = await openNewsroom();
  await writeArticles(room, 41);
  await env.DB.batch(
    [
      'UPDATE articles SET published_at = 1 WHERE site_id = ?',
      'UPDATE article_lists SET published_at = 1 WHERE site_id = ?',
    ].map((sql) => env.DB.prepare(sql).bind(room.site)),
  );
  const numbers = Array.from({ length: 41 }, (_, n) => n);
  await writeComments(
    room,
    numbers.map((n) => ({ article: n + 1, status: 'published', isReply: false })),
  );
  expect(await idsOf(room, 'section=World&limit=50')).toEqual(numbers.slice(1).reverse().map(idOf));
});

describe('a list of 20 comments', () => {
  /** Each article in turn, every other comment a reply. */
  const evenly = (count: number): Written[] =>
    Array.from({ length: count }, (_, n) => ({ article: 1 + (n % 20), status: 'published', isReply: n % 2 === 1 }));

  /** Every one of the latest hundred is under one of five articles, of fifty that have comments. */
  const busy = (count: number): Written[] =>
    Array.from({ length: count }, (_, n) => ({
      article: n < count - 100 ? 1 + (n % 50) : 20 + (n % 5),
      status: 'published',
      isReply: false,
    }));

  const rowsRead = async (comments: Written[]) => {
    const room = await openNewsroom();
    await writeArticles(room, 50);
    await writeComments(room, comments);
    room.meter.take();
    expect(await idsOf(room, 'section=World&limit=20')).toHaveLength(20);
    const { roundTrips, rowsRead } = room.meter.take();
    expect(roundTrips).toBe(1);
    return rowsRead;
  };

  test('reads no more rows of 10,000 comments than of 100, at most 400', async () => {
    const few = await rowsRead(evenly(100));
    const many = await rowsRead(evenly(10_000));
    expect(many).toBeLessThanOrEqual(few * 1.1);
    expect(many).toBeLessThanOrEqual(400);
  });

  test('reads at most 400 rows where five articles have all of the talk', async () => {
    expect(await rowsRead(busy(10_000))).toBeLessThanOrEqual(400);
  });
});

test('an article without comments costs its list six rows, however many are asked for', async () => {
  const room = await openNewsroom();
  await writeArticles(room, 1);
  room.meter.take();
  expect(await idsOf(room, 'section=World&limit=50')).toEqual([]);
  expect(room.meter.take().rowsRead).toBeLessThanOrEqual(6);
});
