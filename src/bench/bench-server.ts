import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from 'wrangler';
import { PlainError, ROOT } from '../cli/project.ts';
import { askWrangler } from '../cli/run-program.ts';
import { readOrCreateSecrets } from '../cli/secrets.ts';
import { FLOORS, type Floor } from './floors.ts';
import { ORIGIN } from './origin.ts';
import { workerdPids } from './process-cpu.ts';

export interface BenchServer<Name extends string> {
  /** Each Worker's own socket on 127.0.0.1. */
  ports: Record<Name, number>;
  /** undefined where processes cannot be inspected. */
  pid: number | undefined;
  stop(): Promise<void>;
}

/** The Worker exactly as `wrangler deploy` would upload it, minified too. */
export function buildDeployable(): string {
  const folder = mkdtempSync(join(tmpdir(), 'belowline-bundle-'));
  try {
    const answer = askWrangler(['deploy', '--dry-run', '--outdir', folder]);
    if (!answer.ok) throw new PlainError(`The bundle cannot be built:\n${answer.output}\n${answer.trouble}`);
    return readFileSync(join(folder, 'worker.js'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Workers of one workerd process over a state folder. Requests go to each Worker's own socket: the simulator's entry
 * and its router for files are JavaScript in the same process. No deployment has them, and they would be counted too.
 */
const startServer = async <Name extends string>(
  stateDir: string,
  scripts: Record<Name, string>,
  bindings: Record<string, string>,
): Promise<BenchServer<Name>> => {
  mkdirSync(stateDir, { recursive: true });
  const { modulesRules, assets, ...worker } = readWorkerOptions(join(ROOT, 'wrangler.toml')).workerOptions;
  const before = new Set(workerdPids());
  const names = Object.keys(scripts) as Name[];
  const server = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      telemetry: { enabled: false },
      resourcePersistencePath: join(stateDir, 'v3'),
      workers: names.map((name) => ({
        ...worker,
        name,
        modules: [{ type: 'ESModule' as const, path: `${name}.js`, contents: scripts[name] }],
        bindings,
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      })),
    }),
  );
  await server.ready;
  const ports = {} as Record<Name, number>;
  for (const name of names) ports[name] = Number((await server.unsafeGetDirectURL(name)).port);
  const [pid] = workerdPids().filter((candidate) => !before.has(candidate));
  return { ports, pid, stop: () => server.dispose() };
};

export function startProduct(stateDir: string, script: string): Promise<BenchServer<'belowline'>> {
  const { SECRET, OPERATOR_KEY } = readOrCreateSecrets(join(stateDir, 'secrets'));
  return startServer(stateDir, { belowline: script }, { SECRET, OPERATOR_KEY, PUBLIC_URL: ORIGIN });
}

export function startFloors(stateDir: string): Promise<BenchServer<Floor>> {
  return startServer(stateDir, FLOORS, {});
}
