import type { BoundDatabase } from './bound-databases.ts';
import { PlainError } from './project.ts';
import {
  generateSecrets,
  MIN_SECRET_CHARACTERS,
  readSecretsFile,
  SECRET_NAMES,
  type Secrets,
  writeSecretsFile,
} from './secrets.ts';

interface Wrangler {
  /** Runs wrangler for its output. */
  ask(args: string[]): { ok: boolean; output: string; trouble: string };
  /** Runs wrangler on the terminal and gives its exit code. */
  run(args: string[]): Promise<number>;
}

export interface Deployment {
  wrangler: Wrangler;
  /** The databases of wrangler.toml; one that the button made may have a name of its own. */
  databases: BoundDatabase[];
  /** Options for creating a database: where its data may live. */
  databaseOptions: string[];
  /** The file for the secrets of a first deploy. */
  secretsFile: string;
  env: NodeJS.ProcessEnv;
  say(line: string): void;
}

type SecretsState = { kind: 'set' } | { kind: 'missing'; names: string[] } | { kind: 'no-worker' };

function readSecretsState({ ask }: Wrangler): SecretsState {
  const answer = ask(['secret', 'list', '--format', 'json']);
  if (answer.ok) {
    const names = (JSON.parse(answer.output) as { name: string }[]).map((secret) => secret.name);
    const missing = SECRET_NAMES.filter((name) => !names.includes(name));
    return missing.length === 0 ? { kind: 'set' } : { kind: 'missing', names: missing };
  }
  if (/not found/i.test(answer.trouble)) return { kind: 'no-worker' };
  throw new PlainError(
    `Cloudflare did not say which secrets the Worker has. Most often nobody is logged in: run \`npx wrangler login\`, or set CLOUDFLARE_API_TOKEN. It said:\n\n${answer.trouble}`,
  );
}

/** Wrangler's flags that set the secrets, where they are not set already. */
function secretsArguments({ wrangler, secretsFile, env, say }: Deployment): string[] {
  const state = readSecretsState(wrangler);
  if (state.kind === 'set') return [];
  if (state.kind === 'missing') {
    const commands = state.names.map((name) => `  openssl rand -hex 32 | npx wrangler secret put ${name}`);
    throw new PlainError(
      `The Worker exists, but lacks ${state.names.join(' and ')}. Set what is missing:\n${commands.join('\n')}`,
    );
  }
  const kept = readSecretsFile(secretsFile);
  if (kept) requireLength(kept, secretsFile);
  else {
    const given = secretsFromEnvironment(env);
    if (!given && env.CI) {
      say(
        `No Worker yet, and no ${SECRET_NAMES.join(', ')} here: it will refuse to work until they are set in the dashboard.`,
      );
      return [];
    }
    writeSecretsFile(secretsFile, given ?? generateSecrets());
    say(
      `First deploy: the secrets are in ${secretsFile}. Keep a copy in a safe place; Cloudflare does not show them again.`,
    );
  }
  return ['--secrets-file', secretsFile];
}

/** Both or neither: a secret that is made in place of a forgotten one would surprise whoever set the other. */
function secretsFromEnvironment({ SECRET = '', OPERATOR_KEY = '' }: NodeJS.ProcessEnv): Secrets | null {
  const secrets = { SECRET, OPERATOR_KEY };
  const lacking = SECRET_NAMES.filter((name) => secrets[name] === '');
  if (lacking.length === SECRET_NAMES.length) return null;
  if (lacking.length > 0)
    throw new PlainError(`The environment lacks ${lacking}. Set ${SECRET_NAMES.join(' and ')}, or neither.`);
  requireLength(secrets, 'The environment');
  return secrets;
}

/** The Worker would refuse to start with a shorter one. */
function requireLength(secrets: Secrets, place: string): void {
  const short = SECRET_NAMES.find((name) => secrets[name].length < MIN_SECRET_CHARACTERS);
  if (short === undefined) return;
  throw new PlainError(
    `${place} has ${short === 'SECRET' ? 'a' : 'an'} ${short} of fewer than ${MIN_SECRET_CHARACTERS} characters. Make one with \`openssl rand -hex 32\`.`,
  );
}

/** Migrations are applied before the Worker is deployed, so a database has to exist before the deploy that binds it. */
function ensureDatabase(database: BoundDatabase, deployment: Deployment): void {
  const { wrangler, databaseOptions, say } = deployment;
  if (database.hasId) return;
  const found = wrangler.ask(['d1', 'info', database.name, '--json']);
  if (found.ok) return;
  if (!/couldn't find/i.test(found.trouble)) throw new PlainError(found.trouble);
  say(`Creating the database ${database.name}.`);
  const created = wrangler.ask(['d1', 'create', database.name, '--update-config=false', ...databaseOptions]);
  if (!created.ok) throw new PlainError(created.trouble);
}

async function mustRun(wrangler: Wrangler, args: string[], failure: string): Promise<void> {
  const code = await wrangler.run(args);
  if (code !== 0) throw new PlainError(failure);
}

/** The secrets are checked before anything is changed; the Worker is replaced last. */
export async function deploy(deployment: Deployment): Promise<void> {
  const { wrangler, databases } = deployment;
  const secrets = secretsArguments(deployment);
  for (const database of databases) ensureDatabase(database, deployment);
  for (const { binding } of databases) {
    await mustRun(
      wrangler,
      ['d1', 'migrations', 'apply', binding, '--remote'],
      `A migration of ${binding} failed. Nothing was deployed: the Worker that is running stays as it is.`,
    );
  }
  await mustRun(
    wrangler,
    ['deploy', ...secrets],
    'The deploy failed. What is to be migrated is; it is safe to run this again.',
  );
}
