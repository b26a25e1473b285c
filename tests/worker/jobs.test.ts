import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../src/core/platform/store-unavailable.ts';
import type { Job, JobDeps } from '../../src/jobs/job.ts';
import { keepHouse } from '../../src/jobs/keep-house.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

const linesOf = (room: Newsroom) => room.logged.map((line) => JSON.parse(line) as Record<string, unknown>);

const rankedHour = (database: D1Database, site: string) =>
  database.prepare('SELECT ranked_hour FROM sites WHERE id = ?').bind(site).first<number>('ranked_hour');

/** The one article in `most-commented` of the last hour, or null. */
const ranked = async (room: Newsroom) => {
  const { body } = await room.public.mostCommented('hours=1');
  return body.articles[0]?.key ?? null;
};

/** A site with one comment that no ranking has seen yet. */
const openWithComment = async (database: 'DB' | 'DB_1', bindings: Parameters<typeof openNewsroom>[1] = {}) => {
  const room = await openNewsroom({ moderation: 'post' }, bindings, { database });
  await room.publisher.putArticle();
  await room.reader().post('To be counted.');
  return room;
};

/** A job that is written down here, over whatever sites it is said to be due for. */
const jobOf = (job: Partial<Job>): Job => ({
  name: 'a-job',
  steps: 100,
  step: async () => ({ done: 1, isMore: false }),
  ...job,
});

test('a job that fails for one site is done for all others, and a line says where', async () => {
  const broken = await openWithComment('DB');
  const whole = await openWithComment('DB');
  await env.DB.prepare(
    `CREATE TRIGGER broken BEFORE UPDATE OF ranked_hour ON sites WHEN OLD.id = '${broken.site}'
      BEGIN SELECT RAISE(ABORT, 'a secret of the statement'); END`,
  ).run();
  const hour = Math.floor(broken.clock.now / 3_600_000);
  await broken.runJobs();
  expect(linesOf(broken)).toContainEqual({
    event: 'job-failed',
    job: 'turn-hour',
    database: 'DB',
    site: broken.site,
    error: 'StatementRefused',
    stack: expect.stringMatching(/^src\/store\/faults\.ts:\d+:\d+/),
  });
  expect(linesOf(broken).filter(({ event }) => event === 'job-failed')).toHaveLength(1);
  expect(broken.logged.join()).not.toContain('a secret of');
  expect([await rankedHour(env.DB, broken.site), await rankedHour(env.DB, whole.site)]).toEqual([0, hour]);
  expect(await ranked(whole)).toBe('ferry');

  await env.DB.prepare('DROP TRIGGER broken').run();
  await broken.runJobs();
  expect(await rankedHour(env.DB, broken.site)).toBe(hour);
});

/** Each job of the list that the cron works through. */
const JOBS = [
  'turn-hour',
  'relist',
  'delete-expired',
  'delete-removed',
  'turn-day-keys',
  'forget-traces',
  'forget-limit-windows',
  'empty-old-comments',
  'end-bans',
  'end-network-holds',
  'notice-secrets',
  'seal-events',
  'deliver-letters',
];

test('a database that does not answer leaves the other’s work to be done, and each job says so', async () => {
  const room = await openWithComment('DB_1');
  const { openStores } = room.dependencies;
  room.dependencies.openStores = (place, start) => {
    if (place.database === 'DB') throw new StoreUnavailable('outage', 'D1_ERROR');
    return openStores(place, start);
  };
  const kept = await keepHouse(room.dependencies);
  expect(kept.filter(({ database }) => database === 'DB')).toEqual(
    JOBS.map((job) => ({ job, database: 'DB', done: 0, failed: 1 })),
  );
  expect(kept).toContainEqual({ job: 'relist', database: 'DB_1', done: 1, failed: 0 });
  const stack = expect.stringContaining('jobs.test.ts');
  expect(linesOf(room).filter(({ event }) => event === 'job-failed')).toEqual(
    [...JOBS, 'record-run'].map((job) => ({
      event: 'job-failed',
      job,
      database: 'DB',
      site: null,
      error: 'StoreUnavailable',
      stack,
    })),
  );
  expect(await ranked(room)).toBe('ferry');
});

