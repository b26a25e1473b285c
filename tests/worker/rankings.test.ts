import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { RECENT_HOURS } from '../../src/core/front-page/article-listing.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

const HOUR = 3_600_000;

/** The bound that docs/storage.md states. */
const ARTICLES_RANKED = 100;

/**
 * Articles with comments in each of the last hours, the more the later in number; the first and oldest twelve in the
 * section Quiet and under its topic, all others in World.
 */
const fill = async (room: Newsroom, articles: number, hours: number) => {
  const numbers = JSON.stringify(Array.from({ length: articles }, (_, n) => n));
  const write = (sql: string, ...values: unknown[]) => env.DB.prepare(sql).bind(room.site, numbers, ...values);
  const lists = `SELECT a.site_id, 'site' AS kind, '' AS label, a.key, a.published_at FROM articles a
    UNION ALL SELECT a.site_id, 'section', a.section, a.key, a.published_at FROM articles a
    UNION ALL SELECT a.site_id, 'topic', t.value, a.key, a.published_at FROM articles a, json_each(a.topics) t`;
  await env.DB.batch([
    write(`INSERT INTO articles (site_id, key, url, headline, section, topics, published_at, created_at, updated_at)
      SELECT ?1, printf('a-%05d', value), 'https://news.example/', 'Headline', iif(value < 12, 'Quiet', 'World'),
        iif(value < 12, '["Calm"]', '["Rush"]'), value, 0, 0 FROM json_each(?2)`),
    env.DB.prepare(
      `INSERT INTO article_lists (site_id, kind, label, article_key, published_at)
      SELECT * FROM (${lists}) WHERE site_id = ?`,
    ).bind(room.site),
    write(
      `INSERT INTO article_hours (site_id, hour, article_key, comment_count)
      SELECT ?1, ?3 - back.value, printf('a-%05d', article.value), 1 + article.value % 50
      FROM json_each(?2) article, json_each(?4) back`,
      Math.floor(room.clock.now / HOUR),
      JSON.stringify(Array.from({ length: hours }, (_, n) => n)),
    ),
  ]);
};

/** Until nothing is left to do. */
const runJobs = async (room: Newsroom) => {
  while ((await room.runJobs()) > 0);
};

describe('among 2,000 articles with comments in each of 12 hours, most commented', () => {
  let small: Newsroom;
  let large: Newsroom;

  beforeAll(async () => {
    small = await openNewsroom();
    large = await openNewsroom();
    await fill(small, 24, 12);
    await fill(large, 2_000, 12);
    await runJobs(large);
  });

  const ask = async (room: Newsroom, query: string) => {
    room.meter.take();
    const { status, body } = await room.public.mostCommented(query);
    expect(status).toBe(200);
    return { ...room.meter.take(), articles: body.articles.length };
  };

  test.each(
    RECENT_HOURS.flatMap((hours) => ['', '&section=Quiet', '&topic=Calm'].map((list) => [hours, list] as const)),
  )('of the last %d hours%s costs what it costs among 24', async (hours, list) => {
    const few = await ask(small, `hours=${hours}&limit=10${list}`);
    const many = await ask(large, `hours=${hours}&limit=10${list}`);
    expect([few.articles, many.articles]).toEqual([10, 10]);
    expect(many.rowsRead).toBeLessThanOrEqual(few.rowsRead * 1.1);
    expect(many.roundTrips).toBe(1);
    // Ten of the ranking with their articles; or twelve of the list, each looked up and sorted in, then as many.
    expect(many.rowsRead).toBeLessThanOrEqual(list === '' ? 1 + 2 * 10 + 1 : 1 + 3 * 12 + 2 * 10 + 1);
  });

  test('of a section with thousands of articles looks at a hundred', async () => {
    const { rowsRead, roundTrips } = await ask(large, 'section=World&hours=168&limit=10');
    expect(roundTrips).toBe(1);
    expect(rowsRead).toBeLessThanOrEqual(1 + 3 * ARTICLES_RANKED + 2 * 10 + 1);
    const { body } = await large.public.mostCommented('section=World&limit=50');
    const keys = body.articles.map(({ key }) => key);
    // Comments go by the last two digits of 50, so of the newest hundred two have as many each.
    expect(keys.slice(0, 4)).toEqual(['a-01949', 'a-01999', 'a-01948', 'a-01998']);
  });

  test.each(['section=Nowhere', 'topic=Nothing', 'author=Nobody'])(
    'of %s, which is not there, reads hardly more than the site',
    async (list) => {
      const { rowsRead, roundTrips, articles } = await ask(large, `hours=168&${list}`);
      expect({ roundTrips, articles }).toEqual({ roundTrips: 1, articles: 0 });
      expect(rowsRead).toBeLessThanOrEqual(5);
    },
  );
});

