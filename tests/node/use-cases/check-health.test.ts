import { describe, expect, test } from 'vitest';
import { checkHealth, type Finding, LATE_MILLIS, worstOf } from '../../../src/core/health/check-health.ts';
import type { HealthStore, Run } from '../../../src/core/health/health-store.ts';
import { sizeOf } from '../../../src/core/health/size.ts';
import { healthCheckView } from '../../../src/http/views/health.ts';

const NOW = Date.UTC(2026, 10, 29, 18);
const MB = 1_000_000;

interface Told {
  run: Run | null;
  bytes: number | null;
  written: number;
  migration: { name: string; appliedAt: number } | null;
}

const storeOf = (told: Partial<Told> = {}, more: Partial<HealthStore> = {}): HealthStore => {
  const migration = { name: '0022_b.sql', appliedAt: 0 };
  const { run = { at: NOW - 60_000, failing: {} }, bytes = MB, written = NOW } = told;
  return {
    knownMigration: '0022_b.sql',
    findLastMigration: async () => (told.migration === undefined ? migration : told.migration),
    recordRun: () => Promise.reject(new Error('not asked')),
    probe: async () => ({ written, run, bytes }),
    readKv: async () => undefined,
    ...more,
  };
};

/** The view of a check of these databases. */
const check = async (stores: HealthStore[], plan: 'free' | 'paid' | null = null) => {
  const places = stores.map((_, i) => ({ database: i === 0 ? 'DB' : `DB_${i}` }));
  const result = await checkHealth({
    clock: { now: () => NOW },
    version: 'abc',
    plan,
    directory: { places },
    storesIn: (place) => ({ health: stores[places.indexOf(place as (typeof places)[number])] as HealthStore }),
  });
  if (!result.ok) throw new Error('refused');
  return healthCheckView(result.value);
};

const about = async (name: Finding['name'], ...asked: Parameters<typeof check>) =>
  (await check(...asked)).checks.filter((one) => one.name === name).map(({ status, detail }) => [status, detail]);