test('a database that takes its time holds up no other', async () => {
  const room = await openWithComment('DB_1');
  const { openStores } = room.dependencies;
  let answerAtLast = () => {};
  const slow = new Promise<string[]>((resolve) => {
    answerAtLast = () => resolve([]);
  });
  room.dependencies.openStores = (place, start) => {
    const stores = openStores(place, start);
    return place.database === 'DB' ? { ...stores, rankings: { ...stores.rankings, sitesToTurn: () => slow } } : stores;
  };
  const running = keepHouse(room.dependencies);
  await expect.poll(() => ranked(room)).toBe('ferry');
  answerAtLast();
  expect((await running).filter(({ failed }) => failed > 0)).toEqual([]);
});

test('what was done is logged, job by job and database by database, and nothing else', async () => {
  const room = await openWithComment('DB_1');
  await keepHouse(room.dependencies);
  expect(linesOf(room)).toContainEqual({ event: 'job-done', job: 'relist', database: 'DB_1', done: 1 });
  room.logged.length = 0;
  await keepHouse(room.dependencies);
  expect(room.logged).toEqual([]);
});

describe('the size of a database', () => {
  const sizes = async (room: Newsroom) => {
    room.logged.length = 0;
    await keepHouse(room.dependencies, []);
    return linesOf(room);
  };

  test('is logged once an hour, against the limit of the plan', async () => {
    const room = await openNewsroom({}, { plan: 'paid' });
    room.clock.now = Date.UTC(2030, 0, 1, 12, 1);
    const [line, ...more] = await sizes(room);
    expect(line).toMatchObject({ event: 'database-size', database: 'DB', limitBytes: 10_000_000_000, percent: 0 });
    expect(line?.bytes).toBeGreaterThan(4_096);
    expect(more).toEqual([]);
    room.clock.tick(58 * 60);
    expect(await sizes(room)).toEqual([]);
    room.clock.tick(60);
    expect(await sizes(room)).toHaveLength(1);
  });

  test.each([
    [349, 'database-size', 0],
    [350, 'database-filling', 70],
    [425, 'database-filling', 85],
    [475, 'database-filling', 95],
  ])('of %d MB is %s on the free plan, with the mark %d', async (megabytes, event, mark) => {
    const room = await openNewsroom();
    const { openStores } = room.dependencies;
    room.dependencies.openStores = (place, start) => {
      const stores = openStores(place, start);
      const recordRun = async () => ({ before: null, bytes: megabytes * 1_000_000 });
      return { ...stores, health: { ...stores.health, recordRun } };
    };
    expect(await sizes(room)).toMatchObject([{ event, mark, limitBytes: 500_000_000 }]);
  });
});

test('a minute in which nothing changed writes one row in each database', async () => {
  const room = await openWithComment('DB_1');
  await room.runJobs();
  await room.runJobs();
  room.meter.take();
  await room.runJobs();
  expect(room.meter.take().rowsWritten).toBe(2);
});

