import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { lowestIdAt } from '../../src/core/platform/sortable-id.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** The migration `create_runs` counts the hours of comments that were posted before hours were counted. */

const migration = env.TEST_MIGRATIONS.find(({ name }) => name.endsWith('_create_runs.sql'));
const backfill = (migration?.queries ?? []).filter((query) => query.includes('article_hours'));

/** Answers the rows that it read. */
const migrate = async (): Promise<number> => {
  const results = await env.DB.batch(backfill.map((query) => env.DB.prepare(query)));
  return results.reduce((sum, { meta }) => sum + meta.rows_read, 0);
};

/** The hours of a database from before they were counted. */
const forgetHours = () =>
  env.DB.batch(['article_hours', 'article_activity'].map((t) => env.DB.prepare(`DELETE FROM ${t}`)));

const runJobs = async (room: Newsroom) => {
  while ((await room.runJobs()) > 0);
};

/** Counts by article, of those that are not zero. */
const countsIn = async (room: Newsroom, table: 'article_hours' | 'article_activity') => {
  const where = table === 'article_hours' ? '' : 'AND hours = 168';
  const { results } = await env.DB.prepare(
    `SELECT article_key AS key, sum(comment_count) AS n FROM ${table} WHERE site_id = ? ${where}
      GROUP BY 1 HAVING n <> 0`,
  )
    .bind(room.site)
    .all<{ key: string; n: number }>();
  return Object.fromEntries(results.map(({ key, n }) => [key, n]));
};

/** The ranking of the last week once the jobs have run. */
const ranked = async (room: Newsroom) => {
  await runJobs(room);
  return countsIn(room, 'article_activity');
};

let networks = 0;
const say = async (room: Newsroom, article: string): Promise<string> => {
  networks += 1;
  const reader = room.reader().at(`10.0.0.${networks}`);
  const { status, body } = await reader.post(`Remark number ${networks}.`, { article });
  expect(status).toBe(201);
  return body.id;
};

describe('comments from before hours were counted', () => {
  let room: Newsroom;
  let comments: string[];
  beforeEach(async () => {
    room = await openNewsroom({ moderation: 'post' });
    await room.publisher.putArticle();
    await room.publisher.putArticle('bridge');
    comments = [];
    for (let n = 0; n < 3; n += 1) comments.push(await say(room, 'ferry'));
    await forgetHours();
    await say(room, 'ferry');
    await say(room, 'bridge');
    await say(room, 'bridge');
  });

  const keys = async () => (await room.public.mostCommented('hours=168')).body.articles.map(({ key }) => key);

  test('are in the rankings once the migration has run, and leave them one by one', async () => {
    expect([await ranked(room), await keys()]).toEqual([{ ferry: 1, bridge: 2 }, ['bridge', 'ferry']]);
    await migrate();
    expect([await ranked(room), await keys()]).toEqual([{ ferry: 4, bridge: 2 }, ['ferry', 'bridge']]);
    for (const id of comments) await room.desk().decide(id, 'reject', 'published');
    expect([await ranked(room), await keys()]).toEqual([{ ferry: 1, bridge: 2 }, ['bridge', 'ferry']]);
  });

  test('that were rejected before it leave nothing below zero', async () => {
    for (const id of comments) await room.desk().decide(id, 'reject', 'published');
    expect(await ranked(room)).toEqual({ ferry: -2, bridge: 2 });
    await migrate();
    expect(await ranked(room)).toEqual({ ferry: 1, bridge: 2 });
  });

  test('that were all rejected before it leave zero', async () => {
    await forgetHours();
    for (const id of comments) await room.desk().decide(id, 'reject', 'published');
    await env.DB.prepare(`UPDATE comments SET status = 'spam' WHERE site_id = ?`).bind(room.site).run();
    expect(await ranked(room)).toEqual({ ferry: -3 });
    await migrate();
    expect(await ranked(room)).toEqual({});
  });

  test('are counted once, however often it runs, and a database that has long counted is not read', async () => {
    await migrate();
    await migrate();
    expect(await countsIn(room, 'article_hours')).toEqual({ ferry: 4, bridge: 2 });
    await forgetHours();
    const age = (days: number) =>
      env.DB.prepare(`UPDATE d1_migrations SET applied_at = datetime('now', ?) WHERE name LIKE '0005%'`)
        .bind(`-${days} days`)
        .run();
    await age(10);
    expect(await migrate()).toBeLessThanOrEqual(40);
    expect(await countsIn(room, 'article_hours')).toEqual({});
    await age(0);
  });

  test('of more than eight days ago are left alone', async () => {
    const old = `${lowestIdAt(Date.now() - 8 * 86_400_000 - 60_000).slice(0, 9)}0000000`;
    const young = `${lowestIdAt(Date.now() - 8 * 86_400_000 + 60_000).slice(0, 9)}0000000`;
    await env.DB.prepare('DELETE FROM comments WHERE site_id = ? AND id <> ? AND id <> ?')
      .bind(room.site, comments[0], comments[1])
      .run();
    const move = (from: string | undefined, to: string) =>
      env.DB.prepare('UPDATE comments SET id = ? WHERE site_id = ? AND id = ?').bind(to, room.site, from).run();
    await move(comments[0], old);
    await move(comments[1], young);
    await forgetHours();
    await migrate();
    expect(await countsIn(room, 'article_hours')).toEqual({ ferry: 1 });
  });
});
