import type { BoundDatabase } from './bound-databases.ts';
import { describeReads, tablesRead } from './deploy-estimate.ts';
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
  /** The text of a migration, by the name of its file. */
  readMigration(name: string): string;
  /** The address to which the last deploy went; null where wrangler named none. */
  deployedTo(): string | null;
  /** Asks an address for its health: what is wrong, or nothing. */
  askHealth(url: string): Promise<string | null>;
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

/** Wrangler's answer to a statement; null where it gives none, as for a database that is new. */
function askDatabase<Row>({ ask }: Wrangler, binding: string, sql: string): Row[] | null {
  const answer = ask(['d1', 'execute', binding, '--remote', '--json', '--command', sql]);
  if (!answer.ok) return null;
  const [result] = JSON.parse(answer.output) as { results?: Row[] }[];
  return result?.results ?? null;
}

/** Counts the rows of those tables that are there. Table names are those of our own migrations. */
function countRows(wrangler: Wrangler, binding: string, tables: string[]): Map<string, number> {
  const there = askDatabase<{ name: string }>(wrangler, binding, "SELECT name FROM sqlite_schema WHERE type = 'table'");
  const known = [...new Set(tables)].filter((table) => there?.some(({ name }) => name === table));
  const counts = known.map((table) => `SELECT '${table}' AS name, count(*) AS n FROM "${table}"`).join(' UNION ALL ');
  const counted = counts === '' ? [] : askDatabase<{ name: string; n: number }>(wrangler, binding, counts);
  return new Map(counted?.map(({ name, n }) => [name, n]));
}

/** Says what the migrations are about to read, and the way back. */
function announceMigrations({ wrangler, readMigration, say }: Deployment, binding: string): void {
  const listed = wrangler.ask(['d1', 'migrations', 'list', binding, '--remote']);
  const pending = [...new Set(listed.ok ? listed.output.match(/\d{4}_\w+\.sql/g) : [])];
  if (pending.length === 0) return;
  const texts = new Map(pending.map((name) => [name, readMigration(name)]));
  const rows = countRows(wrangler, binding, [...texts.values()].flatMap(tablesRead));
  for (const [name, text] of texts) say(`${binding}: ${describeReads(name, text, rows)}`);
  const info = wrangler.ask(['d1', 'time-travel', 'info', binding, '--json']);
  const bookmark = info.ok ? /"bookmark":\s*"([^"]+)"/.exec(info.output)?.[1] : undefined;
  say(
    bookmark === undefined
      ? `${binding} has no bookmark to go back to yet.`
      : `The way back: npx wrangler d1 time-travel restore ${binding} --bookmark ${bookmark}`,
  );
}

/** A deploy that does not answer has happened all the same: this says so, and how to take it back. */
async function checkHealth({ deployedTo, askHealth, say }: Deployment): Promise<void> {
  const url = deployedTo();
  if (url === null) return say('Wrangler named no address: ask /v1/health yourself.');
  const trouble = await askHealth(`${url}/v1/health`);
  if (trouble === null) return say(`${url} answers.`);
  throw new PlainError(
    `The Worker is deployed, and ${url}/v1/health does not answer as it should: ${trouble}. \`npx wrangler tail\` shows why, \`npx wrangler rollback\` brings the one before it back.`,
  );
}

/** The secrets are checked and the Worker is built before anything is changed; the Worker is replaced last. */
export async function deploy(deployment: Deployment): Promise<void> {
  const { wrangler, databases } = deployment;
  const secrets = secretsArguments(deployment);
  await mustRun(wrangler, ['deploy', '--dry-run'], 'The Worker does not build. Nothing was changed.');
  for (const database of databases) ensureDatabase(database, deployment);
  for (const { binding } of databases) {
    announceMigrations(deployment, binding);
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
  await checkHealth(deployment);
}
