import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MeteredProduct, openMetered } from '../../src/bench/metered-product.ts';
import { backUp } from '../../src/cli/backup.ts';
import type { Ask, Table } from '../../src/cli/backup-file.ts';
import { createProgress } from '../../src/cli/backup-progress.ts';
import { PlainError } from '../../src/cli/project.ts';
import { restore } from '../../src/cli/restore.ts';
import { createSite, describeDatabase, putArticle } from '../../src/contract/addresses.ts';
import { rounds } from '../support/rigs.ts';

// Nobody waits between two tries.
vi.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }));

const folder = mkdtempSync(join(tmpdir(), 'belowline-backup-'));
const quiet = (): void => {};
let source: MeteredProduct;
let target: MeteredProduct;
let file = '';
let files = 0;

const askOf =
  (product: MeteredProduct): Ask =>
  async (at, sending) => {
    const { body } = await product.ask(at, sending, { Authorization: `Bearer ${product.operatorKey}` });
    return body;
  };

/** The tables of both databases. */
let tables: Table[] = [];

/** Every row of every table, as SQL writes it down. */
const contents = async ({ d1 }: MeteredProduct): Promise<Record<string, unknown[]>> => {
  const cellOf = (column: string) => `hex("${column}")`;
  const results = await d1.batch(
    tables.map(({ name, columns }) =>
      d1.prepare(`SELECT ${columns.map((column) => `${cellOf(column)} AS "${column}"`).join(', ')} FROM "${name}"`),
    ),
  );
  return Object.fromEntries(tables.map(({ name }, index) => [name, results[index]?.results ?? []]));
};

const empty = async ({ d1 }: MeteredProduct): Promise<void> => {
  await d1.batch(tables.map(({ name }) => d1.prepare(`DELETE FROM "${name}"`)));
};

class Killed extends Error {}

/** Ends with the call of that number, before it goes out or after it was carried out. */
const killedAt = (ask: Ask, call: number, when: 'before' | 'after'): Ask => {
  let calls = 0;
  return async (at, sending) => {
    calls += 1;
    if (calls === call && when === 'before') throw new Killed();
    const answer = await ask(at, sending);
    if (calls === call) throw new Killed();
    return answer;
  };
};

const callsOf = async (work: (ask: Ask) => Promise<unknown>, product: MeteredProduct): Promise<number> => {
  let calls = 0;
  await work((at, sending) => {
    calls += 1;
    return askOf(product)(at, sending);
  });
  return calls;
};

/** The numbers of calls to be killed at, more of them in a long rig. */
const someOf = (calls: number, first = 1): number[] => {
  const step = rounds({ short: 40, long: 3 });
  return Array.from({ length: calls }, (_, call) => call + 1).filter((call) => call % step === first % step);
};

/** One backup of the source, for the tests that only read it. */
let taken: Promise<string> | undefined;
const takeOnce = (): Promise<string> => {
  taken ??= take(join(folder, 'taken.ndjson'));
  return taken;
};

const take = async (name = file): Promise<string> => {
  await backUp(askOf(source), name, 'DB', quiet);
  return name;
};

const withoutTimes = (text: string): string => text.replaceAll(/"(?:startedAt|finishedAt|bookmark)":"[^"]*"/g, '');

beforeAll(async () => {
  [source, target] = [await openMetered(join(folder, 'source')), await openMetered(join(folder, 'target'))];
  const asOperator = { Authorization: `Bearer ${source.operatorKey}` };
  for (const id of ['gazette', 'courier']) {
    await source.ask(createSite, { body: { id, name: 'Gazette \u2028 \u0007’s', origins: [] } }, asOperator);
    for (let n = 0; n < 60; n += 1) {
      const body = {
        url: `https://news.example/${n}`,
        headline: `Ferry ${n} 🚢`,
        publishedAt: '2026-11-01T10:00:00Z',
        topics: ['Sea'],
      };
      await source.ask(putArticle, { site: id, article: `ferry-${n}`, body }, asOperator);
    }
    await source.signIn(id);
  }
  const odd =
    "INSERT INTO votes (site_id, reader_id, article_key, comment_id, value, created_at) VALUES ('gazette', 'r', 'a' || char(8232, 0, 10), CAST(x'EDA080' AS TEXT), 1, 9007199254740993)";
  await source.d1.prepare(odd).run();
  tables = (await askOf(source)(describeDatabase, { database: 'DB' })).tables;
}, 120_000);
afterAll(async () => {
  await Promise.all([source.stop(), target.stop()]);
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  files += 1;
  file = join(folder, `${files}.ndjson`);
});
afterEach(() => empty(target));