describe('each minute’s job', () => {
  const job = async (room: Newsroom) => {
    room.meter.take();
    await room.runJobs();
    const { rowsRead, rowsWritten } = room.meter.take();
    return { rowsRead, rowsWritten };
  };

  const sites = async () => (await env.DB.prepare('SELECT count(*) AS n FROM sites').first<number>('n')) ?? 0;

  test('that turns the hour of one site leaves to another what has yet to leave its rankings', async () => {
    const [prompt, late] = [await openNewsroom(), await openNewsroom()];
    for (const room of [prompt, late]) await fill(room, 3, 1);
    await runJobs(late);
    const hoursOf = ({ site }: Newsroom) =>
      env.DB.prepare('SELECT count(*) AS n FROM article_hours WHERE site_id = ?').bind(site).first<number>('n');
    await prompt.stores().rankings.turnHour(prompt.site, prompt.clock.now + 10 * 24 * HOUR);
    expect([await hoursOf(prompt), await hoursOf(late)]).toEqual([0, 3]);
  });

  test('that turns the hour reads no place in a ranking that stays, and turns it once', async () => {
    const turn = async (articles: number) => {
      const room = await openNewsroom();
      await fill(room, articles, 1);
      await runJobs(room);
      const { rankings } = room.stores();
      room.meter.take();
      await rankings.turnHour(room.site, room.clock.now + HOUR);
      const { rowsRead } = room.meter.take();
      await rankings.turnHour(room.site, room.clock.now + HOUR);
      return { rowsRead, written: room.meter.take().rowsWritten };
    };
    expect(await turn(100)).toEqual({ ...(await turn(3)), written: 0 });
  });

  test('run again writes that it ran and nothing else, and on a quiet deployment reads its sites and a handful of rows', async () => {
    const room = await openNewsroom();
    await fill(room, 300, 12);
    await runJobs(room);
    const { rowsRead, rowsWritten } = await job(room);
    expect(rowsWritten).toBe(1);
    // Read of each site: its hour, its first ban to end, its secrets, its letters, its newest event and its last seal.
    expect(rowsRead).toBeLessThanOrEqual(8 * (await sites()) + 32);
  });

  test('costs what has changed since, however many articles are talked about', async () => {
    const cost = async (articles: number) => {
      const room = await openNewsroom({ moderation: 'post' });
      await fill(room, articles, 12);
      await runJobs(room);
      for (let n = 0; n < 3; n += 1) {
        await room.reader().at(`10.7.0.${n}`).post(`Something new to say, ${n}.`, { article: 'a-00001' });
      }
      const { rowsRead, rowsWritten } = await job(room);
      return { rowsRead: rowsRead - 8 * (await sites()), rowsWritten };
    };
    const few = await cost(24);
    const many = await cost(600);
    expect(many.rowsRead).toBeLessThanOrEqual(few.rowsRead * 1.1);
    expect(many.rowsWritten).toBe(few.rowsWritten);
    expect(many.rowsRead).toBeLessThanOrEqual(60);
    expect(many.rowsWritten).toBeLessThanOrEqual(40);
  });

  test('writes nothing into the lists of an article whose count is what it was', async () => {
    const cost = async (topics: string[]) => {
      const room = await openNewsroom({ moderation: 'post' });
      await room.publisher.putArticle('ferry', { topics });
      const earlier = await room.reader().say();
      await runJobs(room);
      room.clock.tick(3_600);
      await runJobs(room);
      await room.reader().say();
      await room.desk().decide(earlier, 'reject', 'published');
      return (await job(room)).rowsWritten;
    };
    expect(await cost(['One', 'Two', 'Three', 'Four'])).toBe(await cost([]));
  });

  test('that was late by a day leaves what one each minute leaves', async () => {
    const rankings = async (room: Newsroom) =>
      (
        await env.DB.prepare(
          `SELECT hours, article_key, comment_count FROM article_activity
          WHERE site_id = ? AND comment_count <> 0 ORDER BY 1, 2`,
        )
          .bind(room.site)
          .all()
      ).results;
    const [late, prompt] = [await openNewsroom(), await openNewsroom()];
    prompt.clock.now = late.clock.now;
    for (const room of [late, prompt]) await fill(room, 20, 100);
    await runJobs(late);
    for (let hour = 0; hour < 24; hour += 1) {
      prompt.clock.tick(3_600);
      await runJobs(prompt);
    }
    late.clock.tick(24 * 3_600);
    await runJobs(late);
    expect(await rankings(late)).toEqual(await rankings(prompt));
    expect(await rankings(late)).toHaveLength(3 * 20);
  });

  test('deletes what is empty, and hours that no ranking looks back to, once the hour has turned', async () => {
    const room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    const { body } = await room.reader().post('A comment of its hour.');
    await runJobs(room);
    const left = (table: string) =>
      env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE site_id = ?`).bind(room.site).first('n');
    expect([await left('article_activity'), await left('article_hours')]).toEqual([5, 1]);
    room.clock.tick(8 * 86_400);
    await runJobs(room);
    expect([await left('article_activity'), await left('article_hours')]).toEqual([0, 1]);
    room.clock.tick(3_600);
    await runJobs(room);
    expect(await left('article_hours')).toBe(0);
    // A decision on what is older brings its hour back until the job has seen it.
    expect((await room.desk().decide(body.id, 'reject', 'published')).status).toBe(200);
    expect(await left('article_hours')).toBe(1);
    await runJobs(room);
    room.clock.tick(3_600);
    await runJobs(room);
    expect([await left('article_activity'), await left('article_hours')]).toEqual([0, 0]);
  });
});
