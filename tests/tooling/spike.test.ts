import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProduct } from '../../src/bench/bench-server.ts';
import { seedCrowd } from '../../src/bench/crowd/seed.ts';
import { crowdOf } from '../../src/bench/crowd/shape.ts';
import { startLoadProcess } from '../../src/bench/load.ts';
import { buildIfChanged } from '../../src/cli/build.ts';
import { WORKER_FILE } from '../../src/cli/project.ts';
import { rounds } from '../support/rigs.ts';

const READERS = 200;
const SPIKES = rounds({ short: 100, long: 600 });

const folder = mkdtempSync(join(tmpdir(), 'belowline-spike-'));
const load = startLoadProcess();
let server: Awaited<ReturnType<typeof startProduct>>;

beforeAll(async () => {
  const stateDir = join(folder, 'state');
  await seedCrowd(stateDir, crowdOf({ comments: 2_000, articles: 4, viral: 1_000, replies: 100 }));
  await buildIfChanged();
  server = await startProduct(stateDir, readFileSync(WORKER_FILE, 'utf8'));
});
afterAll(async () => {
  load.stop();
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** A page under a host name of its own: nobody has asked for it before. */
const newPage = (host: string) => ({
  method: 'GET',
  path: '/v1/sites/crowd/articles/viral/thread?limit=10',
  headers: { Host: `${host}.comments.example` },
});

const askTogether = async (host: string): Promise<Record<string, number>> => {
  const requests = Array.from({ length: READERS }, () => newPage(host));
  const sent = { port: server.ports.belowline, requests, concurrency: READERS, maxSeconds: 30 };
  return (await load.run(sent)).statuses;
};

test('whoever sends a GET with a body, wrong or never ending, gets the page and keeps nobody else from it', async () => {
  const { port } = { port: server.ports.belowline };
  for (const [n, headers] of [{ 'Content-Length': '1' }, { 'Transfer-Encoding': 'chunked' }].entries()) {
    const { headers: host, ...page } = newPage(`body-${n}`);
    const odd = httpRequest({ port, ...page, headers: { ...host, ...headers, 'Content-Type': 'text/plain' } });
    odd.write('x');
    const [[response], statuses] = await Promise.all([
      once(odd, 'response') as Promise<[IncomingMessage]>,
      askTogether(`body-${n}`),
    ]);
    odd.destroy();
    expect([response.statusCode, statuses]).toEqual([200, { 200: READERS }]);
  }
});

// Over connections of their own, as real readers come, and often enough that the runtime optimizes the code: only then
// does an answer that one request has made for another come out as an error. On the Worker's own socket, because what
// stands before it on a developer's machine lets few requests through at a time.
test(`${READERS} readers at once are all answered, ${SPIKES} times over, of a page that nobody has asked for before`, async () => {
  for (let spike = 0; spike < SPIKES; spike += 1) {
    expect({ spike, ...(await askTogether(`spike-${spike}`)) }).toEqual({ spike, 200: READERS });
  }
}, 600_000);
