import { fileURLToPath } from 'node:url';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { configDefaults, defineConfig } from 'vitest/config';
import { WORKER_ALIASES } from './src/cli/build-configs.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// No sample of `request.cf` from the network: tests run offline.
process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false';
process.env.WRANGLER_SEND_METRICS = 'false';

const rigs = process.env.RIGS === 'long' ? 'long' : 'short';

/** They install a package of their own, which a short run does not wait for. */
const LONG_ONLY = [
  'tests/tooling/clients.test.ts',
  'tests/e2e/embeds.test.ts',
  'tests/e2e/frameworks.test.ts',
  'tests/e2e/firefox.test.ts',
];

/** It does by hand what `embeds.test.ts` has done by others' programs. */
const SHORT_ONLY = ['tests/e2e/embeds-short.test.ts'];

const exclude = [...configDefaults.exclude, ...(rigs === 'long' ? SHORT_ONLY : LONG_ONLY)];

/** A package that imports one which the Worker has in another form has to be read by Vite, not by Node. */
const asInTheWorker = { resolve: { alias: WORKER_ALIASES }, deps: { inline: ['markdown-it'] } };

export default defineConfig({
  test: {
    // Each worker is a workerd or a browser of its own; two of them fill a small machine.
    maxWorkers: 2,
    provide: { rigs },
    projects: [
      {
        resolve: asInTheWorker.resolve,
        test: {
          name: 'node',
          server: { deps: asInTheWorker.deps },
          include: ['tests/node/**/*.test.ts'],
          environment: 'node',
          // Properties over thousands of texts, on a machine that may have other things to do.
          testTimeout: 60_000,
        },
      },
      {
        resolve: asInTheWorker.resolve,
        plugins: [
          cloudflareTest(async () => ({
            main: here('src/worker.ts'),
            wrangler: { configPath: here('wrangler.toml') },
            miniflare: {
              cf: false,
              // Beside the one of wrangler.toml; a newsroom binds it when it is told to.
              d1Databases: { DB_1: 'second' },
              bindings: {
                SECRET: 'test-secret-0123456789-0123456789-0123456789',
                OPERATOR_KEY: 'test-operator-key-0123456789-0123456789',
                TEST_MIGRATIONS: await readD1Migrations(here('migrations')),
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          server: { deps: asInTheWorker.deps },
          include: ['tests/worker/**/*.test.ts'],
          setupFiles: ['tests/support/apply-migrations.ts'],
          // A thousand parallel posts take their time on a small machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'tooling',
          include: ['tests/tooling/**/*.test.ts'],
          exclude,
          environment: 'node',
          // Whole programs, killed at each of their steps and begun again.
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude,
          environment: 'node',
          globalSetup: ['tests/support/start-local-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'corpora',
          include: ['tests/corpora/**/*.test.ts'],
          environment: 'node',
          testTimeout: 300_000,
        },
      },
    ],
  },
});