describe('the operator’s check', () => {
  /** Its word on one part of a database. */
  const about = async (room: Newsroom, name: string, database: string | null = 'DB') => {
    const { status, body } = await room.operator.checkHealth();
    expect(status).toBe(200);
    return body.checks.find((check) => check.name === name && check.database === database);
  };

  test('is well in a house whose jobs run, writes one row a database and nothing in KV', async () => {
    const room = await openWithComment('DB_1');
    await room.runJobs();
    room.meter.take();
    const { body } = await room.operator.checkHealth();
    const cost = room.meter.take();
    expect(body).toMatchObject({ status: 'ok', version: 'unbuilt' });
    expect(body.checks.map(({ name, database, status }) => `${name} ${database} ${status}`)).toEqual([
      ...['DB', 'DB_1'].flatMap((place) => ['storage', 'schema', 'jobs', 'size'].map((name) => `${name} ${place} ok`)),
      'kv null ok',
    ]);
    expect(cost).toMatchObject({ rowsWritten: 2, roundTrips: 4, kvOperations: 1 });
    expect(cost.rowsRead).toBeLessThanOrEqual(8);
  });

  test('sees after five minutes that the jobs do not run, and a job that fails', async () => {
    const room = await openWithComment('DB');
    await room.runJobs();
    room.clock.tick(300);
    expect(await about(room, 'jobs')).toMatchObject({ status: 'ok' });
    room.clock.tick(1);
    expect(await about(room, 'jobs')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('5 minutes ago'),
    });
    const fails = jobOf({ name: 'breaks', step: () => Promise.reject(new Error('broken')) });
    await keepHouse(room.dependencies, [fails]);
    expect(await about(room, 'jobs')).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('breaks fails'),
    });
    room.clock.tick(301);
    await keepHouse(room.dependencies, [fails]);
    expect(await about(room, 'jobs')).toMatchObject({ status: 'fail' });
    await keepHouse(room.dependencies, [jobOf({ name: 'breaks' })]);
    expect(await about(room, 'jobs')).toMatchObject({ status: 'ok' });
  });

  test('sees tables that are away, and a migration that is', async () => {
    const room = await openNewsroom();
    await room.runJobs();
    await env.DB.prepare('ALTER TABLE runs RENAME TO gone').run();
    expect(await about(room, 'storage')).toMatchObject({ status: 'fail', detail: expect.stringContaining('Refused') });
    await env.DB.prepare('ALTER TABLE gone RENAME TO runs').run();
    const last = await env.DB.prepare('SELECT max(name) AS name FROM d1_migrations').first<string>('name');
    const rename = (from: string | null, to: string | null) =>
      env.DB.prepare('UPDATE d1_migrations SET name = ? WHERE name = ?').bind(to, from).run();
    await rename(last, '0000_old.sql');
    expect(await about(room, 'schema')).toMatchObject({ status: 'fail' });
    await rename('0000_old.sql', last);
    expect(await about(room, 'schema')).toMatchObject({ status: 'ok' });
  });

  test('is for the operator alone, and the public one says nothing of all this', async () => {
    const room = await openNewsroom();
    const desk = room.desk('Ada', 'admin');
    for (const { status } of [
      await room.publisher.checkHealth(),
      await desk.checkHealth(),
      await room.request('POST', room.at.healthChecks),
    ])
      expect([401, 403]).toContain(status);
    expect((await room.request('GET', '/v1/health')).body).toEqual({ status: 'ok' });
  });
});

test('sessions and links that are over are deleted in each database, and counted', async () => {
  const room = await openNewsroom({}, {}, { database: 'DB_1' });
  await room.desk().session();
  const left = () =>
    env.DB_1.prepare('SELECT count(*) AS n FROM sessions WHERE site_id = ?').bind(room.site).first('n');
  expect(await left()).toBe(1);
  room.clock.tick(7 * 86_400);
  const kept = await keepHouse(room.dependencies);
  expect(kept).toContainEqual({ job: 'delete-expired', database: 'DB_1', done: 1, failed: 0 });
  expect(await left()).toBe(0);
});

