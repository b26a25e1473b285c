import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedCrowd } from '../../src/bench/crowd/seed.ts';
import { CROWD_SITE, crowdOf } from '../../src/bench/crowd/shape.ts';
import { openMetered } from '../../src/bench/metered-product.ts';
import { type LocalServer, startLocal } from '../../src/cli/local-server.ts';
import { ROOT } from '../../src/cli/project.ts';
import { VERBS } from '../../src/core/event/event.ts';
import { fillWithLargest } from '../support/largest-rows.ts';
import { rounds } from '../support/rigs.ts';
import { hashesOf, lookInto, tablesIn } from '../support/stored-rows.ts';

/**
 * A restore as an operator does it: the commands as programs, over HTTP, from one server to another; a whole crowd, the
 * largest row of each table and an event of each verb; and each command killed half-way and typed again.
 */

const COMMENTS = rounds({ short: 2_000, long: 100_000 });

/** The call about comments with which a program is killed: there are a few more of them. */
const LAST_CALL = rounds({ short: 3, long: 100 });

/** So many MB may a program keep in mind, less than the file has that it writes or reads. */
const MEMORY = ['--max-old-space-size=48', '--max-semi-space-size=4'];

const folder = mkdtempSync(join(tmpdir(), 'belowline-drill-'));
const stateOf = (name: 'source' | 'target'): string => join(folder, name);
const file = join(folder, 'crowd.ndjson.gz');

let source: LocalServer;
let target: LocalServer;

beforeAll(async () => {
  const shape = { comments: COMMENTS, articles: 400, viral: COMMENTS / 2, replies: COMMENTS / 20 };
  await seedCrowd(stateOf('source'), crowdOf(shape));
  const product = await openMetered(stateOf('source'));
  try {
    await fillWithLargest(product);
    const events = product.d1.prepare(`
      INSERT INTO events (site_id, subject_kind, subject_id, id, verb, actor_kind, facts)
      SELECT '${CROWD_SITE}', substr(value, 1, instr(value, '.') - 1), 'x', 'z' || key, value, 'operator', '{}'
      FROM json_each(?)`);
    await events.bind(JSON.stringify(VERBS)).run();
  } finally {
    await product.stop();
  }
  const begin = (name: 'source' | 'target') =>
    startLocal({ port: 0, stateDir: stateOf(name), quiet: true, cron: false });
  [source, target] = [await begin('source'), await begin('target')];
}, 120_000);
afterAll(async () => {
  await Promise.all([source.stop(), target.stop()]);
  rmSync(folder, { recursive: true });
});

const begin = (
  command: string,
  url: string,
  { OPERATOR_KEY }: LocalServer['secrets'],
): ChildProcessWithoutNullStreams => {
  const words = [...MEMORY, join(ROOT, 'src/cli/belowline.ts'), command, file];
  return spawn(process.execPath, words, { env: { ...process.env, BELOWLINE_URL: url, OPERATOR_KEY } });
};

const endOf = async (program: ChildProcessWithoutNullStreams) => {
  const ended = once(program, 'close');
  const [said, trouble] = await Promise.all([text(program.stdout), text(program.stderr)]);
  const [code, signal] = await ended;
  return { said, trouble, code, signal };
};

/** Answers what the program has said. */
async function run(command: string, { url, secrets }: LocalServer): Promise<string> {
  const { said, trouble, code } = await endOf(begin(command, url, secrets));
  expect(code, trouble).toBe(0);
  return said;
}

/** The program asks through a server in between, which carries out a call about comments and kills it for an answer. */
async function runUntilKilled(command: string, { url, secrets }: LocalServer): Promise<void> {
  let calls = 0;
  const between = createServer(async (request, response) => {
    const { method = '', headers } = request;
    const body = method === 'PUT' ? { body: await buffer(request) } : {};
    const passed = { Authorization: headers.authorization ?? '', 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}${request.url}`, { method, headers: passed, ...body });
    if (request.url?.includes('/comments/')) calls += 1;
    if (calls === LAST_CALL) return program.kill('SIGKILL');
    return response.writeHead(answer.status).end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(between, 'listening');
  const program = begin(command, `http://127.0.0.1:${(between.address() as AddressInfo).port}`, secrets);
  try {
    const { said, trouble, signal } = await endOf(program);
    expect(signal, said + trouble).toBe('SIGKILL');
  } finally {
    between.close();
  }
}

const countIn = (name: 'source' | 'target', table: string): number =>
  lookInto(stateOf(name), (database) => Number(database.prepare(`SELECT count(*) AS n FROM "${table}"`).get()?.n));

it('begins with rows in every table, and an event of every verb', () => {
  const [tables, verbs] = lookInto(stateOf('source'), (database) => [
    tablesIn(database),
    database.prepare('SELECT DISTINCT verb FROM events').all(),
  ]);
  expect(tables.filter((table) => countIn('source', table) === 0)).toEqual([]);
  expect(verbs.map(({ verb }) => verb).toSorted()).toEqual(VERBS.toSorted());
  expect(countIn('source', 'comments')).toBeGreaterThan(COMMENTS);
});

it('brings every row of every table back, though both programs were killed half-way', async () => {
  const whole = hashesOf(stateOf('source'));
  await runUntilKilled('backup', source);
  expect(existsSync(file)).toBe(false);
  // It goes on: what it says first is not that nothing is done.
  expect(await run('backup', source)).toMatch(/^ *comments +[1-9]\d* %/);

  await runUntilKilled('restore', target);
  expect(countIn('target', 'comments')).toBeGreaterThan(0);
  expect(countIn('target', 'comments')).toBeLessThan(COMMENTS);
  expect(countIn('target', 'sites')).toBe(0);
  expect(await run('restore', target)).toContain('each table as it was backed up');

  // A deployment's jobs keep their notes of themselves to it, and no file keeps a day's key.
  const inBackup = ({ runs: _, day_keys: __, ...rest }: Record<string, string>) => rest;
  expect(inBackup(hashesOf(stateOf('target')))).toEqual(inBackup(whole));
  expect(countIn('target', 'day_keys')).toBe(0);
}, 240_000);
