import { gzipSync } from 'node:zlib';
import { getThread } from '../contract/addresses.ts';
import { requestTo } from '../contract/client.ts';
import { type BenchServer, buildDeployable, startFloors, startProduct } from './bench-server.ts';
import { CROWD_SITE, VIRAL_ARTICLE } from './crowd/shape.ts';
import type { Floor } from './floors.ts';
import { expectAnswers, type LoadRequest, loadOf, startLoadProcess } from './load.ts';
import { median } from './median.ts';
import type { Cost } from './meter.ts';
import { meterScenario } from './metered-pass.ts';
import { prepareStage } from './prepare.ts';
import { cpuSeconds } from './process-cpu.ts';
import { type Scenario, scenariosOf } from './scenarios.ts';

const CONCURRENCY = 16;
const MAX_SECONDS = 20;

/** One scenario in one round. */
interface Timed {
  perSecond: number;
  p50: number;
  p99: number;
  cpuMillis: number;
}

/** Medians over all rounds. */
export interface Figures extends Timed {
  scenario: Scenario;
  /** Processor time and requests a second against the floor, each taken within a round. */
  cpuRatio: number | null;
  rateRatio: number | null;
  /** Processor time against the floor that makes the same calls. */
  sameCallsRatio: number | null;
  bytes: number;
  gzipBytes: number;
  /** null: a floor. */
  cost: Cost | null;
}

const fetchOnce = async (port: number, { method, path, headers = {}, body }: LoadRequest) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  return { tag: response.headers.get('ETag'), body: Buffer.from(await response.arrayBuffer()) };
};

interface Running {
  product: BenchServer<'belowline'>;
  floors: BenchServer<Floor>;
  load: ReturnType<typeof startLoadProcess>;
}

const serverOf = ({ product, floors }: Running, { of }: Scenario) =>
  of === 'belowline'
    ? { pid: product.pid, port: product.ports.belowline }
    : { pid: floors.pid, port: floors.ports[of] };

const time = async (running: Running, scenario: Scenario, round: number): Promise<Timed> => {
  const { pid, port } = serverOf(running, scenario);
  let requests = scenario.requests(round);
  if (scenario.isCached && requests[0] !== undefined) {
    const { tag } = await fetchOnce(port, requests[0]);
    if (scenario.status === 304)
      requests = requests.map((one) => ({ ...one, headers: { 'If-None-Match': tag ?? '' } }));
  }
  const before = cpuSeconds(pid);
  const result = await running.load.run({ port, requests, concurrency: CONCURRENCY, maxSeconds: MAX_SECONDS });
  const cpuMillis = ((cpuSeconds(pid) - before) * 1_000) / result.requests;
  expectAnswers(scenario.name, scenario.status, result);
  return { perSecond: result.requests / result.seconds, p50: result.p50, p99: result.p99, cpuMillis };
};

/** Runs everything once unmeasured, to warm up, then round after round, so that a slow minute falls on all of it. */
const timeRounds = async (running: Running, scenarios: Scenario[], rounds: number) => {
  const timed = new Map<Scenario, Timed[]>(scenarios.map((scenario) => [scenario, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const scenario of scenarios) {
      const one = await time(running, scenario, round);
      if (round > 0) timed.get(scenario)?.push(one);
    }
    console.error(round === 0 ? '  warm' : `  round ${round} of ${rounds}`);
  }
  return timed;
};

const sizesOf = async (running: Running, scenario: Scenario): Promise<{ bytes: number; gzipBytes: number }> => {
  const [first] = scenario.requests(-2);
  if (first === undefined || scenario.status === 304) return { bytes: 0, gzipBytes: 0 };
  const { body } = await fetchOnce(serverOf(running, scenario).port, first);
  return { bytes: body.length, gzipBytes: gzipSync(body).length };
};

/** Builds, prepares, meters, then measures. */
export async function runRounds(rounds: number, only: string): Promise<{ figures: Figures[]; firstPageGzip: number }> {
  const script = buildDeployable();
  const stage = await prepareStage();
  const stops: (() => unknown)[] = [stage.remove];
  try {
    const scenarios = scenariosOf(stage, only);
    const costs = new Map<Scenario, Cost>();
    for (const scenario of scenarios) {
      if (scenario.of === 'belowline') costs.set(scenario, await meterScenario(stage.product, scenario));
    }
    await stage.close();
    const running: Running = {
      product: await startProduct(stage.productDir, script),
      floors: await startFloors(stage.floorsDir),
      load: startLoadProcess(),
    };
    stops.unshift(running.load.stop, running.product.stop, running.floors.stop);
    const timed = await timeRounds(running, scenarios, rounds);
    const figures: Figures[] = [];
    for (const scenario of scenarios) {
      const over = (key: keyof Timed) => median((timed.get(scenario) ?? []).map((one) => one[key]));
      const against = (name: string | undefined, key: keyof Timed): number | null => {
        const floor = timed.get(scenarios.find((other) => other.name === name) ?? scenario) ?? [];
        const ratios = (timed.get(scenario) ?? []).map((one, n) => one[key] / (floor[n]?.[key] ?? Number.NaN));
        return name === undefined ? null : median(ratios);
      };
      figures.push({
        scenario,
        perSecond: over('perSecond'),
        p50: over('p50'),
        p99: over('p99'),
        cpuMillis: over('cpuMillis'),
        cpuRatio: against(scenario.floor, 'cpuMillis'),
        rateRatio: against(scenario.floor, 'perSecond'),
        sameCallsRatio: against(scenario.sameCalls, 'cpuMillis'),
        ...(await sizesOf(running, scenario)),
        cost: costs.get(scenario) ?? null,
      });
    }
    const firstPage = requestTo(getThread, { site: CROWD_SITE, article: VIRAL_ARTICLE });
    const first = await fetchOnce(running.product.ports.belowline, loadOf(firstPage));
    return { figures, firstPageGzip: gzipSync(first.body).length };
  } finally {
    for (const stop of stops) await stop();
  }
}
