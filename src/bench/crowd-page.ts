import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getThread } from '../contract/addresses.ts';
import { requestTo } from '../contract/client.ts';
import { buildDeployable, startProduct } from './bench-server.ts';
import { seedCrowd } from './crowd/seed.ts';
import { CROWD_SITE, SMALL_CROWD, VIRAL_ARTICLE } from './crowd/shape.ts';
import { loadOf, startLoadProcess } from './load.ts';
import { median } from './median.ts';
import { cpuSeconds } from './process-cpu.ts';

/** Ten conversations: two of the turns in which a crowd repeats itself, so both pages hold as many comments. */
const PAGE = requestTo(getThread, { site: CROWD_SITE, article: VIRAL_ARTICLE, query: { limit: 10 } });
const REQUESTS = 500;

export interface CrowdPage {
  /** Milliseconds of processor time for the first page of a hundred comments, and for that of the crowd's article. */
  small: number;
  large: number;
  ratio: number;
}

/** The same first page of a small article and of the crowd's, never from the cache, in alternation. */
export async function compareFirstPage(crowdDir: string, rounds: number): Promise<CrowdPage> {
  const script = buildDeployable();
  const folder = mkdtempSync(join(tmpdir(), 'belowline-small-'));
  const load = startLoadProcess();
  const stops: (() => unknown)[] = [load.stop, () => rmSync(folder, { recursive: true, force: true })];
  try {
    await seedCrowd(folder, SMALL_CROWD);
    const servers = [await startProduct(folder, script), await startProduct(crowdDir, script)];
    for (const server of servers) stops.unshift(server.stop);
    const millis: [number[], number[]] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      for (const [which, { pid, ports }] of servers.entries()) {
        const requests = Array.from({ length: REQUESTS }, (_, n) =>
          loadOf(PAGE, { Host: `page-${Date.now()}-${n}.comments.example` }),
        );
        const before = cpuSeconds(pid);
        const { statuses } = await load.run({ port: ports.belowline, requests, concurrency: 16, maxSeconds: 20 });
        if (statuses[200] !== REQUESTS) throw new Error(`a first page was answered ${JSON.stringify(statuses)}`);
        if (round > 0) millis[which as 0 | 1].push(((cpuSeconds(pid) - before) * 1_000) / REQUESTS);
      }
    }
    const [small, large] = millis;
    const ratio = median(large.map((one, n) => one / (small[n] ?? Number.NaN)));
    return { small: median(small), large: median(large), ratio };
  } finally {
    for (const stop of stops) await stop();
  }
}
