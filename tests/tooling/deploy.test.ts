import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressIn, askHealth } from '../../src/cli/deploy-health.ts';
import { type Deployment, deploy } from '../../src/cli/deploy-steps.ts';

const BOTH = JSON.stringify([{ name: 'SECRET' }, { name: 'OPERATOR_KEY' }]);
const OK = { ok: true, output: '{}', trouble: '' };

interface Account {
  secrets?: string;
  noWorker?: boolean;
  noDatabase?: boolean;
  loggedOut?: boolean;
  failing?: string;
  /** Names of migrations that have not been applied. */
  pending?: string[];
  rows?: Record<string, number>;
  sick?: string;
}

let folder = '';
let ran: string[] = [];
let said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belowline-deploy-'));
  ran = [];
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEALTH = 'https://comments.example/v1/health';

const DB = { binding: 'DB', name: 'belowline', hasId: false };

/** The output of wrangler about a database, or nothing to change of an answer that is well. */
const databaseSays = ({ pending = [], rows = {} }: Account, command: string, sql: string): { output?: string } => {
  const counted = Object.entries(rows).flatMap(([name, n]) => (sql.includes(`FROM "${name}"`) ? [{ name, n }] : []));
  const results = sql.includes('sqlite_schema') ? Object.keys(rows).map((name) => ({ name })) : counted;
  const outputs: Record<string, string> = {
    'd1 migrations': pending.join(' │\n│ '),
    'd1 time-travel': '{\n  "bookmark": "0000-0001"\n}',
    'd1 execute': JSON.stringify([{ results }]),
  };
  const output = outputs[command];
  return output === undefined ? {} : { output };
};

function deployment(account: Account, env: NodeJS.ProcessEnv = {}): Deployment {
  const refused = (trouble: string) => ({ ok: false, output: '', trouble });
  return {
    wrangler: {
      ask(args) {
        const command = args.slice(0, 2).join(' ');
        if (account.loggedOut) return refused('it is necessary to set a CLOUDFLARE_API_TOKEN');
        if (command === 'secret list' && account.noWorker) return refused('Worker "belowline" not found.');
        if (command === 'secret list') return { ...OK, output: account.secrets ?? BOTH };
        if (command === 'd1 info' && account.noDatabase) return refused("Couldn't find a D1 DB named 'belowline'");
        if (command === 'd1 create') ran.push(args.join(' '));
        return { ...OK, ...databaseSays(account, command, args.at(-1) ?? '') };
      },
      run: async (args) => {
        ran.push(args.join(' '));
        return args.join(' ').startsWith(account.failing ?? '-') ? 1 : 0;
      },
    },
    readMigration: (name) => readFileSync(join('migrations', name), 'utf8'),
    deployedTo: () => 'https://comments.example',
    askHealth: async (url) => {
      ran.push(url);
      return account.sick ?? null;
    },
    databases: [DB],
    databaseOptions: [],
    secretsFile: join(folder, 'production.secrets'),
    env,
    say: (line) => said.push(line),
  };
}

describe('a deploy', () => {
  it('applies the migrations before the Worker that needs them', async () => {
    await deploy(deployment({}));
    expect(ran).toEqual(['deploy --dry-run', 'd1 migrations apply DB --remote', 'deploy', HEALTH]);
  });

  it('makes and migrates each database that is bound, one after the other', async () => {
    const second = { binding: 'DB_1', name: 'belowline-1', hasId: false };
    await deploy({ ...deployment({ noDatabase: true }), databases: [{ ...DB, hasId: true }, second] });
    expect(ran).toEqual([
      'deploy --dry-run',
      'd1 create belowline-1 --update-config=false',
      'd1 migrations apply DB --remote',
      'd1 migrations apply DB_1 --remote',
      'deploy',
      HEALTH,
    ]);
  });

  it('leaves the running Worker alone when a migration fails', async () => {
    await expect(deploy(deployment({ failing: 'd1 migrations' }))).rejects.toThrow('Nothing was deployed');
    expect(ran).not.toContain('deploy');
  });

  it('changes nothing when the Worker does not build', async () => {
    await expect(deploy(deployment({ failing: 'deploy --dry-run', noDatabase: true }))).rejects.toThrow(
      'does not build',
    );
    expect(ran).toEqual(['deploy --dry-run']);
  });

  it('says before it migrates what each migration reads, and the way back', async () => {
    const pending = ['0008_index_visible_comments.sql', '0015_create_events.sql', '0016_create_outbox.sql'].map(
      (name) => readdirSync('migrations').find((file) => file.startsWith(name.slice(0, 4))) ?? name,
    );
    let saidBefore: string[] = [];
    const rows = { comments: 500_000, moderation_events: 20_000, vote_rulings: 30, readers: 1_000 };
    const one = deployment({ pending, rows });
    const { run } = one.wrangler;
    one.wrangler.run = (args) => {
      if (args[1] === 'migrations') saidBefore = [...said];
      return run(args);
    };
    await deploy(one);
    expect(saidBefore).toEqual([
      `DB: ${pending[0]} reads up to 1,000,000 rows (comments: 500,000).`,
      `DB: ${pending[1]} reads up to 1,042,030 rows (readers: 1,000, moderation_events: 20,000, comments: 500,000, vote_rulings: 30).`,
      `DB: ${pending[2]} reads no stored rows.`,
      'The way back: npx wrangler d1 time-travel restore DB --bookmark 0000-0001',
    ]);
  });

  it('says nothing of migrations where there are none, and asks the new Worker for its health', async () => {
    await deploy(deployment({}));
    expect(said).toEqual(['https://comments.example answers.']);
    const sick = deployment({ sick: 'status 500' });
    await expect(deploy(sick)).rejects.toThrow('npx wrangler rollback');
  });

  it('refuses to go on without a secret, and says how to set it', async () => {
    const lacking = deployment({ secrets: JSON.stringify([{ name: 'SECRET' }]) });
    await expect(deploy(lacking)).rejects.toThrow('npx wrangler secret put OPERATOR_KEY');
    expect(ran).toEqual([]);
  });

  it('says how to log in', async () => {
    await expect(deploy(deployment({ loggedOut: true }))).rejects.toThrow('npx wrangler login');
    expect(ran).toEqual([]);
  });
});