describe('a backup', () => {
  it('is a header, a line a row, and a footer with the rows and the hash of each table; for its owner alone', async () => {
    const { header, footer } = await backUp(askOf(source), file, 'DB', quiet);
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect([lines[0], lines.at(-1)]).toEqual([header, footer]);
    expect(lines).toHaveLength(2 + footer.tables.reduce((sum, { rows }) => sum + rows, 0));
    expect(footer.tables.map(({ name, rows }) => [name, rows])).toEqual(
      header.tables.map(({ name, rows }) => [name, rows]),
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file.replace('.gz', '')}.partial`)).toBe(false);
  });

  it('is packed where its name ends in .gz, and then too for its owner alone', async () => {
    const plain = readFileSync(await take(), 'utf8');
    const packed = await take(`${file}.gz`);
    expect(withoutTimes(gunzipSync(readFileSync(packed)).toString())).toBe(withoutTimes(plain));
    expect(statSync(packed).mode & 0o777).toBe(0o600);
  });

  it('is the same after it was killed at any of its steps and started again', async () => {
    const whole = withoutTimes(readFileSync(await take(), 'utf8'));
    const calls = await callsOf((ask) => backUp(ask, `${file}.counted`, 'DB', quiet), source);
    for (const call of someOf(calls)) {
      const name = `${file}.killed-${call}`;
      await expect(backUp(killedAt(askOf(source), call, 'after'), name, 'DB', quiet)).rejects.toThrow(Killed);
      expect(existsSync(name)).toBe(false);
      // The last line was being written.
      if (existsSync(`${name}.partial`)) appendFileSync(`${name}.partial`, '["comments",["gaz');
      expect(withoutTimes(readFileSync(await take(name), 'utf8')), `call ${call}`).toBe(whole);
    }
  });

  it('takes up what has become readable to others, and closes it', async () => {
    await expect(backUp(killedAt(askOf(source), 4, 'after'), file, 'DB', quiet)).rejects.toThrow(Killed);
    chmodSync(`${file}.partial`, 0o644);
    expect(statSync(await take()).mode & 0o777).toBe(0o600);
  });

  it('says which folder there is not, before it reads anything', async () => {
    const none = join(folder, 'none');
    const asked = () => Promise.reject(new Error('asked'));
    for (const name of ['x', 'x.gz'])
      await expect(backUp(asked, join(none, name), 'DB', quiet)).rejects.toThrow(
        new PlainError(`There is no folder ${none}. Make it, or name another.`),
      );
  });

  it('overwrites no file, and takes up none of another database or of somebody else', async () => {
    await take();
    await expect(take()).rejects.toThrow('is there already');
    writeFileSync(`${file}.other.partial`, 'a diary\nof mine\n');
    await expect(take(`${file}.other`)).rejects.toThrow('is no backup that this Belowline can read');
    expect(readFileSync(`${file}.other.partial`, 'utf8')).toBe('a diary\nof mine\n');
    const [header = ''] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(`${file}.old.partial`, `${header.replace(/"migration":"[^"]*"/, '"migration":"0001_x.sql"')}\n`);
    await expect(take(`${file}.old`)).rejects.toThrow('Delete it to begin anew.');
  });
});

describe('a restore', () => {
  it('brings back every row of every table', async () => {
    await restore(askOf(target), await takeOnce(), 'DB', quiet);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it.each(['before', 'after'] as const)(
    'ends the same when it was killed %s any of its steps and started again',
    async (when) => {
      const backup = await takeOnce();
      const run = (ask: Ask) => restore(ask, backup, 'DB', quiet);
      const calls = await callsOf(run, target);
      const whole = await contents(source);
      // In a short rig each way has steps of its own.
      for (const call of someOf(calls, when === 'before' ? 5 : 25)) {
        await empty(target);
        await expect(run(killedAt(askOf(target), call, when))).rejects.toThrow(Killed);
        await run(askOf(target));
        expect(await contents(target), `call ${call}`).toEqual(whole);
      }
      // Once more changes nothing.
      await run(askOf(target));
      expect(await contents(target)).toEqual(whole);
    },
  );

  it('serves no site before every other table is whole', async () => {
    const backup = await takeOnce();
    const seen: number[] = [];
    const watching: Ask = async (at, sending) => {
      const answer = await askOf(target)(at, sending);
      if (at.startsWith('PUT')) seen.push((await contents(target)).sites?.length ?? 0);
      return answer;
    };
    await restore(watching, backup, 'DB', quiet);
    expect(seen.slice(0, -1).every((sites) => sites === 0)).toBe(true);
    expect(seen.at(-1)).toBe(2);
  });

  it('sends a part again when the answer was lost, and it is in once', async () => {
    const backup = await takeOnce();
    const said = vi.spyOn(console, 'error').mockReturnValue();
    let lost = 0;
    const losing: Ask = async (at, sending) => {
      const answer = await askOf(target)(at, sending);
      if (at.startsWith('PUT') && lost === 0) {
        lost += 1;
        throw new PlainError('http://localhost does not answer: reset');
      }
      return answer;
    };
    await restore(losing, backup, 'DB', quiet);
    said.mockRestore();
    expect(lost).toBe(1);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('says that it tries again, and in the end how to go on', async () => {
    const backup = await takeOnce();
    const said = vi.spyOn(console, 'error').mockReturnValue();
    let asked = 0;
    const gone: Ask = () => {
      asked += 1;
      return Promise.reject(new PlainError('http://localhost does not answer: reset'));
    };
    await expect(restore(gone, backup, 'DB', quiet)).rejects.toThrow(/^http.* reset\n.*Type the command again/);
    expect([asked, said.mock.calls.length]).toEqual([5, 4]);
    expect(said.mock.calls.at(-1)?.[0]).toContain('Trying again in 8 s.');
    said.mockRestore();
  });

  it('shows the rows of the backup while they go in and while they are checked', () => {
    const lines: string[] = [];
    const out = { isTTY: false, write: (line: string) => lines.push(line) > 0 };
    const show = createProgress(1_200, () => 5_000_000, { passes: 2, out });
    show('comments', 600);
    show('checking comments', 1_800);
    show('done', 2_400);
    expect(lines.map((line) => line.trim().replaceAll(/ {2,}/g, ' · '))).toEqual([
      'comments · 25 % · 600 of 1,200 rows · 5.0 MB',
      'checking comments · 75 % · 600 of 1,200 rows · 5.0 MB',
      'done · 100 % · 1,200 of 1,200 rows · 5.0 MB',
    ]);
  });

  it('goes into no database with other rows, and leaves it as it was', async () => {
    const backup = await takeOnce();
    const asOperator = { Authorization: `Bearer ${target.operatorKey}` };
    await target.ask(createSite, { body: { id: 'weekly', name: 'The Weekly', origins: [] } }, asOperator);
    const before = await contents(target);
    await expect(restore(askOf(target), backup, 'DB', quiet)).rejects.toThrow('DB has other rows than the backup');
    expect(await contents(target)).toEqual(before);
    await target.d1.prepare('DELETE FROM sites').run();
    await expect(restore(askOf(target), backup, 'DB', quiet)).rejects.toThrow('Restore into an empty database.');
  });

  it.each([
    ['a row is another', (text: string) => text.replace('Ferry 7 ', 'Ferry 8 '), 'the rows of articles are not those'],
    [
      'a row is missing',
      (text: string) => text.replace(/\n\["articles",[^\n]*/, ''),
      'the rows of articles are not those',
    ],
    ['it breaks off', (text: string) => text.slice(0, -100), 'its end is missing'],
    ['it breaks off at a line', (text: string) => text.replace(/\n[^\n]*\n$/, '\n'), 'its end is missing'],
    ['it is something else', () => 'site,comment\n', 'is no backup'],
    ['it is empty', () => '', 'is no backup'],
    [
      'it is of other tables',
      (text: string) => text.replace(/"migration":"[^"]*"/, '"migration":"0009_x.sql"'),
      'Deploy the Belowline that the backup was taken with',
    ],
    [
      'it is of another database',
      (text: string) => text.replace('"database":"DB"', '"database":"DB_1"'),
      'Add --database DB_1.',
    ],
  ])('puts nothing in when %s', async (_, harm, sentence) => {
    const before = readFileSync(await takeOnce(), 'utf8');
    const harmed = harm(before);
    expect(harmed).not.toBe(before);
    for (const [name, bytes] of [
      ['x', harmed],
      ['x.gz', gzipSync(harmed)],
    ] as const) {
      writeFileSync(join(folder, name), bytes);
      await expect(restore(askOf(target), join(folder, name), 'DB', quiet)).rejects.toThrow(sentence);
    }
    expect(Object.values(await contents(target)).flat()).toEqual([]);
  });

  it('says which file there is not, and that a packed one is torn', async () => {
    for (const none of [`${file}.none`, `${file}.none.gz`, folder])
      await expect(restore(askOf(target), none, 'DB', quiet)).rejects.toThrow(`There is no file ${none}.`);
    const packed = await take(`${file}.gz`);
    writeFileSync(packed, readFileSync(packed).subarray(0, -40));
    await expect(restore(askOf(target), packed, 'DB', quiet)).rejects.toThrow('is damaged');
  });
});
