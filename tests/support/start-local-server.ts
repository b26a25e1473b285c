import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../../src/cli/chromium.ts';
import { type SeededDemo, seedOnce } from '../../src/cli/demo.ts';
import { startLocal } from '../../src/cli/local-server.ts';

export interface LocalSite {
  /** The server's address, without a slash at the end. */
  url: string;
  operatorKey: string;
  secret: string;
  demo: SeededDemo;
  chromiumPath: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** `inject('local')`: the seeded site that all browser tests share. */
    local: LocalSite;
  }
}

/** Faults that no test provokes: each may be why a test of the same run found a page that it did not expect. */
const isFault = (line: string): boolean => /"event":"(?:store|request|background)-/.test(line);

/** One server, on a free port and a state of its own, for all browser tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromiumPath = await ensureChromium();
  const stateDir = mkdtempSync(join(tmpdir(), 'belowline-e2e-'));
  const server = await startLocal({ port: 0, stateDir, quiet: true, cron: false });
  const demo = await seedOnce(server);
  const { SECRET: secret, OPERATOR_KEY: operatorKey } = server.secrets;
  project.provide('local', { url: server.url, operatorKey, secret, demo, chromiumPath });
  return async () => {
    await server.stop();
    const faults = readFileSync(join(stateDir, 'worker.log'), 'utf8').split('\n').filter(isFault);
    if (faults.length > 0) console.error(`The server of the browser tests logged:\n${faults.join('\n')}`);
    rmSync(stateDir, { recursive: true, force: true });
  };
}
