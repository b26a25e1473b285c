import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Deployment, deploy } from '../../src/cli/deploy-steps.ts';

const BOTH = JSON.stringify([{ name: 'SECRET' }, { name: 'OPERATOR_KEY' }]);
const OK = { ok: true, output: '{}', trouble: '' };

interface Account {
  secrets?: string;
  noWorker?: boolean;
  noDatabase?: boolean;
  loggedOut?: boolean;
  failing?: string;
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

const DB = { binding: 'DB', name: 'belowline', hasId: false };

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
        return OK;
      },
      run: async (args) => {
        ran.push(args.join(' '));
        return args[0] === account.failing ? 1 : 0;
      },
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
    expect(ran).toEqual(['d1 migrations apply DB --remote', 'deploy']);
  });

  it('makes and migrates each database that is bound, one after the other', async () => {
    const second = { binding: 'DB_1', name: 'belowline-1', hasId: false };
    await deploy({ ...deployment({ noDatabase: true }), databases: [{ ...DB, hasId: true }, second] });
    expect(ran).toEqual([
      'd1 create belowline-1 --update-config=false',
      'd1 migrations apply DB --remote',
      'd1 migrations apply DB_1 --remote',
      'deploy',
    ]);
  });

  it('leaves the running Worker alone when a migration fails', async () => {
    await expect(deploy(deployment({ failing: 'd1' }))).rejects.toThrow('Nothing was deployed');
    expect(ran).not.toContain('deploy');
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
      'd1 create belowline --update-config=false',
      'd1 migrations apply DB --remote',
      `deploy --secrets-file ${file}`,
    ]);
    expect(readFileSync(file, 'utf8')).toMatch(/^SECRET=[0-9a-f]{64}\nOPERATOR_KEY=[0-9a-f]{64}\n$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(said.join('\n')).toContain(file);
  });

  it('uses the same secrets again when it had failed half-way', async () => {
    await deploy(deployment({ noWorker: true, failing: 'deploy' })).catch(() => {});
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
