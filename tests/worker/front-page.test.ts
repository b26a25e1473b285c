import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { openFrontPage } from '../support/front-page.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

let networks = 0;

/** So that only what a test is about limits it. */
const elsewhere = () => {
  networks += 1;
  return `10.9.${networks >> 8}.${networks & 255}`;
};

const say = async (room: Newsroom, article: string, words: string) =>
  (await room.reader().at(elsewhere()).post(words, { article })).body.id;

const newest = async (room: Newsroom, query = '') => (await room.public.newestComments(query)).body.comments;

test('the newest comments of a site, a section and a topic, with their articles; nothing that is not visible', async () => {
  const room = await openFrontPage();
  await room.publisher.putArticle('quiet', { section: 'World', moderation: 'pre' });
  await say(room, 'ferry', 'The first.');
  room.clock.tick(1);
  await say(room, 'opera', 'The second.');
  room.clock.tick(1);
  const third = await say(room, 'harbour', 'The third.');
  await say(room, 'quiet', 'Waiting, unseen.');
  await room.desk().decide({ id: third, article: 'harbour' }, 'approve', 'published');

  const all = await newest(room);
  expect(all.map((comment) => comment.article.key)).toEqual(['harbour', 'opera', 'ferry']);
  expect(all[0]).toMatchObject({ authorName: 'Ada', article: { headline: 'About harbour' } });
  expect(JSON.stringify(all)).not.toContain('unseen');
  expect(await newest(room, 'section=Culture')).toHaveLength(1);
  expect(await newest(room, 'topic=Sea')).toHaveLength(2);
  expect(await newest(room, 'limit=1')).toHaveLength(1);
});

test('a front page box costs one round trip', async () => {
  const room = await openFrontPage();
  await say(room, 'ferry', 'Something to show.');
  const boxes: [() => Promise<unknown>, number][] = [
    [() => room.public.mostCommented(), 1],
    [() => room.public.newestComments(), 1],
    [() => room.public.newestComments('section=World'), 1],
    [() => room.public.articles('sort=newest'), 2],
  ];
  for (const [read, most] of boxes) {
    room.meter.take();
    await read();
    expect(room.meter.take().roundTrips).toBeLessThanOrEqual(most);
  }
});

test('of a burst of votes from one network six count; the others are set aside and a moderator sees how many', async () => {
  const room = await openFrontPage();
  const id = await say(room, 'ferry', 'Vote me up, everyone.');
  const guests = Array.from({ length: 8 }, () => room.reader());
  for (const guest of guests) expect((await guest.vote(id, 1)).status).toBe(200);
  expect((await room.public.thread()).body.comments[0]).toMatchObject({ upVotes: 6, downVotes: 0 });
  expect((await room.desk().queue('unmoderated')).body.items[0]).toMatchObject({ setAsideVotes: 2 });

  // From anywhere else votes go on counting, and whoever is set aside may still withdraw.
  await room.reader().at(elsewhere()).vote(id, -1);
  await guests[7]?.vote(id, 0);
  await guests[0]?.vote(id, -1);
  expect((await room.public.thread()).body.comments[0]).toMatchObject({ upVotes: 5, downVotes: 2 });
  expect((await room.desk().queue('unmoderated')).body.items[0]).toMatchObject({ setAsideVotes: 1 });
});

test('top puts what is surely liked above what is merely new or once liked', async () => {
  const room = await openFrontPage();
  const texts = { liked: '10 of 10', once: '1 of 1', mixed: '5 of 10', none: 'no votes' };
  const ids: Record<string, string> = {};
  for (const [name, words] of Object.entries(texts)) ids[name] = await say(room, 'ferry', `This has ${words}.`);
  const cast = async (name: string, up: number, down: number) => {
    for (let i = 0; i < up + down; i += 1) {
      await room
        .reader()
        .at(elsewhere())
        .vote(ids[name] ?? '', i < up ? 1 : -1);
    }
  };
  await cast('liked', 10, 0);
  await cast('once', 1, 0);
  await cast('mixed', 5, 5);
  const { comments } = (await room.public.thread('sort=top')).body;
  expect(comments.map((comment) => comment.id)).toEqual([ids.liked, ids.mixed, ids.once, ids.none]);
});

test('a page of a list reads what it shows, first and last, however many articles there are', async () => {
  const room = await openNewsroom();
  const rows = Array.from({ length: 600 }, (_, i) => ({
    key: `a-${i}`,
    at: 1_700_000_000_000 + i * 1_000,
    count: i % 7,
  }));
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO articles (site_id, key, url, headline, section, published_at, comment_count, created_at,
        updated_at)
      SELECT ?1, value ->> 'key', 'https://news.example/', 'Headline', 'World', value ->> 'at', value ->> 'count', 0, 0
      FROM json_each(?2)`,
    ).bind(room.site, JSON.stringify(rows)),
    env.DB.prepare(
      `INSERT INTO article_lists (site_id, kind, label, article_key, published_at, comment_count)
      SELECT site_id, 'section', section, key, published_at, comment_count FROM articles WHERE site_id = ?1`,
    ).bind(room.site),
  ]);
  for (const sort of ['newest', 'most-commented']) {
    const seen: string[] = [];
    let cursor = '';
    do {
      room.meter.take();
      const { body } = await room.public.articles(`section=World&limit=50&sort=${sort}${cursor}`);
      // The site, for each article a row of the list and its own, one article more, and the row that the cursor stands on.
      expect(room.meter.take().rowsRead).toBeLessThanOrEqual(1 + 2 * 51 + 1);
      seen.push(...body.articles.map((article) => article.key));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(600);
    expect(seen).toHaveLength(600);
  }
});
