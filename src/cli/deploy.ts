import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readBoundDatabases } from './bound-databases.ts';
import { addressIn, askHealth } from './deploy-health.ts';
import { deploy } from './deploy-steps.ts';
import { PlainError, ROOT, runCommand } from './project.ts';
import { askWrangler, runWrangler } from './run-program.ts';

const HELP = `npm run deploy -- [options]

Puts Belowline on your Cloudflare account: makes the secrets of a first deploy, builds, creates each database that is
not there, says what the migrations will read and how to go back, applies them, deploys the Worker and asks it for its
health.

  --dry-run              build only; nothing leaves this machine
  --location <region>    first deploy: where the database lives (weur, eeur, enam, wnam, apac, oc)
  --jurisdiction <eu>    first deploy: keep its data within that jurisdiction
  --help                 this text
`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        'dry-run': { type: 'boolean', default: false },
        location: { type: 'string' },
        jurisdiction: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
}

await runCommand(async () => {
  const values = readOptions();
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values['dry-run']) return runWrangler(['deploy', '--dry-run']);

  const outputFile = join(mkdtempSync(join(tmpdir(), 'belowline-deploy-')), 'wrangler.ndjson');
  await deploy({
    // With CI set, wrangler asks no questions: running a deploy is the yes.
    wrangler: {
      ask: askWrangler,
      run: (args) => runWrangler(args, { CI: 'true', WRANGLER_OUTPUT_FILE_PATH: outputFile }),
    },
    readMigration: (name) => readFileSync(join(ROOT, 'migrations', name), 'utf8'),
    deployedTo: () => (existsSync(outputFile) ? addressIn(readFileSync(outputFile, 'utf8')) : null),
    askHealth,
    databases: readBoundDatabases(),
    databaseOptions: (['location', 'jurisdiction'] as const).flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [`--${name}`, value];
    }),
    secretsFile: join(ROOT, '.belowline', 'production.secrets'),
    env: process.env,
    say: console.log,
  });
  return 0;
});
