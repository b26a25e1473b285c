import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalServer, startLocal } from '../../src/cli/local-server.ts';
import { ASSETS_DIR, ROOT } from '../../src/cli/project.ts';
import { type Route, routes } from '../../src/contract/routes.ts';
import type { Client } from '../clients/client.ts';
import { installPackage } from '../support/install-package.ts';

/** A package of its own: what it installs is heavy, and wants an older TypeScript than we do. */
const FOLDER = join(ROOT, 'tests/clients');
const GENERATED = join(FOLDER, 'generated');
const program = (path: string) => join(FOLDER, 'node_modules', path);

const GENERATORS = [
  [program('openapi-typescript/bin/cli.js'), 'generated/openapi.json', '--output', 'generated/openapi-typescript.ts'],
  [program('@hey-api/openapi-ts/bin/run.js'), '--input', './generated/openapi.json', '--output', 'generated/hey-api'],
  [program('orval/dist/bin/orval.mjs'), '--config', 'orval.config.ts'],
];

/** Runs a program of the package. What it says is the error when it fails. */
const run = (command: string, args: string[]) =>
  new Promise<void>((resolve, reject) => {
    execFile(command, args, { cwd: FOLDER }, (error, stdout, stderr) =>
      error === null ? resolve() : reject(new Error(`${error.message}\n${stdout}${stderr}`)),
    );
  });

const stateDir = mkdtempSync(join(tmpdir(), 'belowline-clients-'));
let server: LocalServer;

beforeAll(async () => {
  [server] = await Promise.all([startLocal({ port: 0, stateDir, quiet: true, cron: false }), installPackage(FOLDER)]);
  rmSync(GENERATED, { recursive: true, force: true });
  mkdirSync(GENERATED);
  // As the document says: the address of the deployment in the place of the one there.
  const document = JSON.parse(readFileSync(join(ASSETS_DIR, 'openapi.json'), 'utf8')) as object;
  writeFileSync(join(GENERATED, 'openapi.json'), JSON.stringify({ ...document, servers: [{ url: server.url }] }));
  for (const generator of GENERATORS) await run(process.execPath, generator);
}, 300_000);

afterAll(async () => {
  await server.stop();
  rmSync(stateDir, { recursive: true });
});

/** By its name, since the code that it is made of is there only now. */
async function clientBy(name: string): Promise<Client> {
  const { clientOf } = (await import(`../clients/${name}.ts`)) as { clientOf: (url: string) => Client };
  return clientOf(server.url);
}

type Send = (options: object) => Promise<{ response?: Response }>;

const guestKey = () => randomBytes(32).toString('base64url');

describe('clients that others’ generators make of the OpenAPI document', () => {
  it('compile, with what they are asked for here, under a strict compiler', async () => {
    await run(process.execPath, [program('typescript/bin/tsc'), '--project', '.']);
  });

  it.each(['openapi-fetch', 'hey-api', 'orval'])('take a site through a whole day: %s', async (name) => {
    const client = await clientBy(name);
    const operatorKey = server.secrets.OPERATOR_KEY;
    const [site, article] = [`${name}-day`, 'ferry'];
    expect(await client.createSite(operatorKey, site, server.url)).toBe(201);
    const link = new URL(await client.invite(operatorKey, site));
    const token = /[\w-]{43}$/.exec(link.hash)?.[0] ?? '';
    const apiKey = await client.createKey(operatorKey, site);
    expect(await client.putArticle(apiKey, site, article)).toBe('open');

    const posted = await client.post(guestKey(), site, article, 'It sails on Sundays, too.');
    expect(posted).toMatchObject({ status: 'pending' });
    expect(await client.read(site, article)).toEqual([]);
    expect(await client.reasonOfRefusal(guestKey(), site, article)).toBe('comment-empty');

    const cookie = await client.signIn(site, token);
    const at = { site, article, id: posted.id };
    expect(await client.approve(cookie, server.url, at)).toBe('done');
    expect(await client.read(site, article)).toMatchObject([{ id: posted.id, upVotes: 0 }]);
    expect(await client.vote(guestKey(), at)).toBe(200);
    expect(await client.report(guestKey(), at)).toBe(204);
  });
});

it('no function of a generated client stops before it sends', async () => {
  const { createClient } = await import(join(GENERATED, 'hey-api/client/index.ts'));
  const functions = (await import(join(GENERATED, 'hey-api/sdk.gen.ts'))) as Record<string, Send>;
  const client = createClient({ baseUrl: server.url });
  const path = { site: 'nowhere', article: 'ferry', id: 'none', database: 'DB_9', table: 'none' };
  const silent: string[] = [];
  for (const [name, { at, body }] of Object.entries<Route>(routes)) {
    const answer = await functions[name]?.({ client, auth: () => 'nobody', path, ...(body && { body: {} }) });
    if (answer?.response === undefined) silent.push(`${name}: ${at}`);
  }
  expect(silent).toEqual([]);
});

it('Spectral finds no error in the OpenAPI document', async () => {
  const spectral = program('@stoplight/spectral-cli/dist/index.js');
  await run(process.execPath, [spectral, 'lint', '--fail-severity', 'error', join(ASSETS_DIR, 'openapi.json')]);
});