it('says which option there is not, without a stack', () => {
  const { stderr, status } = spawnSync(process.execPath, ['src/cli/deploy.ts', '--bogus'], { encoding: 'utf8' });
  expect([status, stderr.split('\n')[0]]).toEqual([1, expect.stringContaining("'--bogus'")]);
  expect(stderr).toContain('--dry-run');
  expect(stderr).not.toContain('    at ');
});

describe('the first deploy', () => {
  it('makes the database and the secrets, readable by nobody else', async () => {
    const file = join(folder, 'production.secrets');
    await deploy(deployment({ noWorker: true, noDatabase: true }));
    expect(ran).toEqual([
      'deploy --dry-run',
      'd1 create belowline --update-config=false',
      'd1 migrations apply DB --remote',
      `deploy --secrets-file ${file}`,
      HEALTH,
    ]);
    expect(readFileSync(file, 'utf8')).toMatch(/^SECRET=[0-9a-f]{64}\nOPERATOR_KEY=[0-9a-f]{64}\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(said.join('\n')).toContain(file);
  });

  it('uses the same secrets again when it had failed half-way', async () => {
    await deploy(deployment({ noWorker: true, failing: 'deploy --secrets-file' })).catch(() => {});
    const before = readFileSync(join(folder, 'production.secrets'), 'utf8');
    await deploy(deployment({ noWorker: true }));
    expect(readFileSync(join(folder, 'production.secrets'), 'utf8')).toBe(before);
  });

  it.each([
    [{ SECRET: 's'.repeat(32) }, 'The environment lacks OPERATOR_KEY. Set SECRET and OPERATOR_KEY, or neither.'],
    [
      { OPERATOR_KEY: 'o'.repeat(32), SECRET: '' },
      'The environment lacks SECRET. Set SECRET and OPERATOR_KEY, or neither.',
    ],
    [{ SECRET: 's'.repeat(31), OPERATOR_KEY: 'o'.repeat(32) }, 'a SECRET of fewer than 32 characters'],
    [{ SECRET: 's'.repeat(32), OPERATOR_KEY: 'hunter2' }, 'an OPERATOR_KEY of fewer than 32 characters'],
  ])('changes nothing with secrets that would not do: %j', async (env, sentence) => {
    for (const further of [{}, { CI: '1' }]) {
      const first = deployment({ noWorker: true, noDatabase: true }, { ...env, ...further });
      await expect(deploy(first)).rejects.toThrow(sentence);
      expect([ran, existsSync(first.secretsFile)]).toEqual([[], false]);
    }
  });

  it('changes nothing with secrets of its file that would not do', async () => {
    const first = deployment({ noWorker: true, noDatabase: true });
    for (const [text, sentence] of [
      ['SECRET=', 'is damaged'],
      [`SECRET=${'s'.repeat(32)}\nOPERATOR_KEY=short\n`, 'an OPERATOR_KEY of fewer than 32 characters'],
    ] as const) {
      writeFileSync(first.secretsFile, text);
      await expect(deploy(first)).rejects.toThrow(sentence);
    }
    expect(ran).toEqual([]);
  });

  it('takes secrets from the environment of a CI, and invents none there', async () => {
    const given = { CI: '1', SECRET: 's'.repeat(32), OPERATOR_KEY: 'o'.repeat(32) };
    await deploy(deployment({ noWorker: true }, given));
    expect(readFileSync(join(folder, 'production.secrets'), 'utf8')).toContain(given.OPERATOR_KEY);
    rmSync(join(folder, 'production.secrets'));
    await deploy(deployment({ noWorker: true }, { CI: '1' }));
    expect(existsSync(join(folder, 'production.secrets'))).toBe(false);
  });
});

describe('the health of what was deployed', () => {
  it('is asked at the address that wrangler has written down, one’s own domain first', () => {
    const line = (targets: string[]) => `{"type":"wrangler-session"}\n${JSON.stringify({ type: 'deploy', targets })}\n`;
    const [worker, domain] = ['https://belowline.ann.workers.dev', 'comments.example (custom domain)'];
    expect(addressIn(line([worker, 'schedule: * * * * *']))).toBe(worker);
    expect(addressIn(line([worker, domain]))).toBe('https://comments.example');
    expect(addressIn(line(['schedule: * * * * *']))).toBeNull();
    expect(addressIn('')).toBeNull();
  });

  it('is what the server answers', async () => {
    let status = 200;
    const server = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await askHealth(url, 0)).toBeNull();
    status = 503;
    expect(await askHealth(url, 0)).toBe('status 503');
    server.close();
    server.closeAllConnections();
    expect(await askHealth(url, 0)).toEqual(expect.any(String));
  });
});
