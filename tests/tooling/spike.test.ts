import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProduct } from '../../src/cli/bench/bench-server.ts';
import { startLoadProcess } from '../../src/cli/bench/load.ts';
import { buildIfChanged } from '../../src/cli/build.ts';
import { seedCrowd } from '../../src/cli/crowd/seed.ts';
import { crowdOf } from '../../src/cli/crowd/shape.ts';
import { WORKER_FILE } from '../../src/cli/project.ts';

const READERS = 200;
const SPIKES = 600;

// Over connections of their own, as real readers come, and often enough that the runtime optimizes the code: only then
// does an answer that one request has made for another come out as an error. On the Worker's own socket, because what
// stands before it on a developer's machine lets few requests through at a time.
test(`${READERS} readers at once are all answered, ${SPIKES} times over, of a page that nobody has asked for before`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'belowline-spike-'));
  const stateDir = join(folder, 'state');
  await seedCrowd(stateDir, crowdOf({ comments: 2_000, articles: 4, viral: 1_000, replies: 100 }));
  await buildIfChanged();
  const server = await startProduct(stateDir, readFileSync(WORKER_FILE, 'utf8'));
  const load = startLoadProcess();
  try {
    for (let spike = 0; spike < SPIKES; spike += 1) {
      const page = {
        method: 'GET',
        path: '/v1/sites/crowd/articles/viral/thread?limit=50',
        headers: { Host: `spike-${spike}.comments.example` },
      };
      const requests = Array.from({ length: READERS }, () => page);
      const { statuses } = await load.run({
        port: server.ports.belowline,
        requests,
        concurrency: READERS,
        maxSeconds: 30,
      });
      expect({ spike, ...statuses }).toEqual({ spike, 200: READERS });
    }
  } finally {
    load.stop();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
});
