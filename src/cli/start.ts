import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { listSites } from '../contract/addresses.ts';
import { PlainError, runCommand } from './project.ts';

const HELP = `npm start -- [options]

  --port <number>   where to listen (8787)
  --host <address>  which network address to listen on (127.0.0.1)
  --state <folder>  where the database and the secrets are kept (.belowline)
  --fresh           begin anew: deletes the local database and secrets first
  --empty           without the demo site, to restore a backup into
  --help            this text
`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8787' },
        host: { type: 'string', default: '127.0.0.1' },
        state: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        empty: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new PlainError(`--port takes a number from 0 to 65535, not "${text}".`);
}

function printAddresses(url: string, signIn: string): void {
  console.log(`
  Belowline is running.

    Demo article     ${url}/demo/
    Moderation       ${signIn}
                     (signs you in once; the next start prints a new link)
    API reference    ${url}/api/

  Ctrl-C stops it. The data stays; \`npm start -- --fresh\` begins anew.
`);
}

/** With `--empty`: the command that comes next, or why it would be refused. */
function printNext(url: string, sites: number, state: string | undefined): void {
  const [start, there] = state === undefined ? ['', '--local'] : [` --state ${state}`, `--state ${state}`];
  const next =
    sites === 0
      ? `The database has no site; in another terminal, this fills it:

    npm run belowline -- restore <file> ${there}`
      : `The database has ${sites === 1 ? 'a site' : `${sites} sites`} already, and a restore wants a database without; this empties it:

    npm start -- --empty --fresh${start}`;
  console.log(`
  Belowline is running, without the demo.

    Moderation       ${url}/console/
    API reference    ${url}/api/

  ${next}

  Ctrl-C stops it. The data stays.
`);
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const port = readPort(options.port);
  // The cache halves the time to load wrangler and Vite on every start but the first.
  enableCompileCache();
  process.env.WRANGLER_SEND_METRICS = 'false';
  const [{ startLocal }, { seedOnce, signInLink }, { askAsOperator }] = await Promise.all([
    import('./local-server.ts'),
    import('./demo.ts'),
    import('./operator-api.ts'),
  ]);

  const interrupted = untilInterrupted();
  const { host, state, fresh, empty } = options;
  const server = await startLocal({ port, host, fresh, ...(state === undefined ? {} : { stateDir: state }) });
  try {
    if (empty) {
      const { sites } = await askAsOperator(
        { baseUrl: server.url, operatorKey: server.secrets.OPERATOR_KEY },
        listSites,
        {},
      );
      printNext(server.url, sites.length, state);
    } else printAddresses(server.url, await signInLink(server, await seedOnce(server)));
    await interrupted;
  } finally {
    await server.stop();
  }
  return 0;
});
