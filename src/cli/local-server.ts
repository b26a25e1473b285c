import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import type { Stores } from '../core/stores.ts';
import { createStores } from '../store/stores.ts';
import { readBoundDatabases } from './bound-databases.ts';
import { buildIfChanged } from './build.ts';
import { LocalLog } from './local-log.ts';
import { localWorkerOptions } from './local-worker.ts';
import { applyMigrations } from './migrations.ts';
import { addressAt, findFreePort, requireFreePort } from './port.ts';
import { ADDRESS_FILE, DEFAULT_STATE_DIR, ROOT } from './project.ts';
import { readOrCreateSecrets, type Secrets } from './secrets.ts';

interface LocalServerOptions {
  /** 0 takes a free port. */
  port?: number;
  host?: string;
  /** The folder of database, key-value data, secrets and log. */
  stateDir?: string;
  /** Begins with an empty state. */
  fresh?: boolean;
  /** Writes nothing to the terminal. */
  quiet?: boolean;
  /** Fires the cron every minute, as Cloudflare does. Tests call `runCron` instead. */
  cron?: boolean;
  /** Variables to add to the Worker's own. */
  vars?: Record<string, string>;
}

export interface LocalServer {
  /** The server's address, without a slash at the end. */
  url: string;
  secrets: Secrets;
  stateDir: string;
  /** The store's code over this server's database. */
  openStores(): Promise<Stores>;
  runCron(): Promise<void>;
  stop(): Promise<void>;
}

/** Builds, migrates and serves the whole product on this machine, for `npm start`, browser tests and benchmarks. */
export async function startLocal(options: LocalServerOptions = {}): Promise<LocalServer> {
  const { host = '127.0.0.1', stateDir = DEFAULT_STATE_DIR, quiet = false } = options;
  const port = options.port === 0 ? await findFreePort(host) : (options.port ?? 8787);
  await requireFreePort(port, host);
  if (options.fresh) forgetState(stateDir);

  const timed = stepTimer(quiet);
  await timed('build', buildIfChanged, (result) => result);
  const secrets = readOrCreateSecrets(join(stateDir, 'secrets'));
  const url = addressAt(host, port);
  const server = new Miniflare(
    localWorkerOptions({
      host,
      port,
      stateDir,
      log: new LocalLog(join(stateDir, 'worker.log'), quiet),
      vars: { PUBLIC_URL: url, ...secrets, ...options.vars },
    }),
  );
  try {
    await timed(
      'server',
      () => server.ready,
      () => 'up',
    );
    await timed('database', () => migrate(server), describeMigrations);
    writeFileSync(join(stateDir, ADDRESS_FILE), `${url}\n`);
  } catch (error) {
    await server.dispose();
    throw error;
  }

  const runCron = async () => {
    await (await server.getWorker()).scheduled({ cron: '* * * * *' });
  };
  const timer = options.cron === false ? undefined : setInterval(() => void runCron().catch(console.error), 60_000);
  const stop = async () => {
    clearInterval(timer);
    await server.dispose();
  };
  const openStores = async () =>
    createStores(await server.getD1Database('DB'), (await server.getKVNamespace('KV')) as KVNamespace, 'first-primary');
  return { url, secrets, stateDir, openStores, runCron, stop };
}

/** Deletes the files that a start makes, and no others: `--state` may name a folder that holds more. */
function forgetState(stateDir: string): void {
  for (const name of ['v3', 'demo.json', 'secrets', 'worker.log', ADDRESS_FILE])
    rmSync(join(stateDir, name), { recursive: true, force: true });
}

/** Migrates each database of wrangler.toml; answers the migrations that were applied to any. */
async function migrate(server: Miniflare): Promise<string[]> {
  const applied = new Set<string>();
  for (const { binding } of readBoundDatabases()) {
    const names = await applyMigrations(await server.getD1Database(binding), join(ROOT, 'migrations'));
    for (const name of names) applied.add(name);
  }
  return [...applied];
}

function describeMigrations(applied: string[]): string {
  if (applied.length === 0) return 'up to date';
  return `${applied.length} ${applied.length === 1 ? 'migration' : 'migrations'} applied`;
}

function stepTimer(quiet: boolean) {
  return async <T>(label: string, work: () => Promise<T>, outcome: (result: T) => string): Promise<T> => {
    const started = performance.now();
    const result = await work();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (!quiet) console.log(`  ${label.padEnd(10)}${outcome(result)} (${seconds} s)`);
    return result;
  };
}
