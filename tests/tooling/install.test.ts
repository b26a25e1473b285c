import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { reasonToInstall, systemPath } from '../../src/cli/install.mjs';
import { ROOT } from '../../src/cli/project.ts';

const wanted = {
  packages: {
    '': { name: 'belowline' },
    'node_modules/hono': { version: '4.13.19' },
    'node_modules/@esbuild/darwin-arm64': { version: '0.28.2', optional: true },
  },
};
const installed = { packages: { 'node_modules/hono': { version: '4.13.19' } } };

describe('deciding whether to install', () => {
  it('installs into a fresh clone', () => {
    expect(reasonToInstall({ wanted, installed: null, hasNode: false })).toMatch(/not installed/);
  });

  it('is quiet when what is wanted is there, whatever other systems would need', () => {
    expect(reasonToInstall({ wanted, installed, hasNode: true })).toBeNull();
  });

  it('installs after a change of lockfile and names what changed', () => {
    const older = { packages: { 'node_modules/hono': { version: '4.13.18' } } };
    expect(reasonToInstall({ wanted, installed: older, hasNode: true })).toContain('(hono)');
    expect(reasonToInstall({ wanted, installed: { packages: {} }, hasNode: true })).toContain('(hono)');
  });

  it('installs when an optional package is there in another version', () => {
    const other = { packages: { ...installed.packages, 'node_modules/@esbuild/darwin-arm64': { version: '0.27.0' } } };
    expect(reasonToInstall({ wanted, installed: other, hasNode: true })).toContain('@esbuild/darwin-arm64');
  });

  it('installs when the pinned Node is gone', () => {
    expect(reasonToInstall({ wanted, installed, hasNode: false })).toMatch(/Node/);
  });

  it('runs npm on the system’s Node, not on the one that npm is about to delete', () => {
    expect(systemPath('/home/x/belowline/node_modules/.bin:/usr/local/bin:/usr/bin')).toBe('/usr/local/bin:/usr/bin');
  });
});

interface Lock {
  packages: Record<
    string,
    { version?: string; integrity?: string; optional?: boolean; hasInstallScript?: boolean; bin?: { node?: string } }
  >;
}

const readLock = (): Lock => JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;

/** The packages of the lockfile that bring a Node, one a system. */
const pinnedNodes = () =>
  Object.entries(readLock().packages).flatMap(([path, entry]) =>
    path !== '' && entry.bin?.node !== undefined ? [{ name: path.replace('node_modules/', ''), ...entry }] : [],
  );

const ownName = () => pinnedNodes().find(({ name }) => existsSync(join(ROOT, 'node_modules', name)))?.name ?? '';

/** A folder with our install step and one dependency, this system's Node, with the integrity that the lockfile has. */
function cloneWithNode(change: (integrity: string) => string): string {
  const root = mkdtempSync(join(tmpdir(), 'belowline-install-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const name = ownName();
  const entry = readLock().packages[`node_modules/${name}`];
  const optionalDependencies = { [name]: entry?.version };
  const lock = {
    lockfileVersion: 3,
    packages: {
      '': { optionalDependencies },
      [`node_modules/${name}`]: { ...entry, integrity: change(entry?.integrity ?? '') },
    },
  };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ optionalDependencies }));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
  cpSync(join(ROOT, 'src/cli/install.mjs'), join(root, 'src/cli/install.mjs'));
  return root;
}

/**
 * A registry in which somebody has put another program in the place of this system's Node. It says what the program's
 * hash is, or claims the hash that is given.
 */
async function tamperedRegistry(claimed?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'belowline-registry-'));
  const name = ownName();
  const { version = '', bin } = readLock().packages[`node_modules/${name}`] ?? {};
  mkdirSync(join(folder, 'package/bin'), { recursive: true });
  writeFileSync(join(folder, 'package/package.json'), JSON.stringify({ name, version, bin }));
  writeFileSync(join(folder, 'package', bin?.node ?? ''), 'another program');
  spawnSync('tar', ['czf', 'node.tgz', 'package'], { cwd: folder });
  const tarball = readFileSync(join(folder, 'node.tgz'));
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) return response.end(tarball);
    const dist = { tarball: `${url}/node.tgz`, integrity: claimed ?? integrity };
    return response.end(
      JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, bin, dist } } }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  /** Runs the install step of a folder against this registry, without any cache. */
  const install = async (root: string) => {
    const env = {
      ...process.env,
      npm_config_registry: url,
      npm_config_cache: join(folder, 'cache'),
      npm_config_fetch_retries: '0',
    };
    const step = spawn(process.execPath, [join(root, 'src/cli/install.mjs')], { env });
    let said = '';
    for (const stream of [step.stdout, step.stderr]) stream.on('data', (part: Buffer) => (said += String(part)));
    const [status] = (await once(step, 'close')) as [number];
    return { status, said, linked: existsSync(join(root, 'node_modules/.bin/node')) };
  };
  return { integrity, install };
}

describe('the pinned Node', () => {
  it('is in the lockfile, with a hash, for each system that the local server runs on', () => {
    const nodes = pinnedNodes();
    expect(nodes).toHaveLength(5);
    for (const { optional, integrity } of nodes) {
      expect(optional).toBe(true);
      expect(integrity).toMatch(/^sha512-/);
    }
  });

  it('comes without a script: no package that brings a Node has one', () => {
    const { allowScripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { allowScripts: object };
    const scripted = Object.entries(readLock().packages).filter(([, entry]) => entry.hasInstallScript);
    const names = scripted.map(([path]) => path.replace(/.*node_modules\//, ''));
    expect(names.filter((name) => /^node(-|$)/.test(name))).toEqual([]);
    expect(Object.keys(allowScripts).sort()).toEqual(['esbuild', 'workerd']);
  });

  it.each([
    { claim: 'says so', claimed: () => undefined },
    {
      claim: 'claims the hash of the lockfile',
      claimed: () => readLock().packages[`node_modules/${ownName()}`]?.integrity,
    },
  ])('is refused when a registry sends another program and $claim, and nothing goes on', async ({ claimed }) => {
    const { install } = await tamperedRegistry(claimed());
    const { status, said, linked } = await install(cloneWithNode((integrity) => integrity));
    expect(said).toContain('The pinned Node is missing');
    expect({ status, linked }).toEqual({ status: 1, linked: false });
  });

  it('is installed from such a registry when the lockfile names that very file', async () => {
    const { integrity, install } = await tamperedRegistry();
    expect(await install(cloneWithNode(() => integrity))).toMatchObject({ status: 0, linked: true });
  });
});