describe('a run', () => {
  const sites = ['one', 'other', 'third'];

  /** A newsroom, and the sites that the steps of jobs were for, in order. */
  const openNoting = async () => {
    const steps: string[] = [];
    const noting = (step: (deps: JobDeps, siteId: string) => void) => async (deps: JobDeps, siteId: string) => {
      steps.push(siteId);
      step(deps, siteId);
      return { done: 1, isMore: false };
    };
    return { room: await openNewsroom(), steps, noting };
  };

  test('begins nothing after 25 seconds, and says what was done', async () => {
    const { room, steps, noting } = await openNoting();
    const due = async () => Array.from({ length: 10 }, (_, n) => `site-${n}`);
    const slow = jobOf({ due, step: noting(() => room.clock.tick(10)) });
    let asked = 0;
    const dueLate = async () => {
      asked += 1;
      return ['late'];
    };
    const late = jobOf({ name: 'late', due: dueLate, step: noting(() => {}) });
    expect(await keepHouse(room.dependencies, [slow, late])).toEqual([
      { job: 'a-job', database: 'DB', done: 3, failed: 0 },
      { job: 'late', database: 'DB', done: 0, failed: 0 },
    ]);
    expect(steps).toEqual(['site-0', 'site-1', 'site-2']);
    expect(asked).toBe(0);
  });

  test('takes no more steps of a job than it may, and asks for no more sites', async () => {
    const { room, steps, noting } = await openNoting();
    const asked: number[] = [];
    const due = async (_: JobDeps, limit: number) => {
      asked.push(limit);
      return [...sites];
    };
    await keepHouse(room.dependencies, [jobOf({ steps: 2, due, step: noting(() => {}) })]);
    expect([asked, steps]).toEqual([[2], ['one', 'other']]);
  });

  test('lets sites take turns, so that one with much to do waits for all others', async () => {
    const room = await openNewsroom();
    const left = new Map([
      ['one', 3],
      ['other', 1],
      ['third', 2],
    ]);
    const steps: string[] = [];
    const step = async (_: JobDeps, siteId: string) => {
      steps.push(siteId);
      const more = (left.get(siteId) ?? 0) - 1;
      left.set(siteId, more);
      return { done: 1, isMore: more > 0 };
    };
    await keepHouse(room.dependencies, [jobOf({ due: async () => [...sites], step })]);
    expect(steps).toEqual(['one', 'other', 'third', 'one', 'third', 'one']);
  });

  test('goes on with a job of all sites for as long as there is more', async () => {
    const room = await openNewsroom();
    let left = 5;
    const step = async () => {
      left -= 1;
      return { done: 10, isMore: left > 0 };
    };
    expect(await keepHouse(room.dependencies, [jobOf({ step })])).toEqual([
      { job: 'a-job', database: 'DB', done: 50, failed: 0 },
    ]);
  });

  test('goes on with the next site and the next job when one fails', async () => {
    const { room, steps, noting } = await openNoting();
    const failing = (siteId: string) => {
      if (siteId === 'one') throw new TypeError('"Ada Lovelace wrote this" is not a function');
    };
    const kept = await keepHouse(room.dependencies, [
      jobOf({ name: 'blind', due: () => Promise.reject(new Error('no sites')) }),
      jobOf({ name: 'by-site', due: async () => [...sites], step: noting((_, siteId) => failing(siteId)) }),
      jobOf({ name: 'last' }),
    ]);
    expect(kept).toEqual([
      { job: 'blind', database: 'DB', done: 0, failed: 1 },
      { job: 'by-site', database: 'DB', done: 2, failed: 1 },
      { job: 'last', database: 'DB', done: 1, failed: 0 },
    ]);
    expect(steps).toEqual(sites);
    const stack = expect.stringMatching(/^tests\/worker\/jobs\.test\.ts:\d+:\d+/);
    expect(linesOf(room).filter(({ event }) => event === 'job-failed')).toEqual([
      { event: 'job-failed', job: 'blind', database: 'DB', site: null, error: 'Error', stack },
      { event: 'job-failed', job: 'by-site', database: 'DB', site: 'one', error: 'TypeError', stack },
    ]);
    expect(room.logged.join()).not.toContain('Lovelace');
  });
});

test('a database without a site rests, as one does that a restore is filling', async () => {
  const room = await openWithComment('DB_1');
  const { results: sites } = await env.DB_1.prepare('SELECT * FROM sites').all();
  await env.DB_1.prepare('DELETE FROM sites').run();
  room.clock.tick(90_000);
  const seals = () => env.DB_1.prepare('SELECT count(*) AS n FROM seals').first<number>('n');
  const before = (await seals()) ?? 0;
  expect((await keepHouse(room.dependencies)).filter(({ database }) => database === 'DB_1')).toEqual([]);
  expect(await seals()).toBe(before);
  for (const site of sites) {
    const names = Object.keys(site);
    const statement = `INSERT INTO sites (${names}) VALUES (${names.map(() => '?')})`;
    await env.DB_1.prepare(statement)
      .bind(...Object.values(site))
      .run();
  }
  await keepHouse(room.dependencies);
  expect(await seals()).toBeGreaterThan(before);
});
