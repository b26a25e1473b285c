import { join } from 'node:path';
import { convertV4MiniflareOptions, type MiniflareOptions } from 'miniflare';
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from 'wrangler';
import type { LocalLog } from './local-log.ts';
import { ROOT, WORKER_FILE } from './project.ts';

interface LocalWorker {
  host: string;
  port: number;
  stateDir: string;
  log: LocalLog;
  vars: Record<string, string>;
}

/** Bindings, assets and compatibility come from wrangler.toml, so that what runs here is what a deploy would make. */
export function localWorkerOptions({ host, port, stateDir, log, vars }: LocalWorker): MiniflareOptions {
  // `modulesRules` is for wrangler's own bundler: the module here is already one file.
  const { modulesRules, ...worker } = readWorkerOptions(join(ROOT, 'wrangler.toml')).workerOptions;
  return convertV4MiniflareOptions({
    host,
    port,
    log,
    handleStructuredLogs: log.workerLine,
    // A sample of `request.cf` would be fetched from the network.
    cf: false,
    telemetry: { enabled: false },
    // `wrangler --persist-to` looks here: `wrangler d1 execute DB --local --persist-to .belowline` sees this database.
    resourcePersistencePath: join(stateDir, 'v3'),
    workers: [
      {
        ...worker,
        name: 'belowline',
        modules: [{ type: 'ESModule', path: WORKER_FILE }],
        modulesRoot: join(WORKER_FILE, '..'),
        bindings: { ...(worker.bindings as Record<string, string> | undefined), ...vars },
      },
    ],
  });
}