describe('a check of the health', () => {
  test('looks at each database and at KV, and is ok where all is well', async () => {
    const view = await check([storeOf(), storeOf()]);
    expect(view).toMatchObject({ status: 'ok', version: 'abc', checkedAt: new Date(NOW).toISOString() });
    const of = (database: string) => ['storage', 'schema', 'jobs', 'size'].map((name) => [name, database, 'ok']);
    expect(view.checks.map(({ name, database, status }) => [name, database, status])).toEqual([
      ...of('DB'),
      ...of('DB_1'),
      ['kv', null, 'ok'],
    ]);
  });

  test('says of a database that does not answer so, and of all others how they are', async () => {
    const down = () => Promise.reject(Object.assign(new Error('of somebody'), { name: 'StoreUnavailable' }));
    const view = await check([storeOf({}, { findLastMigration: down }), storeOf()]);
    expect(view.status).toBe('fail');
    expect(view.checks.filter(({ database }) => database === 'DB')).toEqual([
      {
        ...{ name: 'storage', database: 'DB', status: 'fail' },
        detail: 'DB cannot be written and read (StoreUnavailable): see the log.',
      },
    ]);
    expect(view.checks.filter(({ database, status }) => database === 'DB_1' && status === 'ok')).toHaveLength(4);
    expect(JSON.stringify(view)).not.toContain('somebody');
  });

  test('knows the migration of a database that can no longer be written', async () => {
    const probe = () => Promise.reject(new TypeError('x'));
    const view = await check([storeOf({}, { probe })]);
    expect(view.checks.map(({ name, status }) => [name, status])).toEqual([
      ['storage', 'fail'],
      ['schema', 'ok'],
      ['kv', 'ok'],
    ]);
  });

  test('fails where a row is not read as it was written', async () => {
    expect(await about('storage', [storeOf({ written: NOW - 1 })])).toMatchObject([['fail', expect.anything()]]);
  });

  test('fails where KV cannot be read', async () => {
    const readKv = () => Promise.reject(new Error('429 of somebody'));
    expect(await about('kv', [storeOf({}, { readKv })])).toEqual([['fail', 'KV cannot be read (Error).']]);
  });

  test.each([
    ['0022_b.sql', 'ok', 'has every migration'],
    ['0021_a.sql', 'fail', 'is at 0021_a.sql, and this Worker needs 0022_b.sql: run `npm run deploy`.'],
    [null, 'fail', 'is at no migration'],
    ['0023_c.sql', 'warn', 'it was rolled back'],
  ])('at %s of 0022_b.sql is %s', async (name, status, words) => {
    const migration = name === null ? null : { name, appliedAt: 0 };
    expect(await about('schema', [storeOf({ migration })])).toEqual([[status, expect.stringContaining(words)]]);
  });

  const migrated = (millisAgo: number) => ({ name: '0022_b.sql', appliedAt: NOW - millisAgo });
  const ran = (millisAgo: number, failing: Record<string, number> = {}) => ({ at: NOW - millisAgo, failing });
  test.each<[string, string, Partial<Told>, string]>([
    ['five minutes ago', 'ok', { run: ran(LATE_MILLIS) }, 'through DB 5 minutes ago.'],
    ['longer ago', 'fail', { run: ran(LATE_MILLIS + 1) }, '5 minutes ago.'],
    ['not yet, after a deploy', 'warn', { run: null, migration: migrated(LATE_MILLIS) }, 'have not run in DB yet'],
    ['never', 'fail', { run: null, migration: migrated(LATE_MILLIS + 1) }, 'have not run in DB yet'],
    ['with a failure', 'warn', { run: ran(0, { relist: NOW }) }, 'relist fails since 2026-11-29T18:00:00.000Z'],
    ['with failures for long', 'fail', { run: ran(0, { a: NOW, b: NOW - LATE_MILLIS - 1 }) }, 'a fails since'],
  ])('where the jobs ran %s: %s', async (_, status, told, words) => {
    expect(await about('jobs', [storeOf(told)])).toEqual([[status, expect.stringContaining(words)]]);
  });

  test.each<[number, 'free' | 'paid' | null, string, string]>([
    [349, null, 'ok', 'DB holds 349 MB, 69 % of 500 MB.'],
    [350, null, 'warn', '70 %'],
    [474, 'free', 'warn', '94 %'],
    [475, 'free', 'fail', '95 %'],
    [500, null, 'fail', '100 % of 500 MB'],
    [501, null, 'ok', '5 % of 10,000 MB'],
    [501, 'free', 'fail', '100 % of 500 MB'],
    [400, 'paid', 'ok', '4 % of 10,000 MB'],
    [9_500, 'paid', 'fail', '95 %'],
  ])('at %d MB on the plan %s: %s', async (size, plan, status, words) => {
    expect(await about('size', [storeOf({ bytes: size * MB })], plan)).toEqual([
      [status, expect.stringContaining(words)],
    ]);
  });

  test('says nothing of a size that it was not told', async () => {
    expect(await about('size', [storeOf({ bytes: null })])).toEqual([]);
  });

  test('is as good as its worst part', () => {
    expect(worstOf([])).toBe('ok');
    expect(worstOf([{ grade: 'ok' }, { grade: 'warn' }])).toBe('warn');
    expect(worstOf([{ grade: 'warn' }, { grade: 'fail' }, { grade: 'ok' }])).toBe('fail');
  });
});

test.each([
  [349_999_999, 0],
  [350_000_000, 70],
  [424_999_999, 70],
  [425_000_000, 85],
  [474_999_999, 85],
  [475_000_000, 95],
] as const)('a database of %d bytes has reached %d %% of the free plan’s', (bytes, mark) => {
  expect(sizeOf(bytes, 'free').mark).toBe(mark);
});
